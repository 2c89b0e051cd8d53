/** A new account of a service: what it is for, and who answers for it. */
import { useState } from 'react'
import { useAct } from '../../../../ui/client.tsx'
import { TextField } from '../../../../ui/Field.tsx'
import { FormDialog } from '../../../../ui/FormDialog.tsx'
import { useWords } from '../../../../ui/i18n.tsx'
import { KEY, useAccess, useOrganisations } from '../accounts.ts'
import { OrgSelect } from '../OrgSelect.tsx'

export function CreateService({ onClose }: { onClose: () => void }) {
  const t = useWords('access')
  const access = useAccess()
  const organisations = useOrganisations()
  const [given, setGiven] = useState({ login: '', name: '', owner: '', purpose: '', endsOn: '' })
  const [org, setOrg] = useState('')
  const [noOwner, setNoOwner] = useState(false)
  const act = useAct(access.createServiceAccount, { refresh: [KEY], quiet: true, done: t('service.created') })
  const orgId = org || (organisations.length === 1 ? (organisations[0]?.value ?? '') : '')
  const set = (key: keyof typeof given) => (value: string) => setGiven((was) => ({ ...was, [key]: value }))
  const input = async () => {
    if (!orgId) return null
    const login = given.owner.trim().toLowerCase()
    const owner = (await access.accounts({ search: login, limit: 20 })).rows.find((row) => row.login === login)
    setNoOwner(!owner)
    if (!owner) return null
    return {
      login: given.login.trim(),
      name: given.name.trim(),
      purpose: given.purpose.trim(),
      orgId,
      ownerId: owner.id,
      ...(given.endsOn ? { endsOn: given.endsOn } : {}),
    }
  }
  return (
    <FormDialog title={t('service.create')} submit={t('service.create')} act={act} input={input} onClose={onClose}>
      {(tried) => (
        <>
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
        </>
      )}
    </FormDialog>
  )
}
