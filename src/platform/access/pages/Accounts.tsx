/** Accounts in scope: found by login, name or role; created, reset, disabled, and given or relieved of roles. */
import { useState } from 'react'
import { one } from '../../../ui/address.ts'
import { Button } from '../../../ui/Button.tsx'
import { useFormat, useWords } from '../../../ui/i18n.tsx'
import { DataTable } from '../../../ui/office/DataTable.tsx'
import type { Column } from '../../../ui/office/table.ts'
import { PageHead } from '../../../ui/PageHead.tsx'
import { useCan } from '../../../ui/session.tsx'
import { Tag } from '../../../ui/Tag.tsx'
import './access.css'
import './accounts.css'
import { AccountSheet } from './AccountSheet.tsx'
import { AccountState } from './AccountState.tsx'
import { type Account, KEY, ROLES, useAccess, useRoleWord } from './accounts.ts'
import { CreateAccount } from './CreateAccount.tsx'
import { type Given, InitialPassword } from './InitialPassword.tsx'
import { CreateService } from './oversight/CreateService.tsx'

export default function Accounts() {
  const t = useWords('access')
  const f = useFormat()
  const can = useCan()
  const access = useAccess()
  const roleWord = useRoleWord()
  const [shown, setShown] = useState<Account | null>(null)
  const [creating, setCreating] = useState(false)
  const [serving, setServing] = useState(false)
  const [given, setGiven] = useState<Given | null>(null)
  const write = can('access.account.write')
  const mayOpen = write || can('access.role.write') || can('access.security.read')
  const columns: Column<Account>[] = [
    {
      key: 'name',
      title: t('account.name'),
      cell: (row) =>
        mayOpen ? (
          <button type="button" className="access-link" onClick={() => setShown(row)}>
            {row.name}
          </button>
        ) : (
          row.name
        ),
    },
    { key: 'login', title: t('login'), cell: (row) => <span className="q-num">{row.login}</span> },
    { key: 'org', title: t('account.org'), cell: (row) => row.orgName },
    {
      key: 'roles',
      title: t('account.roles'),
      cell: (row) =>
        row.roles.length === 0 ? (
          <span className="q-quiet">—</span>
        ) : (
          <span className="access-tags">
            {row.roles.map(({ id, role, orgId, orgName }) => (
              <Tag key={id}>{f.dotted([roleWord(role), orgId !== row.orgId && orgName])}</Tag>
            ))}
          </span>
        ),
    },
    { key: 'state', title: t('accounts.state'), card: 'trailing', cell: (row) => <AccountState account={row} /> },
  ]
  return (
    <>
      <PageHead
        title={t('accounts.heading')}
        subtitle={t('accounts.subtitle')}
        acts={
          write &&
          can('access.account.service') && <Button onClick={() => setServing(true)}>{t('service.create')}</Button>
        }
        act={
          write && (
            <Button look="primary" icon="plus" onClick={() => setCreating(true)}>
              {t('accounts.create')}
            </Button>
          )
        }
      />
      <DataTable<Account>
        caption={t('accounts.heading')}
        queryKey={KEY}
        columns={columns}
        rowKey={(row) => row.id}
        rowName={(row) => row.name}
        {...(mayOpen ? { onOpen: setShown } : {})}
        filters={[
          { key: 'search', label: t('accounts.search'), kind: 'text' },
          {
            key: 'role',
            label: t('accounts.role'),
            kind: 'choice',
            choices: ROLES.map((value) => ({ value, label: roleWord(value) })),
          },
        ]}
        load={({ filter, limit, cursor }, signal) =>
          access.accounts(
            {
              limit,
              ...(cursor ? { cursor } : {}),
              ...(filter.search ? { search: one(filter.search) } : {}),
              ...(filter.role ? { role: one(filter.role) } : {}),
            },
            { signal },
          )
        }
        empty={{ title: t('accounts.none') }}
      />
      {shown && <AccountSheet account={shown} onGiven={setGiven} onClose={() => setShown(null)} />}
      {serving && <CreateService onClose={() => setServing(false)} />}
      {creating && <CreateAccount onGiven={setGiven} onClose={() => setCreating(false)} />}
      {given && <InitialPassword given={given} onClose={() => setGiven(null)} />}
    </>
  )
}
