/** Small things that the pages of calls say alike: a figure with its clause, offices in words. */
import { Clause } from '../../../../ui/Clause.tsx'
import { useFormat, useWords } from '../../../../ui/i18n.tsx'
import { StatusTag } from '../../../../ui/Tag.tsx'
import { clauseOf } from '../../../../ui/why-answer.ts'
import type { Office } from '../../contract/definition.ts'
import type { CallDetail } from './asking.ts'

type Unit = 'day' | 'place' | 'expert' | 'point' | 'year' | 'person'

export function Amount({ n, unit }: { n: number; unit: Unit }) {
  const t = useWords('cases')
  const f = useFormat()
  return <span className="q-num">{t(`calls.unit.${unit}`, { n, text: f.number(n) })}</span>
}

/** A figure of the call as it holds today: with its clause, or marked where nobody has verified it. */
export function FigureOf({ call, path, unit }: { call: CallDetail; path: string; unit: Unit }) {
  const t = useWords('cases')
  const found = call.figures.find((one) => one.path === path)
  if (!found) return null
  if (found.value === null) return <StatusTag tone="alert">{t('calls.no_figure')}</StatusTag>
  return (
    <>
      <Amount n={found.value} unit={unit} />
      {found.clause && found.confidence && (
        <Clause clause={clauseOf(found.clause, found.confidence)} label={t(`calls.figure.${unit}`)} />
      )}
      {found.confidence === 'U' && <small className="calls-default">{t('calls.default')}</small>}
    </>
  )
}

export function useOffices(): (list: readonly Office[]) => string {
  const t = useWords('cases')
  const f = useFormat()
  return (list) => f.list(list.map(({ role, at }) => t(`calls.office.${role}`, { at })))
}
