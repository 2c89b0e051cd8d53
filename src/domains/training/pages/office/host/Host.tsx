/** The host's screen for a projector: the code to scan, the digits to type, and who has come; readable from the back row. */
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type CSSProperties, useEffect, useRef, useState } from 'react'
import { usePathPart } from '../../../../../ui/address.ts'
import { IconButton } from '../../../../../ui/Button.tsx'
import { useFormat, useWords } from '../../../../../ui/i18n.tsx'
import { Failure } from '../../../../../ui/Notice.tsx'
import { Qr } from '../../../../../ui/Qr.tsx'
import { Spinner } from '../../../../../ui/Skeleton.tsx'
import './host.css'
import { type Screen, useTraining } from '../training.ts'
import { goodFor, nextAsk } from './host-timing.ts'

export default function Host() {
  const sessionId = usePathPart('sessionId')
  const t = useWords('training')
  const training = useTraining()
  const navigate = useNavigate()
  const place = useRef<HTMLDialogElement>(null)
  const screen = useQuery({
    queryKey: ['training', 'screen', sessionId],
    queryFn: () => training.screen({ sessionId }),
    refetchInterval: ({ state }) => (state.data ? nextAsk(goodFor(state.data)) : 3000),
    // The window with the screen is often not the one with the focus.
    refetchIntervalInBackground: true,
    staleTime: 0,
    gcTime: 0,
  })
  // A modal dialog covers the product's own frame and keeps keyboard and screen reader inside.
  useEffect(() => {
    const dialog = place.current
    dialog?.showModal()
    // Not its first button: the ring around that would be the first thing the room sees.
    dialog?.focus()
    return () => dialog?.close()
  }, [])
  useAwake()
  const leave = () => {
    const { classId } = screen.data?.session ?? {}
    if (document.fullscreenElement) void document.exitFullscreen()
    void navigate(
      (classId
        ? { to: '/classes/$classId', params: { classId }, search: { tab: 'attendance', session: sessionId } }
        : { to: '/plan' }) as never,
    )
  }
  return (
    <dialog
      ref={place}
      className="tr-host"
      tabIndex={-1}
      aria-label={t('office.host.title')}
      onCancel={(event) => {
        event.preventDefault()
        leave()
      }}
    >
      <title>{`${t('office.host.title')} · ${screen.data?.session.title ?? ''}`}</title>
      {screen.data ? (
        <Board screen={screen.data} receivedAt={screen.dataUpdatedAt} lost={screen.failureCount > 0} />
      ) : screen.error ? (
        <div className="tr-host-wait">
          <Failure error={screen.error} onRetry={() => void screen.refetch()} />
        </div>
      ) : (
        <div className="tr-host-wait">
          <Spinner />
        </div>
      )}
      <div className="tr-host-acts">
        <FullScreen of={place} />
        <IconButton icon="close" label={t('office.host.leave')} onClick={leave} />
      </div>
    </dialog>
  )
}

