/** Things said within a page: a notice, a failure with a way to try again, an empty place that says what to do next. */
import { type ReactNode, useEffect, useState } from 'react'
import { Button, ButtonLink } from './Button.tsx'
import { Icon, type IconName } from './Icon.tsx'
import { useWords } from './i18n.tsx'
import { useLocale } from './locale.ts'
import './surfaces.css'
import { type Sentence, wordTrouble } from './trouble.ts'

export type NoticeTone = 'info' | 'wait' | 'alert' | 'done'
const icons: Record<NoticeTone, IconName> = { info: 'info', wait: 'clock', alert: 'alert', done: 'check' }

export function Notice({
  tone = 'info',
  title,
  children,
  act,
  live,
}: {
  tone?: NoticeTone
  title?: ReactNode
  children?: ReactNode
  act?: ReactNode
  /** Spoken when it appears: for answers to what the person just did. */
  live?: boolean
}) {
  const role = live ? (tone === 'alert' ? 'alert' : 'status') : undefined
  return (
    <div className={`q-notice q-notice-${tone}`} role={role}>
      <Icon name={icons[tone]} size={18} />
      <div>
        {title && <p className="q-notice-title">{title}</p>}
        {children && <div>{children}</div>}
      </div>
      {act && <div className="q-notice-act">{act}</div>}
    </div>
  )
}

/** The sentence for a failure, null until its words are loaded. */
export function useSentence(error: unknown): Sentence | null {
  const locale = useLocale()
  const [sentence, setSentence] = useState<Sentence | null>(null)
  useEffect(() => {
    let wanted = true
    if (error) wordTrouble(error, locale).then((found) => wanted && setSentence(found))
    else setSentence(null)
    return () => {
      wanted = false
    }
  }, [error, locale])
  return error ? sentence : null
}

/** A failed call in words: every reason that the rules gave, the number of a fault, and a way to try again. */
export function Failure({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const t = useWords('ui')
  const sentence = useSentence(error)
  if (!sentence) return null
  return (
    <Notice
      tone="alert"
      live
      title={sentence.text}
      act={
        onRetry &&
        (sentence.kind === 'not_found' ? (
          // Asking again does not find what is not there: the way out does.
          <ButtonLink small icon="home" to="/">
            {t('to_home')}
          </ButtonLink>
        ) : (
          <Button small icon="refresh" onClick={onRetry}>
            {t('retry')}
          </Button>
        ))
      }
    >
      {sentence.reasons.length > 0 && (
        <ul className="q-reasons">
          {sentence.reasons.map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      )}
      {sentence.id && <p className="q-quiet">{t('error_id', { id: sentence.id })}</p>}
    </Notice>
  )
}

export function Empty({
  title,
  hint,
  act,
  icon = 'ledger',
}: {
  title: string
  /** What to do next, or when something will come. */
  hint?: ReactNode
  act?: ReactNode
  icon?: IconName
}) {
  return (
    <div className="q-empty">
      <Icon name={icon} size={28} />
      <p className="q-empty-title">{title}</p>
      {hint && <p>{hint}</p>}
      {act && <div>{act}</div>}
    </div>
  )
}
