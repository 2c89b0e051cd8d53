/** The result of a check-in, large enough to be shown to the host: one sign, one word, one colour. */
import { useEffect } from 'react'
import { ButtonLink } from '../../../../ui/Button.tsx'
import { Icon, type IconName } from '../../../../ui/Icon.tsx'
import { useFormat, useWords } from '../../../../ui/i18n.tsx'
import { useSentence } from '../../../../ui/Notice.tsx'
import { troubleOf } from '../../../../ui/trouble.ts'
import './check-in.css'
import './my.css'
import { nameIn } from './training.ts'

/** `at` null: it is on record, but not when. */
export type Result = {
  sessionTitle: string
  className: string
  classNameEn: string
  at: string | null
  already: boolean
}

export function Arrived({ result: { sessionTitle, className, classNameEn, at, already } }: { result: Result }) {
  const t = useWords('training')
  const f = useFormat()
  useEffect(() => {
    // Without a touch before it the browser refuses and says so in its console.
    if (!already && navigator.userActivation?.hasBeenActive) navigator.vibrate?.(80)
  }, [already])
  return (
    <div className="q-stack">
      <div className="my-result my-result-done" role="status">
        <span className="my-result-sign">
          <Icon name="check" size={48} />
        </span>
        <p className="my-result-word">{t(already ? 'my.result.already' : 'my.result.done')}</p>
        {at && (
          <p className="my-result-time">
            <time dateTime={at}>{f.time(at)}</time>
          </p>
        )}
        <p className="my-strong">{nameIn(f.locale, { name: className, nameEn: classNameEn })}</p>
        <p>{sessionTitle}</p>
        {at && <p className="my-result-date">{f.longDate(at)}</p>}
      </div>
      <div className="my-acts">
        <ButtonLink icon="home" to="/">
          {t('my.result.home')}
        </ButtonLink>
        <ButtonLink to="/my/training">{t('my.training')}</ButtonLink>
      </div>
    </div>
  )
}

type Face = { icon: IconName; tone: 'wait' | 'alert'; key: string }

const again: Face = { icon: 'scan', tone: 'wait', key: 'again' }
const out: Face = { icon: 'close', tone: 'alert', key: 'not_in_class' }
const faces: Record<string, Face> = {
  'training.code_expired': again,
  'training.code_early': again,
  'training.digits_wrong': again,
  'training.code_malformed': again,
  'training.code_forged': again,
  'training.too_early': { icon: 'clock', tone: 'wait', key: 'too_early' },
  'training.session_over': { icon: 'close', tone: 'alert', key: 'over' },
  'training.not_in_class': out,
  'training.other_term': out,
  offline: { icon: 'wifi', tone: 'alert', key: 'offline' },
}
const other: Face = { icon: 'alert', tone: 'alert', key: 'other' }

export function NotIn({ error }: { error: unknown }) {
  const t = useWords('training')
  const sentence = useSentence(error)
  const { icon, tone, key } = faces[troubleOf(error).code] ?? other
  return (
    <div className={`my-result my-result-${tone}`} role="alert">
      <span className="my-result-sign">
        <Icon name={icon} size={44} />
      </span>
      <p className="my-result-word">{t(`my.result.${key}`)}</p>
      {sentence && <p>{sentence.text}</p>}
      {t.has(`my.result.${key}_hint`) && <p className="my-result-date">{t(`my.result.${key}_hint`)}</p>}
      {sentence?.id && <p className="my-result-date">{t('my.result.fault', { id: sentence.id })}</p>}
    </div>
  )
}
