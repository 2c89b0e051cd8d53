/** What must be known before anything on the page is believed: invented data, a moved clock, a line that is down. */
import { useSyncExternalStore } from 'react'
import { Icon } from '../../ui/Icon.tsx'
import { useFormat, useWords } from '../../ui/i18n.tsx'
import type { Session } from '../../ui/session.tsx'

const onLine = (listener: () => void) => {
  addEventListener('online', listener)
  addEventListener('offline', listener)
  return () => {
    removeEventListener('online', listener)
    removeEventListener('offline', listener)
  }
}

export function Banners({ session }: { session: Session | null }) {
  const t = useWords('web')
  const f = useFormat()
  const emergency = session?.roles.find((role) => role.emergency)?.emergency
  const online = useSyncExternalStore(onLine, () => navigator.onLine)
  return (
    <aside className="q-banners" aria-label={t('notices')}>
      {session && (session.demo || session.clock.moved) && (
        <p className="q-banner">
          {session.demo && <span>{t('demo')}</span>}
          {session.clock.moved && (
            <span>
              <Icon name="clock" size={14} /> {t('clock', { date: f.date(session.clock.now) })}
            </span>
          )}
        </p>
      )}
      {emergency && (
        <p className="q-banner q-banner-offline">
          <span>
            <Icon name="alert" size={14} /> {t('emergency', { when: f.dateTime(emergency) })}
          </span>
        </p>
      )}
      <div role="status">
        {!online && (
          <p className="q-banner q-banner-offline">
            <span>
              <Icon name="wifi" size={14} /> {t('offline')}
            </span>
          </p>
        )}
      </div>
    </aside>
  )
}
