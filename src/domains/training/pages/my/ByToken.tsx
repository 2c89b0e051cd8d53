/** A scanned code: checks in as soon as the page opens; where that fails it says why and what helps. */
import { useEffect, useRef } from 'react'
import { Button, ButtonLink } from '../../../../ui/Button.tsx'
import { useAct } from '../../../../ui/client.tsx'
import { useWords } from '../../../../ui/i18n.tsx'
import { Progress } from '../../../../ui/Meter.tsx'
import { troubleOf } from '../../../../ui/trouble.ts'
import { ByDigits } from './ByDigits.tsx'
import { Arrived, NotIn, type Result } from './CheckInResult.tsx'
import { sessionIn } from './token.ts'
import './check-in.css'
import { CLASSES_CHANGED, type MyClass, useMine, useTraining } from './training.ts'

/** Failures after which the code that is on the screen now helps: this one is old, torn or none. */
const SCAN_AGAIN = new Set([
  'training.code_expired',
  'training.code_early',
  'training.code_malformed',
  'training.code_forged',
])

/** Failures that may be gone at the next attempt with the same code. */
const AGAIN = new Set(['offline', 'fault', 'limited'])

export function ByToken({ token, onDone }: { token: string; onDone: (result: Result) => void }) {
  const t = useWords('training')
  const training = useTraining()
  const mine = useMine()
  const checkIn = useAct(training.checkIn, { quiet: true, refresh: CLASSES_CHANGED })
  const attempt = async () => {
    const answer = await checkIn.run({ token })
    if (answer) onDone(answer)
  }
  const asked = useRef(false)
  useEffect(() => {
    if (asked.current) return
    asked.current = true
    void attempt()
  })
  if (!checkIn.error)
    return (
      <div className="my-result">
        <p className="my-result-word">{t('my.checking_in')}</p>
        <Progress label={t('my.checking_in')} />
      </div>
    )
  // Opened again later, the address is out of date although the person is in: that they are in is what matters.
  const known = recorded(mine.data ?? [], sessionIn(token))
  if (known) return <Arrived result={known} />
  const { kind, code } = troubleOf(checkIn.error)
  return (
    <div className="q-stack">
      <NotIn error={checkIn.error} />
      {AGAIN.has(kind) && (
        <div className="my-big">
          <Button look="primary" wide icon="refresh" busy={checkIn.busy} onClick={() => void attempt()}>
            {t('my.check_in_again')}
          </Button>
        </div>
      )}
      {SCAN_AGAIN.has(code) ? (
        <ByDigits preferred={sessionIn(token) ?? ''} onDone={onDone} />
      ) : (
        <div className="my-acts">
          <ButtonLink to="/check-in">{t('my.check_in_otherwise')}</ButtonLink>
          <ButtonLink to="/my/training">{t('my.training')}</ButtonLink>
        </div>
      )}
    </div>
  )
}

function recorded(classes: readonly MyClass[], sessionId: string | null): Result | null {
  for (const { name, nameEn, sessions } of classes) {
    const session = sessions.find(({ id, attendance }) => id === sessionId && attendance === 'present')
    if (session)
      return {
        className: name,
        classNameEn: nameEn,
        sessionTitle: session.title,
        at: session.checkedInAt,
        already: true,
      }
  }
  return null
}
