/** How an account is used, for whoever guards it: second factor, open sessions, the last sign-ins. */
import { useQuery } from '@tanstack/react-query'
import { Answer } from '../../../../ui/Answer.tsx'
import { useAct } from '../../../../ui/client.tsx'
import { useWords } from '../../../../ui/i18n.tsx'
import { useCan } from '../../../../ui/session.tsx'
import { StatusTag } from '../../../../ui/Tag.tsx'
import { type Account, useAccess } from '../accounts.ts'
import { SessionRows, SignInRows } from '../Sessions.tsx'

export function AccountSafety({ account }: { account: Account }) {
  const t = useWords('access')
  const can = useCan()
  const access = useAccess()
  const key = ['access', 'safety', account.id]
  const safety = useQuery({ queryKey: key, queryFn: () => access.accountSecurity({ accountId: account.id }) })
  const end = useAct(access.endAccountSession, { done: t('sessions.ended'), refresh: [key] })
  return (
    <section className="q-stack access-grant">
      <h3>{t('safety.heading')}</h3>
      <Answer of={safety} height={160}>
        {({ second, sessions, signIns }) => (
          <>
            <p>
              <StatusTag tone={second ? 'done' : 'wait'}>{t(second ? 'security.on' : 'security.off')}</StatusTag>
            </p>
            <h4>{t('sessions.title')}</h4>
            <SessionRows
              rows={sessions}
              busy={end.busy}
              onEnd={
                can('access.security.write')
                  ? (sessionId) => void end.run({ accountId: account.id, sessionId })
                  : undefined
              }
            />
            <h4>{t('history.title')}</h4>
            <SignInRows rows={signIns.slice(0, 10)} />
          </>
        )}
      </Answer>
    </section>
  )
}
