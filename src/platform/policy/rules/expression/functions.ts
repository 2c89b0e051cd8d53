/** What expressions may call: each function once, with its types, what it does here and what it is in SQL. */
import { type CivilDate, fullYears } from '../../../../base/dates.ts'
import { capped, countOf, largest, largestRemainder, reaches, smallest } from './amounts.ts'
import { addWorkingDays, workingDays } from './calendar.ts'
import { retirementOn } from './retirement.ts'
import { addDays, addMonths, days, fullMonths } from './spans.ts'
import { cellOf, type Table } from './table.ts'
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

/** A table has at most so many axes; `lookup` takes a number for each of bands, text for each of names. */
export const MOST_AXES = 3
const keysOf = (most: number): (readonly ('number' | 'text')[])[] =>
  most === 0 ? [] : [...keysOf(most - 1), ...combinations(most)]
const combinations = (count: number): (readonly ('number' | 'text')[])[] =>
  count === 0
    ? [[]]
    : combinations(count - 1).flatMap((keys) => (['number', 'text'] as const).map((key) => [...keys, key]))

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
  in: (
    [
      ['text', 'texts'],
      ['date', 'dates'],
    ] as const
  ).map((takes) => operation(takes, 'bool', (a: string, b: readonly string[]) => b.includes(a), '($0 = any ($1))')),
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
  min_of: [operation(['amounts'], 'number', smallest, 'policy.min_of($0)')],
  max_of: [operation(['amounts'], 'number', largest, 'policy.max_of($0)')],
  count_of: [
    operation(
      ['amounts', 'number'],
      'number',
      (a: Amounts, b: bigint) => whole(countOf(a, b)),
      'policy.count_of($0, $1)',
    ),
  ],
  capped: [operation(['amounts', 'amounts'], 'amounts', capped, 'policy.capped($0, $1)')],
  reaches: [operation(['amounts', 'amounts'], 'bool', reaches, 'policy.reaches($0, $1)')],
  largest_remainder: [
    operation(['amounts', 'number'], 'amounts', largestRemainder, 'policy.largest_remainder($0, $1)'),
  ],
  lookup: keysOf(MOST_AXES).map((keys) =>
    operation(
      ['table', ...keys],
      'number',
      (table: Table, ...asked: (bigint | string)[]) => cellOf(table, asked),
      `policy.lookup($0, jsonb_build_array(${keys.map((_, nth) => `$${nth + 1}`).join(', ')}))`,
    ),
  ),
  size: [operation(['texts'], 'number', (a: readonly string[]) => whole(a.length), 'cardinality($0)::numeric')],
  covers: [
    operation(
      ['texts', 'texts'],
      'bool',
      (a: readonly string[], b: readonly string[]) => b.every((one) => a.includes(one)),
      '($0 @> $1)',
    ),
  ],
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
  working_days: [
    operation(
      ['date', 'date', 'dates', 'dates'],
      'number',
      (a: CivilDate, b: CivilDate, off: readonly CivilDate[], on: readonly CivilDate[]) => {
        const counted = workingDays(a, b, off, on)
        return counted === null ? null : whole(counted)
      },
      'policy.working_days($0, $1, policy.weekdays_of($2), policy.weekends_of($3))',
    ),
  ],
  add_working_days: [
    operation(
      ['date', 'number', 'dates', 'dates'],
      'date',
      (date: CivilDate, count: bigint, off: readonly CivilDate[], on: readonly CivilDate[]) =>
        shifted((from, steps) => addWorkingDays(from, steps, off, on))(date, count),
      'policy.add_working_days($0, $1, policy.weekdays_of($2), policy.weekends_of($3))',
    ),
  ],
  retirement_on: [operation(['date', 'amounts'], 'date', retirementOn, 'policy.retirement_on($0, $1)')],
}

export const isOperation = (name: string): boolean => Object.hasOwn(OPERATIONS, name)

/** The operation of this name for these types. */
export const operationFor = (name: string, types: readonly Type[]): Operation | undefined =>
  isOperation(name)
    ? OPERATIONS[name]!.find(
        ({ takes }) => takes.length === types.length && takes.every((type, nth) => type === types[nth]),
      )
    : undefined
