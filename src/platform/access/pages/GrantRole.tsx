/** Gives an account a role at an organisation; the roles of trust are given by whoever guards the place. */
import { useState } from 'react'
import { Button } from '../../../ui/Button.tsx'
import { useAct } from '../../../ui/client.tsx'
import { SelectField } from '../../../ui/Field.tsx'
import { useWords } from '../../../ui/i18n.tsx'
import { type Account, KEY, TRUSTED, useAccess, useRoleWord } from './accounts.ts'
import { OrgSelect } from './OrgSelect.tsx'

export function GrantRole({ account, roles }: { account: Account; roles: readonly string[] }) {
  const t = useWords('access')
  const roleWord = useRoleWord()
  const access = useAccess()
  const [role, setRole] = useState('')
  const [orgId, setOrgId] = useState('')
  const said = { done: t('accounts.role_granted'), refresh: [KEY] }
  const grant = useAct(access.grantRole, said)
  const trust = useAct(access.grantTrust, said)
  const run = async () => {
    if (!role || !orgId) return
    const asked = { accountId: account.id, orgId }
    const done =
      roles === TRUSTED
        ? await trust.run({ ...asked, role: role as (typeof TRUSTED)[number] })
        : await grant.run({ ...asked, role })
    if (done) {
      setRole('')
      setOrgId('')
    }
  }
  return (
    <section className="q-stack access-grant">
      <h3>{t('accounts.grant')}</h3>
      <SelectField
        label={t('accounts.role')}
        placeholder={t('accounts.choose_role')}
        value={role}
        onChange={setRole}
        choices={roles.map((value) => ({ value, label: roleWord(value) }))}
      />
      <OrgSelect label={t('accounts.at')} hint={t('accounts.at_hint')} value={orgId} onChange={setOrgId} />
      <div>
        <Button icon="plus" disabled={!role || !orgId} busy={grant.busy || trust.busy} onClick={() => void run()}>
          {t('accounts.grant')}
        </Button>
      </div>
    </section>
  )
}
