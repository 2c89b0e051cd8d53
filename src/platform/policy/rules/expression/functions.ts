/** What expressions may call: each function once, with its types, what it does here and what it is in SQL. */
import { type CivilDate, fullYears } from '../../../../base/dates.ts'
import { type Amounts, ONE, quotient, type Type, type Value } from './value.ts'

/** A value that is known: functions are not called when an argument is unknown, and the result is unknown then. */
type Known = Exclude<Value, null>

export type Operation = {
  takes: readonly Type[]
  gives: Type
  run: (...given: never[]) => Value
  /** SQL text; `$0`, `$1` stand for the arguments. Null in, null out. */
  sql: string
}

const operation = <const T extends readonly Type[]>(
  takes: T,
  gives: Type,
  run: (...given: never[]) => Value,
  sql: string,
): Operation => ({ takes, gives, run, sql })

const ORDERED = ['number', 'text', 'date'] as const
const order = (sign: string, holds: (a: Known, b: Known) => boolean): Operation[] =>
  ORDERED.filter((type) => type !== 'text').map((type) =>
    operation([type, type], 'bool', holds as never, `($0 ${sign} $1)`),
  )
const equal = (sign: string, holds: (a: Known, b: Known) => boolean): Operation[] =>
  ([...ORDERED, 'bool'] as const).map((type) => operation([type, type], 'bool', holds as never, `($0 ${sign} $1)`))

const lastDay = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate()
const two = (n: number): string => String(n).padStart(2, '0')

/** The day so many months on, the last day of its month where that month is shorter; null before the year 1000 and after 9999. */
export function addMonths(date: CivilDate, months: number): CivilDate | null {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number]
  const count = year * 12 + month - 1 + months
  const [y, m] = [Math.floor(count / 12), (count % 12) + 1]
  return y < 1000 || y > 9999 ? null : `${y}-${two(m)}-${two(Math.min(day, lastDay(y, m)))}`
}

function addDays(date: CivilDate, count: number): CivilDate | null {
  const at = new Date(Date.parse(date) + count * DAY)
  const year = at.getUTCFullYear()
  return year < 1000 || year > 9999 ? null : at.toISOString().slice(0, 10)
}

/** Whole months from one day to another; below zero where the second comes first. */
export function fullMonths(from: CivilDate, to: CivilDate): number {
  const months =
    (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 + Number(to.slice(5, 7)) - Number(from.slice(5, 7))
  return to.slice(8) < from.slice(8) ? months - 1 : months
}

/** The whole number below or at it. */
const floor = (a: bigint): bigint => {
  const rest = a % ONE
  return rest < 0n ? a - rest - ONE : a - rest
}
const whole = (count: number): bigint => BigInt(count) * ONE
/** A span of time is counted in whole steps, and in no more than a million of them. */
const MOST = 1_000_000n
const shifted = (shift: (date: CivilDate, count: number) => CivilDate | null) => (date: CivilDate, count: bigint) => {
  const steps = count / ONE
  return steps > MOST || steps < -MOST ? null : shift(date, Number(steps))
}
const DAY = 86_400_000
const days = (from: CivilDate, to: CivilDate): number => (Date.parse(to) - Date.parse(from)) / DAY

/** By the name in the expression; operators by their sign, with `_` for an argument. The first that fits the types is meant. */
export const OPERATIONS: Readonly<Record<string, readonly Operation[]>> = {
  '==': equal('=', (a, b) => a === b),
  '!=': equal('<>', (a, b) => a !== b),
  '<': order('<', (a, b) => a < b),
  '<=': order('<=', (a, b) => a <= b),
  '>': order('>', (a, b) => a > b),
  '>=': order('>=', (a, b) => a >= b),
  '+': [operation(['number', 'number'], 'number', (a: bigint, b: bigint) => a + b, '($0 + $1)')],
  '-': [operation(['number', 'number'], 'number', (a: bigint, b: bigint) => a - b, '($0 - $1)')],
  '*': [operation(['number', 'number'], 'number', (a: bigint, b: bigint) => quotient(a * b, ONE), 'round($0 * $1, 6)')],
  '/': [
    operation(
      ['number', 'number'],
      'number',
      (a: bigint, b: bigint) => (b === 0n ? null : quotient(a * ONE, b)),
      'policy.quotient($0, $1)',
    ),
  ],
  floor: [operation(['number'], 'number', (a: bigint) => floor(a), 'floor($0)')],
  '-_': [operation(['number'], 'number', (a: bigint) => -a, '(- $0)')],
  in: [operation(['text', 'texts'], 'bool', (a: string, b: readonly string[]) => b.includes(a), '($0 = any ($1))')],
  '[]': [operation(['amounts', 'text'], 'number', (a: Amounts, b: string) => a.get(b) ?? 0n, 'policy.amount($0, $1)')],
  sum: [
    operation(
      ['amounts'],
      'number',
      (a: Amounts) => [...a.values()].reduce((all, one) => all + one, 0n),
      'policy.sum_of($0)',
    ),
    operation(
      ['amounts', 'texts'],
      'number',
      (a: Amounts, b: readonly string[]) => [...new Set(b)].reduce((all, name) => all + (a.get(name) ?? 0n), 0n),
      'policy.sum_of($0, $1)',
    ),
  ],
  size: [operation(['texts'], 'number', (a: readonly string[]) => whole(a.length), 'cardinality($0)::numeric')],
  overlaps: [
    operation(
      ['texts', 'texts'],
      'bool',
      (a: readonly string[], b: readonly string[]) => a.some((one) => b.includes(one)),
      '($0 && $1)',
    ),
  ],
  least: [
    operation(['number', 'number'], 'number', (a: bigint, b: bigint) => (a < b ? a : b), 'policy.lesser($0, $1)'),
  ],
  most: [
    operation(['number', 'number'], 'number', (a: bigint, b: bigint) => (a > b ? a : b), 'policy.greater($0, $1)'),
  ],
  years: [
    operation(
      ['date', 'date'],
      'number',
      (a: CivilDate, b: CivilDate) => whole(fullYears(a, b)),
      'policy.full_years($0, $1)',
    ),
  ],
  months: [
    operation(
      ['date', 'date'],
      'number',
      (a: CivilDate, b: CivilDate) => whole(fullMonths(a, b)),
      'policy.full_months($0, $1)',
    ),
  ],
  days: [
    operation(['date', 'date'], 'number', (a: CivilDate, b: CivilDate) => whole(days(a, b)), '($1 - $0)::numeric'),
  ],
  add_years: [
    operation(
      ['date', 'number'],
      'date',
      shifted((date, years) => addMonths(date, years * 12)),
      'policy.add_months($0, trunc($1) * 12)',
    ),
  ],
  add_months: [operation(['date', 'number'], 'date', shifted(addMonths), 'policy.add_months($0, $1)')],
  add_days: [operation(['date', 'number'], 'date', shifted(addDays), 'policy.add_days($0, $1)')],
}

export const isOperation = (name: string): boolean => Object.hasOwn(OPERATIONS, name)

/** The operation of this name for these types. */
export const operationFor = (name: string, types: readonly Type[]): Operation | undefined =>
  isOperation(name)
    ? OPERATIONS[name]!.find(
        ({ takes }) => takes.length === types.length && takes.every((type, nth) => type === types[nth]),
      )
    : undefined
