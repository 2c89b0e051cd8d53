/** A new account for somebody who is not on the roster: login, name, and where they belong. */
import { useState } from 'react'
import { useAct } from '../../../ui/client.tsx'
import { TextField } from '../../../ui/Field.tsx'
import { FormDialog } from '../../../ui/FormDialog.tsx'
import { useWords } from '../../../ui/i18n.tsx'
import { KEY, useAccess, useOrganisations } from './accounts.ts'
import type { Given } from './InitialPassword.tsx'
import { OrgSelect } from './OrgSelect.tsx'

export function CreateAccount({ onGiven, onClose }: { onGiven: (given: Given) => void; onClose: () => void }) {
  const t = useWords('access')
  const organisations = useOrganisations()
  const [login, setLogin] = useState('')
  const [name, setName] = useState('')
  const [org, setOrg] = useState('')
  const act = useAct(useAccess().createAccount, { refresh: [KEY], quiet: true })
  const orgId = org || (organisations.length === 1 ? (organisations[0]?.value ?? '') : '')
  const given = { login: login.trim(), name: name.trim() }
  return (
    <FormDialog
      title={t('accounts.create')}
      submit={t('accounts.create')}
      act={act}
      input={() => (orgId ? { ...given, orgId } : null)}
      onDone={({ initialPassword }) => onGiven({ ...given, password: initialPassword })}
      onClose={onClose}
    >
      {(tried) => (
        <>
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
        </>
      )}
    </FormDialog>
  )
}
