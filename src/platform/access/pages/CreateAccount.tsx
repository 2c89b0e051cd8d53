/** A new account for somebody who is not on the roster: login, name, and where they belong. */
import { type FormEvent, useId, useState } from 'react'
import { Button } from '../../../ui/Button.tsx'
import { useAct } from '../../../ui/client.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { TextField } from '../../../ui/Field.tsx'
import { useWords } from '../../../ui/i18n.tsx'
import { Failure } from '../../../ui/Notice.tsx'
import { KEY, useAccess, useOrganisations } from './accounts.ts'
import type { Given } from './InitialPassword.tsx'
import { OrgSelect } from './OrgSelect.tsx'

export function CreateAccount({ onGiven, onClose }: { onGiven: (given: Given) => void; onClose: () => void }) {
  const t = useWords('access')
  const ui = useWords('ui')
  const form = useId()
  const organisations = useOrganisations()
  const [login, setLogin] = useState('')
  const [name, setName] = useState('')
  const [org, setOrg] = useState('')
  const [tried, setTried] = useState(false)
  const act = useAct(useAccess().createAccount, { refresh: [KEY], quiet: true })
  const orgId = org || (organisations.length === 1 ? (organisations[0]?.value ?? '') : '')
  const send = async (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (!orgId || act.busy) return
    const answer = await act.run({ login: login.trim(), name: name.trim(), orgId })
    if (!answer) return
    onClose()
    onGiven({ login: login.trim(), name: name.trim(), password: answer.initialPassword })
  }
  return (
    <Dialog
      open
      title={t('accounts.create')}
      onClose={onClose}
      acts={
        <>
          <Button onClick={onClose}>{ui('cancel')}</Button>
          <Button type="submit" form={form} look="primary" busy={act.busy}>
            {t('accounts.create')}
          </Button>
        </>
      }
    >
      <form
        id={form}
        className="q-stack"
        onInvalidCapture={() => setTried(true)}
        onSubmit={(event) => void send(event)}
      >
        <p className="q-quiet">{t('accounts.create_hint')}</p>
        <TextField
          label={t('login')}
          required
          minLength={3}
          maxLength={64}
          autoCapitalize="none"
          autoComplete="off"
          spellCheck={false}
          value={login}
          onChange={setLogin}
        />
        <TextField label={t('account.name')} required maxLength={64} value={name} onChange={setName} />
        <OrgSelect
          label={t('account.org')}
          value={orgId}
          onChange={setOrg}
          {...(tried && !orgId ? { error: t('accounts.choose_org') } : {})}
        />
        {act.error !== null && act.error !== undefined && <Failure error={act.error} />}
      </form>
    </Dialog>
  )
}
