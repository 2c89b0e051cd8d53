/** A scanned code: checks in as soon as the page opens and shows the result so that it cannot be misread. */
import { useEffect, useRef } from 'react'
import { Button } from '../../../../ui/Button.tsx'
import { useAct } from '../../../../ui/client.tsx'
import { useWords } from '../../../../ui/i18n.tsx'
import { Spinner } from '../../../../ui/Skeleton.tsx'
import { troubleOf } from '../../../../ui/trouble.ts'
import { ByDigits } from './ByDigits.tsx'
import { Arrived, NotIn } from './CheckInResult.tsx'
import { sessionIn } from './token.ts'
import { CLASSES_CHANGED, useMine, useTraining } from './training.ts'

/** Failures after which the code on the screen helps: this one is old, torn or none. */
const SCAN_AGAIN = new Set(['training.code_expired', 'training.code_early', 'training.code_malformed', 'training.code_forged'])

export function ByToken({ token }: { token: string }) {
  const t = useWords('training')
  const training = useTraining()
  const mine = useMine()
  const checkIn = useAct(training.checkIn, { quiet: true, refresh: CLASSES_CHANGED })
  const result = useResult(checkIn.run, token)
  const known = knownPresence(mine.data, sessionIn(token))
  if (result.current) return <Arrived result={result.current} />
  if (!checkIn.error)
    return (
      <div className="my-result my-result-wait">
        <Spinner label={t('my.checking_in')} />
        <p>{t('my.checking_in')}</p>
      </div>
    )
  // Opened again later, the same address is out of date, but the person is in: that is what matters.
  if (known) return <Arrived result={known} />
  const { kind, code } = troubleOf(checkIn.error)
  return (
    <div className="q-stack">
      <NotIn error={checkIn.error} />
      {kind === 'offline' && (
        <Button look="primary" wide icon="refresh" onClick={() => void result.again()}>
          {t('my.check_in_again')}
        </Button>
      )}
      {SCAN_AGAIN.has(code) && <ByDigits preferred={sessionIn(token) ?? ''} />}
    </div>
  )
}
