/** Values of policy expressions. Unknown is a value: null, as in SQL. Amounts are exact, in millionths (`decimal.ts`). */
import { type CivilDate, isCivilDate } from '../../../../base/dates.ts'
import { amount, decimal } from './decimal.ts'
import { readTable, type Table } from './table.ts'

export { amount, decimal, ONE, quotient } from './decimal.ts'

/** `texts` and `dates` are lists; `amounts` are amounts under names, as credits by kind; a `table` is looked up in. */
export const TYPES = ['bool', 'number', 'text', 'date', 'texts', 'dates', 'amounts', 'table'] as const
export type Type = (typeof TYPES)[number]

export type Amounts = ReadonlyMap<string, bigint>
export type Value = boolean | bigint | string | CivilDate | readonly string[] | Amounts | Table | null

/**
 * What came as JSON or from the database, as a value of its type.
 * @throws RangeError where it is of another type
 */
export function readValue(type: Type, given: unknown): Value {
  if (given === null || given === undefined) return null
  const reader = READERS[type]
  return reader(given)
}

const wrong = (type: Type, given: unknown): never => {
  throw new RangeError(`not of type ${type}: ${JSON.stringify(given)}`)
}
const isText = (given: unknown): given is string => typeof given === 'string'

const READERS: Record<Type, (given: unknown) => Value> = {
  bool: (given) => (typeof given === 'boolean' ? given : wrong('bool', given)),
  number: (given) => (isText(given) || typeof given === 'number' ? amount(given) : wrong('number', given)),
  text: (given) => (isText(given) ? given : wrong('text', given)),
  date: (given) => (isText(given) && isCivilDate(given) ? given : wrong('date', given)),
  texts: (given) => (Array.isArray(given) && given.every(isText) ? given : wrong('texts', given)),
  dates: (given) =>
    Array.isArray(given) && given.every((one) => isText(one) && isCivilDate(one)) ? given : wrong('dates', given),
  table: readTable,
  amounts: (given) =>
    typeof given === 'object' && !Array.isArray(given)
      ? new Map(Object.entries(given!).map(([name, size]) => [name, amount(size as string)]))
      : wrong('amounts', given),
}

/** The value as JSON: amounts as exact decimals in text. */
export function plain(value: Value): unknown {
  if (typeof value === 'bigint') return decimal(value)
  if (value instanceof Map) return Object.fromEntries([...value].map(([name, size]) => [name, decimal(size)]))
  return value !== null && typeof value === 'object' && 'given' in value ? value.given : value
}
