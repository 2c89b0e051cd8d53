/** One's own account: who I am here, what I may do, and where I am signed in. */
import { useQuery } from '@tanstack/react-query'
import { Answer } from '../../../ui/Answer.tsx'
import { Boundary } from '../../../ui/Boundary.tsx'
import { Button, ButtonLink, TextLink } from '../../../ui/Button.tsx'
import { Card, Facts } from '../../../ui/Card.tsx'
import { useAct } from '../../../ui/client.tsx'
import { useFormat, useWords } from '../../../ui/i18n.tsx'
import { List, ListRow } from '../../../ui/List.tsx'
import { useLocale } from '../../../ui/locale.ts'
import { PageHead } from '../../../ui/PageHead.tsx'
import { useReenter } from '../../../ui/reenter.ts'
import { orgNameIn, useSignedIn } from '../../../ui/session.tsx'
import { StatusTag } from '../../../ui/Tag.tsx'
import './access.css'
import { SECURITY, useAccess } from './accounts.ts'
import { CameBack, Linked } from './elsewhere/Linked.tsx'
import { SessionRows, SignInRows } from './Sessions.tsx'

export default function Account() {
  const t = useWords('access')
  const { account, person, roles } = useSignedIn()
  const locale = useLocale()
  const f = useFormat()
  const reenter = useReenter()
  const giveBack = useAct(useAccess().endOwnEmergency, { done: t('emergency.ended') })
  const handBack = async (emergencyId: string) => {
    if (await giveBack.run({ emergencyId })) await reenter('/account')
  }
  return (
    <div className="access-account">
      <PageHead
        title={t('account.title')}
        act={
          <>
            <ButtonLink icon="bell" to="/account/notices">
              {t('account.notices')}
            </ButtonLink>
            <ButtonLink look="primary" icon="key" to="/account/password">
              {t('password.title')}
            </ButtonLink>
          </>
        }
      />
      <CameBack />
      <Card title={t('account.who')}>
        <Facts
          items={[
            { label: t('account.name'), value: account.name },
            { label: t('login'), value: account.login },
            { label: t('account.number'), value: person?.number },
            { label: t('account.org'), value: person && orgNameIn(locale, person) },
          ]}
        />
      </Card>
      <Card title={t('account.roles')} flush>
        <List>
          {roles.map(({ role, emergency, emergencyId, ...org }) => (
            <ListRow
              key={`${role}/${org.orgId}/${emergencyId ?? ''}`}
              title={t.has(`role.${role}`) ? t(`role.${role}`) : role}
              meta={f.dotted([
                orgNameIn(locale, org),
                emergency && t('emergency.until', { when: f.dateTime(emergency) }),
              ])}
              {...(emergencyId
                ? {
                    trailing: (
                      <Button small busy={giveBack.busy} onClick={() => void handBack(emergencyId)}>
                        {t('emergency.give_back')}
                      </Button>
                    ),
                  }
                : {})}
            />
          ))}
        </List>
      </Card>
      <SecondFactor />
      <Boundary height={100}>
        <Linked />
      </Boundary>
      <Sessions />
      <History />
    </div>
  )
}

function SecondFactor() {
  const t = useWords('access')
  const f = useFormat()
  const access = useAccess()
  const security = useQuery({ queryKey: SECURITY, queryFn: () => access.security() })
  return (
    <Card title={t('security.title')} extra={<TextLink to="/account/security">{t('security.manage')}</TextLink>}>
      <Answer of={security} height={60}>
        {({ apps, passkeys, duty }) =>
          apps.length + passkeys.length > 0 ? (
            <StatusTag tone="done">{t('security.on')}</StatusTag>
          ) : (
            <p>
              <StatusTag tone={duty ? 'wait' : 'off'}>{t('security.off')}</StatusTag>{' '}
              {duty?.state === 'enforced' && duty.due && t('security.due', { date: f.date(duty.due) })}
            </p>
          )
        }
      </Answer>
    </Card>
  )
}

function Sessions() {
  const t = useWords('access')
  const access = useAccess()
  const sessions = useQuery({ queryKey: ['access', 'sessions'], queryFn: () => access.sessions() })
  const refresh = [['access', 'sessions']]
  const close = useAct(access.closeOtherSessions, { done: t('sessions.closed'), refresh })
  const end = useAct(access.endSession, { done: t('sessions.ended'), refresh })
  const others = (sessions.data ?? []).some((session) => !session.current)
  return (
    <Card
      title={t('sessions.title')}
      flush
      extra={
        others && (
          <Button small busy={close.busy} onClick={() => void close.run(undefined)}>
            {t('sessions.close_others')}
          </Button>
        )
      }
    >
      <Answer of={sessions} height={120}>
        {(rows) => <SessionRows rows={rows} busy={end.busy} onEnd={(id) => void end.run({ id })} />}
      </Answer>
    </Card>
  )
}

function History() {
  const t = useWords('access')
  const access = useAccess()
  const signIns = useQuery({ queryKey: ['access', 'sign-ins'], queryFn: () => access.signIns() })
  return (
    <Card title={t('history.title')} flush>
      <Answer of={signIns} height={120}>
        {(rows) => <SignInRows rows={rows} />}
      </Answer>
    </Card>
  )
}
