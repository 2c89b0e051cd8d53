/** How far an objection has come, and what was answered. */
import { useFormat, useWords } from '../../../../ui/i18n.tsx'
import { useSignedIn } from '../../../../ui/session.tsx'
import { StatusTag, type Tone } from '../../../../ui/Tag.tsx'
import type { ObjectionRow } from '../../contract.ts'

const TONES: Record<ObjectionRow['state'], Tone> = { open: 'wait', upheld: 'done', rejected: 'plain' }

export function ObjectionState({ state, dueOn }: Pick<ObjectionRow, 'state' | 'dueOn'>) {
  const t = useWords('policy')
  const f = useFormat()
  const { clock } = useSignedIn()
  const late = state === 'open' && dueOn !== null && dueOn < f.isoDate(clock.now)
  return (
    <StatusTag tone={late ? 'alert' : TONES[state]}>{t(late ? 'objections.overdue' : `objections.${state}`)}</StatusTag>
  )
}

/** The answer with its reason, and what will be corrected by when. */
export function Given({ row: { answer, answeredAt, remedy } }: { row: ObjectionRow }) {
  const t = useWords('policy')
  const f = useFormat()
  return (
    <div>
      <h3>{t('objections.answer')}</h3>
      <blockquote className="pol-said">
        {answer}
        {remedy && <p>{t('objections.remedy_is', { what: remedy.what, date: f.date(remedy.by) })}</p>}
      </blockquote>
      {answeredAt && <p className="q-quiet">{f.dateTime(answeredAt)}</p>}
    </div>
  )
}
