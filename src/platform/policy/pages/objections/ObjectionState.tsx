/** How far an objection has come, by when it is answered and on what that rests, and what was answered. */
import { Clause } from '../../../../ui/Clause.tsx'
import { useFormat, useWords } from '../../../../ui/i18n.tsx'
import { useSignedIn } from '../../../../ui/session.tsx'
import { StatusTag, type Tone } from '../../../../ui/Tag.tsx'
import type { ObjectionRow } from '../../contract.ts'
import { clauseData } from '../clause.ts'

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

/** The day to answer by, with the clause of the figure behind it. */
export function DueOn({ row: { dueOn, dueBy }, said }: { row: ObjectionRow; said?: (date: string) => string }) {
  const t = useWords('policy')
  const f = useFormat()
  if (dueOn === null) return '—'
  const date = f.date(dueOn)
  return (
    <>
      {said ? said(date) : date}
      {dueBy && (
        <Clause
          label={t('objections.due')}
          clause={clauseData(dueBy.clause, dueBy.confidence, {
            missing: t('lab.no_clause'),
            from: dueBy.from,
            note: t('objections.due_days', { days: Number(dueBy.value) }),
          })}
        />
      )}
    </>
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
