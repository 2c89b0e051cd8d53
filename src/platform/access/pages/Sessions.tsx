/** Where an account is signed in, each ended by itself; and the sign-ins of the last months with what was refused. */
import { Button } from '../../../ui/Button.tsx'
import { useFormat, useWords } from '../../../ui/i18n.tsx'
import { List, ListRow } from '../../../ui/List.tsx'
import { useLocale } from '../../../ui/locale.ts'
import { StatusTag } from '../../../ui/Tag.tsx'
import type { useAccess } from './accounts.ts'
import { deviceOf } from './device.ts'

type Session = Awaited<ReturnType<ReturnType<typeof useAccess>['sessions']>>[number]
type SignIn = Awaited<ReturnType<ReturnType<typeof useAccess>['signIns']>>[number]

/** What stands behind the methods of RFC 8176, in words. */
function useMethods(): (methods: readonly string[]) => string {
  const t = useWords('access')
  const f = useFormat()
  return (methods) => f.dotted(methods.map((method) => t.has(`method.${method}`) && t(`method.${method}`)))
}

export function SessionRows({
  rows,
  onEnd,
  busy,
}: {
  rows: readonly Session[]
  onEnd?: ((id: string) => void) | undefined
  busy: boolean
}) {
  const t = useWords('access')
  const f = useFormat()
  const methods = useMethods()
  if (rows.length === 0) return <p className="q-quiet access-none">{t('sessions.none')}</p>
  return (
    <List label={t('sessions.title')}>
      {rows.map((session) => (
        <ListRow
          key={session.id}
          title={deviceOf(session.agent) ?? t('sessions.unknown')}
          meta={f.dotted([
            t('sessions.seen', { when: f.dateTime(session.seenAt), ip: session.ip ?? '—' }),
            methods(session.methods),
          ])}
          trailing={
            session.current ? (
              <StatusTag tone="done">{t('sessions.current')}</StatusTag>
            ) : (
              onEnd && (
                <Button small look="quiet" icon="close" busy={busy} onClick={() => onEnd(session.id)}>
                  {t('sessions.end')}
                </Button>
              )
            )
          }
        />
      ))}
    </List>
  )
}

export function SignInRows({ rows }: { rows: readonly SignIn[] }) {
  const t = useWords('access')
  const locale = useLocale()
  const f = useFormat()
  const methods = useMethods()
  if (rows.length === 0) return <p className="q-quiet access-none">{t('history.none')}</p>
  return (
    <List label={t('history.title')}>
      {rows.map(({ id, at, outcome, method, ip, agent, newDevice, via }) => (
        <ListRow
          key={id}
          title={f.dateTime(at)}
          meta={f.dotted([
            deviceOf(agent) ?? t('sessions.unknown'),
            `IP ${ip ?? '—'}`,
            methods(method.split(' ').filter((one) => one !== 'fed' || !via)),
            via && t('history.via', { name: (locale === 'en' && via.en) || via.zh }),
          ])}
          trailing={
            outcome === 'signed_in' ? (
              newDevice && <StatusTag tone="wait">{t('history.new_device')}</StatusTag>
            ) : (
              <StatusTag tone="alert">{t(`history.${outcome}`)}</StatusTag>
            )
          }
        />
      ))}
    </List>
  )
}
