/** Whom people of one’s organisation may turn to about their data: it stands in the notice. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { Button } from '../../../ui/Button.tsx'
import { Card } from '../../../ui/Card.tsx'
import { useAct } from '../../../ui/client.tsx'
import { TextField } from '../../../ui/Field.tsx'
import { useWords } from '../../../ui/i18n.tsx'
import { useSession } from '../../../ui/session.tsx'
import { usePrivacy } from './privacy.ts'

const NOTICE = ['privacy', 'notice'] as const

export function ContactCard() {
  const t = useWords('privacy')
  const privacy = usePrivacy()
  const queries = useQueryClient()
  const role = useSession()?.roles.find((held) => held.role === 'commission' || held.role === 'administrator')
  const notice = useQuery({ queryKey: NOTICE, queryFn: () => privacy.notice() })
  const [typed, setTyped] = useState<string | null>(null)
  const set = useAct(privacy.setContact, { done: t('contact.set') })
  if (!role) return null
  const contact = typed ?? notice.data?.controller?.contact ?? ''
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (await set.run({ orgId: role.orgId, contact })) await queries.invalidateQueries({ queryKey: NOTICE })
  }
  return (
    <Card title={t('contact.title')}>
      <form className="q-stack" onSubmit={(event) => void submit(event)}>
        <TextField
          label={t('contact.label', { org: role.orgName })}
          hint={t('contact.hint')}
          required
          minLength={4}
          maxLength={300}
          value={contact}
          onChange={setTyped}
        />
        <div className="privacy-acts">
          <Button type="submit" busy={set.busy}>
            {t('contact.save')}
          </Button>
        </div>
      </form>
    </Card>
  )
}
