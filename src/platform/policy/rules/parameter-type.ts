/** What a parameter is in an expression, by its unit and its values. */
import type { Unit } from '../units.ts'
import type { TableValue } from './expression/table.ts'
import { readValue, type Type, type Value } from './expression/value.ts'

/** Units of plain numbers. */
export const NUMBERS = new Set<Unit>([
  'credit',
  'hour',
  'yuan',
  'year',
  'month',
  'day',
  'minute',
  'second',
  'count',
  'ratio',
  'share',
])
const TYPES: Partial<Record<Unit, Type>> = {
  month_day: 'text',
  codes: 'texts',
  date: 'date',
  days: 'dates',
  retirement: 'amounts',
  table: 'table',
}

/** Undefined for what expressions cannot use: periods, hours for a credit, lists of indicators. */
export function parameterType(unit: string, values: readonly unknown[]): Type | undefined {
  const type = TYPES[unit as Unit]
  if (type || !NUMBERS.has(unit as Unit)) return type
  const named = values.filter((value) => value !== null && typeof value === 'object').length
  if (named === 0) return 'number'
  return named === values.filter((value) => value !== null).length ? 'amounts' : undefined
}

/** Types of the axes of a table, in order; undefined for anything else. */
export const axesOf = (unit: string, value: unknown): readonly Type[] | undefined =>
  unit === 'table' ? (value as TableValue).axes.map(({ bands }) => (bands ? 'number' : 'text')) : undefined

/** The value for an expression; null, that is no limit, stays null. */
export function parameterValue(type: Type, value: unknown): Value {
  if (type !== 'amounts' || value === null) return readValue(type, value)
  // A name without a limit is not an amount.
  return readValue(type, Object.fromEntries(Object.entries(value as object).filter(([, size]) => size !== null)))
}
