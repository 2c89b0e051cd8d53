/** One's own account: who I am here, what I may do, and where I am signed in. */
import { useQuery } from '@tanstack/react-query'
import { Answer } from '../../../ui/Answer.tsx'
import { Button, ButtonLink } from '../../../ui/Button.tsx'
import { Card, Facts } from '../../../ui/Card.tsx'
import { useAct, useClient } from '../../../ui/client.tsx'
import { useFormat, useWords } from '../../../ui/i18n.tsx'
import { List, ListRow } from '../../../ui/List.tsx'
import { useLocale } from '../../../ui/locale.ts'
import { PageHead } from '../../../ui/PageHead.tsx'
import { orgNameIn, useSignedIn } from '../../../ui/session.tsx'
import { StatusTag } from '../../../ui/Tag.tsx'
import type { accessContract } from '../contract.ts'
import './access.css'

export default function Account() {
  const t = useWords('access')
  const { account, person, roles } = useSignedIn()
  const locale = useLocale()
  return (
    <div className="access-account">
      <PageHead
        title={t('account.title')}
        act={
          <ButtonLink look="primary" icon="key" to="/account/password">
            {t('password.title')}
          </ButtonLink>
        }
      />
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
          {roles.map(({ role, ...org }) => (
            <ListRow
              key={`${role}/${org.orgId}`}
              title={t.has(`role.${role}`) ? t(`role.${role}`) : role}
              meta={orgNameIn(locale, org)}
            />
          ))}
        </List>
      </Card>
      <Sessions />
    </div>
  )
}

function Sessions() {
  const t = useWords('access')
  const f = useFormat()
  const access = useClient<typeof accessContract>('access')
  const sessions = useQuery({ queryKey: ['access', 'sessions'], queryFn: () => access.sessions() })
  const close = useAct(access.closeOtherSessions, { done: t('sessions.closed'), refresh: [['access', 'sessions']] })
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
        {(rows) => (
          <List>
            {rows.map((session) => (
              <ListRow
                key={session.id}
                title={deviceOf(session.agent) ?? t('sessions.unknown')}
                meta={t('sessions.seen', { when: f.dateTime(session.seenAt), ip: session.ip ?? '—' })}
                trailing={session.current && <StatusTag tone="done">{t('sessions.current')}</StatusTag>}
              />
            ))}
          </List>
        )}
      </Answer>
    </Card>
  )
}

const BROWSERS: [RegExp, string][] = [
  [/MicroMessenger/, '微信'],
  [/Edg\//, 'Edge'],
  [/Firefox\//, 'Firefox'],
  [/Chrome\//, 'Chrome'],
  [/Safari\//, 'Safari'],
]
const SYSTEMS: [RegExp, string][] = [
  [/HarmonyOS/, 'HarmonyOS'],
  [/Android/, 'Android'],
  [/iPhone|iPad/, 'iOS'],
  [/Windows/, 'Windows'],
  [/Mac OS/, 'macOS'],
  [/Linux/, 'Linux'],
]

/** A device in two words, as far as the browser tells: Chrome / Windows. */
function deviceOf(agent: string | null): string | null {
  if (!agent) return null
  const found = [BROWSERS, SYSTEMS].map((list) => list.find(([pattern]) => pattern.test(agent))?.[1]).filter(Boolean)
  return found.length > 0 ? found.join(' / ') : agent.slice(0, 60)
}
