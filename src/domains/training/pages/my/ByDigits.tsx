/** Checking in without a scanned address: with this page's camera where the browser can, else with the digits on the screen. */
import { useState } from 'react'
import { Answer } from '../../../../ui/Answer.tsx'
import { useAddress } from '../../../../ui/address.ts'
import { useAct } from '../../../../ui/client.tsx'
import { Icon } from '../../../../ui/Icon.tsx'
import { useFormat, useWords } from '../../../../ui/i18n.tsx'
import { Empty, Failure, Notice } from '../../../../ui/Notice.tsx'
import { useNow } from '../office/now.ts'
import { type Appointment, ahead, mayCheckIn } from './agenda.ts'
import type { Result } from './CheckInResult.tsx'
import { Digits } from './Digits.tsx'
import './check-in.css'
import './my.css'
import { Scanner } from './Scanner.tsx'
import { CLASSES_CHANGED, type MyClass, nameIn, useMine, useTraining } from './training.ts'
import { When } from './When.tsx'

/** `preferred`: id of the session that the person came for. */
type Props = { preferred: string; onDone: (result: Result) => void }

export function ByDigits(props: Props) {
  const mine = useMine()
  return (
    <Answer of={mine} height={240}>
      {(classes) => <Choice classes={classes} {...props} />}
    </Answer>
  )
}

function Choice({ classes, preferred, onDone }: Props & { classes: readonly MyClass[] }) {
  const [, change] = useAddress()
  const now = useNow(10_000).getTime()
  const coming = ahead(classes, now)
  const open = coming.filter(({ session }) => mayCheckIn(session, now))
  const [picked, pick] = useState(preferred)
  if (open.length === 0) return <NothingOpen coming={coming} now={now} />
  const chosen = open.find(({ session }) => session.id === picked) ?? (open.length === 1 ? open[0] : undefined)
  return (
    <div className="q-stack">
      <Sessions open={open} chosen={chosen} pick={pick} now={now} />
      <Scanner onToken={(token) => change({ t: token, session: '' }, { replace: true })} />
      {chosen && <Enter key={chosen.session.id} sessionId={chosen.session.id} onDone={onDone} />}
    </div>
  )
}

function Enter({ sessionId, onDone }: { sessionId: string; onDone: (result: Result) => void }) {
  const training = useTraining()
  const checkIn = useAct(training.checkInWithDigits, { quiet: true, refresh: CLASSES_CHANGED })
  return (
    <>
      <Digits
        busy={checkIn.busy}
        onFull={async (digits) => {
          const answer = await checkIn.run({ sessionId, digits })
          if (answer) onDone(answer)
          return answer !== undefined
        }}
      />
      {checkIn.error ? <Failure error={checkIn.error} /> : null}
    </>
  )
}

function Sessions({
  open,
  chosen,
  pick,
  now,
}: {
  open: readonly Appointment[]
  chosen: Appointment | undefined
  pick: (id: string) => void
  now: number
}) {
  const t = useWords('training')
  const { locale } = useFormat()
  return (
    <fieldset className="my-choice">
      <legend>{t(open.length > 1 ? 'my.digits.which' : 'my.digits.session')}</legend>
      {open.map(({ of, session }) => (
        <label key={session.id} className={open.length > 1 ? 'my-choice-row' : 'my-choice-row my-choice-only'}>
          <input
            type="radio"
            name="session"
            checked={session.id === chosen?.session.id}
            onChange={() => pick(session.id)}
          />
          <span>
            <b className="my-strong">{nameIn(locale, of)}</b>
            <span>{session.title}</span>
            <span className="q-quiet">
              <When session={session} now={now} />　{session.place}
            </span>
          </span>
        </label>
      ))}
    </fieldset>
  )
}

function NothingOpen({ coming, now }: { coming: readonly Appointment[]; now: number }) {
  const t = useWords('training')
  const f = useFormat()
  const present = coming.find(({ session }) => session.attendance === 'present')
  const next = coming.find(({ session }) => session.attendance !== 'present')
  return (
    <div className="q-stack">
      {present && (
        <Notice tone="done" title={t('my.next.in')}>
          {nameIn(f.locale, present.of)}　{present.session.title}
        </Notice>
      )}
      <Empty
        icon="scan"
        title={t('my.digits.none')}
        hint={
          next ? (
            <>
              {t('my.digits.next')}
              <br />
              <b className="my-strong">{nameIn(f.locale, next.of)}</b>
              <br />
              <When session={next.session} now={now} />
              <br />
              {next.session.place}
              <br />
              {t('my.next.opens', { time: f.time(next.session.opensAt) })}
            </>
          ) : (
            t('my.digits.none_hint')
          )
        }
      />
      <p className="my-tip">
        <Icon name="info" size={18} />
        {t('my.digits.how')}
      </p>
    </div>
  )
}
