/** A new account of a service: what it is for, and who answers for it. */
import { type FormEvent, useId, useState } from 'react'
import { Button } from '../../../../ui/Button.tsx'
import { useAct } from '../../../../ui/client.tsx'
import { Dialog } from '../../../../ui/Dialog.tsx'
import { TextField } from '../../../../ui/Field.tsx'
import { useWords } from '../../../../ui/i18n.tsx'
import { Failure } from '../../../../ui/Notice.tsx'
import { KEY, useAccess, useOrganisations } from '../accounts.ts'
import { OrgSelect } from '../OrgSelect.tsx'

export function CreateService({ onClose }: { onClose: () => void }) {
  const t = useWords('access')
  const ui = useWords('ui')
  const form = useId()
  const access = useAccess()
  const organisations = useOrganisations()
  const [given, setGiven] = useState({ login: '', name: '', owner: '', purpose: '', endsOn: '' })
  const [org, setOrg] = useState('')
  const [tried, setTried] = useState(false)
  const [noOwner, setNoOwner] = useState(false)
  const act = useAct(access.createServiceAccount, { refresh: [KEY], quiet: true, done: t('service.created') })
  const orgId = org || (organisations.length === 1 ? (organisations[0]?.value ?? '') : '')
  const set = (key: keyof typeof given) => (value: string) => setGiven((was) => ({ ...was, [key]: value }))
  const send = async (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (!orgId || act.busy) return
    const login = given.owner.trim().toLowerCase()
    const owner = (await access.accounts({ search: login, limit: 20 })).rows.find((row) => row.login === login)
    setNoOwner(!owner)
    if (!owner) return
    const done = await act.run({
      login: given.login.trim(),
      name: given.name.trim(),
      purpose: given.purpose.trim(),
      orgId,
      ownerId: owner.id,
      ...(given.endsOn ? { endsOn: given.endsOn } : {}),
    })
    if (done) onClose()
  }
  return (
    <Dialog
      open
      title={t('service.create')}
      onClose={onClose}
      acts={
        <>
          <Button onClick={onClose}>{ui('cancel')}</Button>
          <Button type="submit" form={form} look="primary" busy={act.busy}>
            {t('service.create')}
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
        <p className="q-quiet">{t('service.hint')}</p>
        <TextField
          label={t('login')}
          required
          minLength={3}
          maxLength={64}
          autoCapitalize="none"
          autoComplete="off"
          spellCheck={false}
          value={given.login}
          onChange={set('login')}
        />
        <TextField label={t('security.name')} required maxLength={64} value={given.name} onChange={set('name')} />
        <TextField
          label={t('service.purpose')}
          required
          minLength={4}
          maxLength={200}
          value={given.purpose}
          onChange={set('purpose')}
        />
        <TextField
          label={t('service.owner_login')}
          required
          autoCapitalize="none"
          autoComplete="off"
          spellCheck={false}
          value={given.owner}
          onChange={set('owner')}
          {...(noOwner ? { error: t('service.no_owner') } : {})}
        />
        <OrgSelect
          label={t('account.org')}
          value={orgId}
          onChange={setOrg}
          {...(tried && !orgId ? { error: t('accounts.choose_org') } : {})}
        />
        <TextField
          label={t('service.ends_on')}
          type="date"
          required={false}
          value={given.endsOn}
          onChange={set('endsOn')}
        />
        {act.error ? <Failure error={act.error} /> : null}
      </form>
    </Dialog>
  )
}
