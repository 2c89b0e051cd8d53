/** What a parameter is in an expression, by its unit and its values. */
import type { Unit } from '../units.ts'
import { readValue, type Type, type Value } from './expression/value.ts'

const NUMBERS = new Set<Unit>(['credit', 'hour', 'year', 'month', 'day', 'minute', 'second', 'count', 'ratio', 'share'])

/** Undefined for what expressions cannot use: periods, conversion tables, lists of indicators. */
export function parameterType(unit: string, values: readonly unknown[]): Type | undefined {
  if (unit === 'month_day') return 'text'
  if (unit === 'codes') return 'texts'
  if (unit === 'date') return 'date'
  if (!NUMBERS.has(unit as Unit)) return undefined
  const named = values.filter((value) => value !== null && typeof value === 'object').length
  if (named === 0) return 'number'
  return named === values.filter((value) => value !== null).length ? 'amounts' : undefined
}

/** The value for an expression; null, that is no limit, stays null. */
export function parameterValue(type: Type, value: unknown): Value {
  if (type !== 'amounts' || value === null) return readValue(type, value)
  // A name without a limit is not an amount.
  return readValue(type, Object.fromEntries(Object.entries(value as object).filter(([, size]) => size !== null)))
}
