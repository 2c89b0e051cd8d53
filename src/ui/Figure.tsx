/** A number with its unit, in tabular figures, and the clause it comes from where there is one. */
import type { ReactNode } from 'react'
import { Clause, type ClauseData } from './Clause.tsx'
import './figures.css'
import { useFormat } from './i18n.tsx'

export function Figure({
  value,
  unit,
  digits,
  clause,
  label,
}: {
  /** A number, or an exact decimal as the database gives it; null shows a dash. */
  value: number | string | null
  unit?: ReactNode
  digits?: number
  clause?: ClauseData
  label?: string
}) {
  const f = useFormat()
  return (
    <span className="q-num">
      {value === null ? '—' : f.number(value, digits)}
      {unit && value !== null && <span className="q-unit">{unit}</span>}
      {clause && <Clause clause={clause} {...(label ? { label } : {})} />}
    </span>
  )
}