function Board({ screen, receivedAt, lost }: { screen: Screen; receivedAt: number; lost: boolean }) {
  const t = useWords('training')
  const f = useFormat()
  const { session } = screen
  const { left, share } = useCountdown(screen, receivedAt)
  const stale = left <= 0 && lost
  const over = Date.parse(screen.now) > Date.parse(session.ends)
  return (
    <div className="tr-host-board">
      <div className="tr-host-code">
        {screen.open ? (
          <>
            <div className={stale ? 'tr-host-qr tr-host-stale' : 'tr-host-qr'}>
              <Qr text={screen.url} label={t('office.host.qr')} size={1000} />
            </div>
            <p className="tr-host-scan">{stale ? t('office.host.lost') : t('office.host.scan')}</p>
          </>
        ) : (
          <div className="tr-host-shut">
            <p>{t(over ? 'office.host.over' : 'office.host.early')}</p>
            <p className="q-quiet">{t(over ? 'office.host.over_hint' : 'office.host.shut_hint')}</p>
          </div>
        )}
      </div>
      <div className="tr-host-side">
        <header>
          <p>{f.locale === 'en' && screen.classNameEn ? screen.classNameEn : screen.className}</p>
          <h1>{session.title}</h1>
          <p className="q-num">
            {f.longDate(session.starts)} {f.time(session.starts)}–{f.time(session.ends)} · {session.place}
          </p>
        </header>
        {screen.open && (
          <section aria-label={t('office.host.digits')}>
            <h2>{t('office.host.digits')}</h2>
            <div className="tr-host-digits">
              <b>
                {screen.code.slice(0, 3)}
                <span> </span>
                {screen.code.slice(3)}
              </b>
              <Ring share={share} seconds={Math.ceil(left / 1000)} />
            </div>
          </section>
        )}
        <section aria-label={t('office.host.present')}>
          <h2>{t('office.host.present')}</h2>
          <p className="tr-host-count">
            <b>{f.number(session.present)}</b>
            <span> / {f.number(session.expected)}</span>
          </p>
          {session.onLeave > 0 && <p className="tr-host-note">{t('office.session.leave_n', { n: session.onLeave })}</p>}
        </section>
        <section aria-label={t('office.host.latest')} className="tr-host-latest">
          <h2>{t('office.host.latest')}</h2>
          {screen.latest.length === 0 ? (
            <p className="tr-host-note">{t('office.host.nobody')}</p>
          ) : (
            <ul>
              {screen.latest.map((one) => (
                <li key={`${one.name}${one.orgName}${one.at}`}>
                  <b>{one.name}</b>
                  <span>{one.orgName}</span>
                  <span className="q-num">{f.time(one.at)}</span>
                </li>
              ))}
            </ul>
          )}
        </section>
      </div>
      {/* Changes with every one of the first ten arrivals and every tenth later: a screen reader must not speak all the time. */}
      <p className="q-hidden" role="status">
        {session.present < 10
          ? t('office.host.said_few', { present: session.present, expected: session.expected })
          : t('office.host.said', { present: Math.floor(session.present / 10) * 10, expected: session.expected })}
      </p>
    </div>
  )
}

/** What is left of the code, in milliseconds and as a share of the time that one is shown. */
function useCountdown(screen: Screen, receivedAt: number): { left: number; share: number } {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 250)
    return () => clearInterval(timer)
  }, [])
  const left = Math.max(0, goodFor(screen) - Math.max(0, now - receivedAt))
  return { left, share: left / (screen.periodSeconds * 1000) }
}

function Ring({ share, seconds }: { share: number; seconds: number }) {
  const t = useWords('training')
  const style = { '--share': String(share) } as CSSProperties
  return (
    <svg className="tr-host-ring" viewBox="0 0 64 64" role="img" aria-label={t('office.host.ring')} style={style}>
      <circle cx="32" cy="32" r="27" />
      <circle cx="32" cy="32" r="27" pathLength="1" />
      <text x="32" y="33">
        {seconds}
      </text>
    </svg>
  )
}

function FullScreen({ of }: { of: React.RefObject<HTMLDialogElement | null> }) {
  const t = useWords('training')
  const [full, setFull] = useState(false)
  useEffect(() => {
    const note = () => setFull(document.fullscreenElement !== null)
    document.addEventListener('fullscreenchange', note)
    return () => document.removeEventListener('fullscreenchange', note)
  }, [])
  if (!document.fullscreenEnabled) return null
  return (
    <IconButton
      icon="scan"
      label={t(full ? 'office.host.window' : 'office.host.full')}
      onClick={() => void (full ? document.exitFullscreen() : of.current?.requestFullscreen())}
    />
  )
}

/** Keeps the projector from going dark, where the browser can. */
function useAwake(): void {
  useEffect(() => {
    let lock: { release(): Promise<void> } | null = null
    let over = false
    const hold = () => {
      if (document.visibilityState !== 'visible') return
      navigator.wakeLock
        ?.request('screen')
        .then((held) => {
          if (over) void held.release()
          else lock = held
        })
        .catch(() => undefined)
    }
    hold()
    document.addEventListener('visibilitychange', hold)
    return () => {
      over = true
      document.removeEventListener('visibilitychange', hold)
      void lock?.release()
    }
  }, [])
}
