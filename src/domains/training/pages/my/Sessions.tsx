/** The sessions of one's class: when, where, how one stood, and leave. Long lists begin with what is still to come. */
import { useState } from 'react'
import { Button, ButtonLink } from '../../../../ui/Button.tsx'
import { ConfirmWithReason } from '../../../../ui/ConfirmWithReason.tsx'
import { useAct } from '../../../../ui/client.tsx'
import { useFormat, useWords } from '../../../../ui/i18n.tsx'
import { DateLeaf } from '../../../../ui/List.tsx'
import { Tag } from '../../../../ui/Tag.tsx'
import { isOver, mayAskLeave, mayCheckIn } from './agenda.ts'
import './my.css'
import { PresenceTag } from './States.tsx'
import { CLASSES_CHANGED, type MyClass, type MySession, nameIn, useTraining } from './training.ts'
import { dayParts, spanOf, When } from './When.tsx'

/** Rows shown before the list is opened. */
const SHOWN = 3

export function Sessions({ of, now }: { of: MyClass; now: number }) {
  const t = useWords('training')
  const past = of.state === 'passed' || of.state === 'failed'
  const [all, setAll] = useState(false)
  if (of.sessions.length === 0)
    return of.state === 'confirmed' ? <p className="q-quiet">{t('my.sessions.none')}</p> : null
  const first = past ? [] : of.sessions.filter((session) => !isOver(session, now)).slice(0, SHOWN)
  const shown = all || (!past && of.sessions.length <= SHOWN) ? of.sessions : first
  const hidden = of.sessions.length - shown.length
  return (
    <div className="my-sessions-more">
      {shown.length > 0 && (
        <ul className="my-sessions">
          {shown.map((session) => (
            <SessionRow key={session.id} of={of} session={session} now={now} />
          ))}
        </ul>
      )}
      {(hidden > 0 || all) && (
        <Button look="quiet" icon={all ? 'chevron-down' : 'list'} aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? t('my.sessions.fewer') : t('my.sessions.all', { n: of.sessions.length })}
        </Button>
      )}
    </div>
  )
}

function SessionRow({ of, session, now }: { of: MyClass; session: MySession; now: number }) {
  const t = useWords('training')
  const f = useFormat()
  const { month, day, weekday } = dayParts(f, session.starts)
  const confirmed = of.state === 'confirmed'
  const held = confirmed || of.state === 'passed' || of.state === 'failed'
  const checkIn = confirmed && mayCheckIn(session, now)
  const clashing = of.clashes.some(({ sessionId }) => sessionId === session.id)
  return (
    <li className={isOver(session, now) ? 'my-session my-session-over' : 'my-session'}>
      <DateLeaf month={month} day={day} weekday={weekday} />
      <div className="my-session-main">
        <p className="my-session-title">
          {session.title} {session.compulsory && <Tag>{t('my.compulsory')}</Tag>}{' '}
          {of.terms > 1 && of.term === null && <Tag>{t('office.term_n', { n: session.term })}</Tag>}
        </p>
        <p className="q-list-meta">
          <span className="q-num">{spanOf(f, session)}</span>　{session.place}
        </p>
        {session.leave?.answer && (
          <p className="q-list-meta">{t('my.leave.answer', { answer: session.leave.answer })}</p>
        )}
        {clashing && !isOver(session, now) && <p className="my-clash">{t('my.clash')}</p>}
      </div>
      <div className="my-session-end">
        {held && !checkIn && <PresenceTag session={session} now={now} />}
        {checkIn && (
          <ButtonLink look="primary" small icon="scan" {...{ to: '/check-in', search: { session: session.id } }}>
            {t('my.check_in')}
          </ButtonLink>
        )}
        {confirmed && mayAskLeave(session, now) && <AskLeave of={of} session={session} now={now} />}
      </div>
    </li>
  )
}

function AskLeave({ of, session, now }: { of: MyClass; session: MySession; now: number }) {
  const t = useWords('training')
  const { locale } = useFormat()
  const training = useTraining()
  const [open, setOpen] = useState(false)
  const ask = useAct(training.askLeave, { quiet: true, done: t('my.leave.asked'), refresh: CLASSES_CHANGED })
  const close = () => {
    ask.reset()
    setOpen(false)
  }
  return (
    <>
      <Button look="quiet" small onClick={() => setOpen(true)}>
        {t(session.leave?.state === 'refused' ? 'my.leave.again' : 'my.leave')}
      </Button>
      {open && (
        <ConfirmWithReason
          open
          title={t('my.leave.title')}
          confirm={t('my.leave.confirm')}
          reasonLabel={t('my.leave.reason')}
          reasonHint={t('my.leave.reason_hint')}
          busy={ask.busy}
          error={ask.error}
          onConfirm={async (reason) => {
            if (await ask.run({ sessionId: session.id, reason })) close()
          }}
          onClose={close}
        >
          <div>
            <p className="my-strong">{nameIn(locale, of)}</p>
            <p>
              {session.title}　<When session={session} now={now} />
            </p>
            <p className="q-quiet">{t(session.compulsory ? 'my.leave.compulsory' : 'my.leave.counts')}</p>
          </div>
        </ConfirmWithReason>
      )}
    </>
  )
}
