/** Sums over classes: exact for credits, and silent about places where the plan gives no number. */
import { add } from '../../../../../base/decimal.ts'
import type { ClassRow } from '../training.ts'

export type Sums = {
  classes: number
  places: number
  shared: number
  seated: number
  waiting: number
  passed: number
  credits: string
  /** Classes for which the plan names no number of places. */
  unnumbered: number
}

type Counted = Pick<ClassRow, 'places' | 'shared' | 'seated' | 'waiting' | 'passed' | 'credits'>

export function sumsOf(rows: readonly Counted[]): Sums {
  const sum = (of: (row: Counted) => number) => rows.reduce((total, row) => total + of(row), 0)
  return {
    classes: rows.length,
    places: sum(({ places }) => places ?? 0),
    shared: sum(({ shared }) => shared),
    seated: sum(({ seated }) => seated),
    waiting: sum(({ waiting }) => waiting),
    passed: sum(({ passed }) => passed),
    credits: add('0', ...rows.map(({ credits }) => credits)),
    unnumbered: rows.filter(({ places }) => places === null).length,
  }
}
