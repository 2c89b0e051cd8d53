/** One account: its roles, given and ended here; a new initial password; and whether it may be used. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Boundary } from '../../../ui/Boundary.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Facts } from '../../../ui/Card.tsx'
import { ConfirmWithReason } from '../../../ui/ConfirmWithReason.tsx'
import { useAct } from '../../../ui/client.tsx'
import { Sheet } from '../../../ui/Dialog.tsx'
import { useWords } from '../../../ui/i18n.tsx'
import { List, ListRow } from '../../../ui/List.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { useCan, useSignedIn } from '../../../ui/session.tsx'
import { AccountState } from './AccountState.tsx'
import { type Account, isOfficer, isTrusted, KEY, ROLES, TRUSTED, useAccess, useRoleWord } from './accounts.ts'
import { LinksOf } from './elsewhere/LinksOf.tsx'
import { GrantRole } from './GrantRole.tsx'
import type { Given } from './InitialPassword.tsx'
import { AccountSafety } from './oversight/AccountSafety.tsx'
import { AskRecovery } from './oversight/AskRecovery.tsx'

type Asked = { what: 'reset' | 'disable' | 'enable' } | { what: 'end'; role: Account['roles'][number] }

export function AccountSheet({
  account: opened,
  onGiven,
  onClose,
}: {
  account: Account
  onGiven: (given: Given) => void
  onClose: () => void
}) {
  const t = useWords('access')
  const can = useCan()
  const access = useAccess()
  const roleWord = useRoleWord()
  const { account: self } = useSignedIn()
  const [asked, setAsked] = useState<Asked | null>(null)
  // The row may have changed by an act of this very sheet: what stands is asked again.
  const { data: account = opened } = useQuery({
    queryKey: [...KEY, 'one', opened.id],
    queryFn: async () =>
      (await access.accounts({ search: opened.login, limit: 20 })).rows.find(({ id }) => id === opened.id) ?? opened,
  })
  const refresh = [KEY]
  const reset = useAct(access.resetPassword, { refresh })
  const disable = useAct(access.disableAccount, { done: t('accounts.saved'), refresh })
  const end = useAct(access.endRole, { done: t('accounts.role_ended'), refresh })
  const endTrust = useAct(access.endTrust, { done: t('accounts.role_ended'), refresh })
  const own = account.id === self.id
  const write = can('access.account.write') && !own
  const confirm = async () => {
    if (!asked) return
    if (asked.what === 'reset') {
      const answer = await reset.run({ accountId: account.id })
      if (!answer) return
      onClose()
      onGiven({ login: account.login, name: account.name, password: answer.initialPassword })
      return
    }
    const done =
      asked.what === 'end'
        ? await (isTrusted(asked.role.role) ? endTrust : end).run({
            accountId: account.id,
            assignmentId: asked.role.id,
          })
        : await disable.run({ accountId: account.id, disabled: asked.what === 'disable' })
    if (done) setAsked(null)
  }
  return (
    <>
      <Sheet open={!asked} title={account.name} onClose={onClose}>
        <div className="q-stack">
          <Facts
            columns={1}
            items={[
              { label: t('login'), value: <code>{account.login}</code> },
              { label: t('account.org'), value: account.orgName },
              { label: t('accounts.state'), value: <AccountState account={account} /> },
              ...(account.kind === 'service'
                ? [
                    { label: t('service.owner'), value: account.owner },
                    { label: t('service.purpose'), value: account.purpose },
                  ]
                : []),
            ]}
          />
          {write && (
            <div className="access-acts">
              {account.kind === 'person' && !isOfficer(account) && (
                <Button icon="key" onClick={() => setAsked({ what: 'reset' })}>
                  {t(account.active ? 'accounts.reset' : 'accounts.activate')}
                </Button>
              )}
              <Button
                look={account.disabled ? 'plain' : 'danger'}
                onClick={() => setAsked({ what: account.disabled ? 'enable' : 'disable' })}
              >
                {t(account.disabled ? 'accounts.enable' : 'accounts.disable')}
              </Button>
            </div>
          )}
          {write && isOfficer(account) && <Notice>{t('accounts.reset_apart')}</Notice>}
          {can('access.recovery.ask') && !own && account.kind === 'person' && <AskRecovery account={account} />}
          <section>
            <h3>{t('account.roles')}</h3>
            {account.roles.length === 0 ? (
              <p className="q-quiet">{t('accounts.no_roles')}</p>
            ) : (
              <List label={t('account.roles')}>
                {account.roles.map((role) => (
                  <ListRow
                    key={role.id}
                    title={roleWord(role.role)}
                    meta={role.orgName}
                    trailing={
                      can(isTrusted(role.role) ? 'access.trust.write' : 'access.role.write') &&
                      !own && (
                        <Button small look="quiet" icon="close" onClick={() => setAsked({ what: 'end', role })}>
                          {t('accounts.end_role')}
                        </Button>
                      )
                    }
                  />
                ))}
              </List>
            )}
          </section>
          {can('access.role.write') && !own && <GrantRole account={account} roles={ROLES} />}
          {can('access.trust.write') && !own && <GrantRole account={account} roles={TRUSTED} />}
          {can('upstream.link.read') && account.kind === 'person' && (
            <Boundary height={100}>
              <LinksOf account={account} />
            </Boundary>
          )}
          {can('access.security.read') && <AccountSafety account={account} />}
        </div>
      </Sheet>
      {asked && (
        <ConfirmWithReason
          open
          title={t(`accounts.${asked.what}_title`, { name: account.name })}
          confirm={t(`accounts.${asked.what}_confirm`)}
          danger={asked.what === 'disable' || asked.what === 'end'}
          reason="none"
          busy={reset.busy || disable.busy || end.busy || endTrust.busy}
          onClose={() => setAsked(null)}
          onConfirm={() => void confirm()}
        >
          <p>
            {t(
              `accounts.${asked.what}_text`,
              asked.what === 'end' ? { role: roleWord(asked.role.role), org: asked.role.orgName } : {},
            )}
          </p>
        </ConfirmWithReason>
      )}
    </>
  )
}
