/** Values of policy expressions. Unknown is a value: null, as in SQL. Amounts are exact, in millionths, without floating point. */
import { type CivilDate, isCivilDate } from '../../../../base/dates.ts'

/** `texts` is a list of text; `amounts` are amounts under names, as credits by kind. */
export const TYPES = ['bool', 'number', 'text', 'date', 'texts', 'amounts'] as const
export type Type = (typeof TYPES)[number]

export type Amounts = ReadonlyMap<string, bigint>
export type Value = boolean | bigint | string | CivilDate | readonly string[] | Amounts | null

const PLACES = 6
export const ONE = 10n ** BigInt(PLACES)

/** Millionths of a decimal as text or number. @throws RangeError for what is no decimal, or has more than six places */
export function amount(given: string | number): bigint {
  const text = String(given)
  const match = /^(-?)(\d{1,24})(?:\.(\d+))?$/.exec(text)
  const fraction = match?.[3] ?? ''
  if (!match || /[1-9]/.test(fraction.slice(PLACES))) throw new RangeError(`not a decimal of six places: ${text}`)
  const size = BigInt(match[2]!) * ONE + BigInt(fraction.slice(0, PLACES).padEnd(PLACES, '0'))
  return match[1] ? -size : size
}

/** The decimal as PostgreSQL and people write it, without zeros at its end. */
export function decimal(value: bigint): string {
  const digits = (value < 0n ? -value : value).toString().padStart(PLACES + 1, '0')
  const fraction = digits.slice(-PLACES).replace(/0+$/, '')
  return `${value < 0n ? '-' : ''}${digits.slice(0, -PLACES)}${fraction && `.${fraction}`}`
}

/** `a / b` in millionths, half away from zero, as `round(numeric, 6)` does. */
export function quotient(a: bigint, b: bigint): bigint {
  const negative = a < 0n !== b < 0n
  const [top, bottom] = [a < 0n ? -a : a, b < 0n ? -b : b]
  const size = (top * 2n + bottom) / (bottom * 2n)
  return negative ? -size : size
}

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
  amounts: (given) =>
    typeof given === 'object' && !Array.isArray(given)
      ? new Map(Object.entries(given!).map(([name, size]) => [name, amount(size as string)]))
      : wrong('amounts', given),
}

/** The value as JSON: amounts as exact decimals in text. */
export function plain(value: Value): unknown {
  if (typeof value === 'bigint') return decimal(value)
  if (value instanceof Map) return Object.fromEntries([...value].map(([name, size]) => [name, decimal(size)]))
  return value
}
