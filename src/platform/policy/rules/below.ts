/** What a lower authority may do with a parameter: whether its values keep to what the one above leaves open. */
import type { CivilDate } from '../../../base/dates.ts'
import { cellOf, readTable, type Table, type TableValue } from './expression/table.ts'
import { NUMBERS } from './parameter-type.ts'

/** `raise` lets it be higher or later, `lower` the other way; `free` where nothing is said. */
export const BELOW = ['free', 'raise', 'lower', 'fixed'] as const
export type Below = (typeof BELOW)[number]

type Dated = { from: CivilDate; value: unknown }
/** Units whose values can be higher or lower. */
const ORDERED = new Set<string>([...NUMBERS, 'date', 'table'])
export const canBeRaised = (unit: string): boolean => ORDERED.has(unit)

/** Values of the lower authority that break what is left open, each with the value above that holds on a day of it. */
export function brokenBelow(
  below: Below,
  above: readonly Dated[],
  own: readonly Dated[],
): { nth: number; above: Dated }[] {
  if (below === 'free') return []
  return own.flatMap(({ from, value }, nth) => {
    const until = own[nth + 1]?.from
    const broken = above.find((held, at) => {
      const ends = above[at + 1]?.from
      const together = (ends === undefined || from < ends) && (until === undefined || held.from < until)
      return together && !keeps(below, held.value, value)
    })
    return broken ? [{ nth, above: broken }] : []
  })
}

/** Whether a value keeps to it. What cannot be compared is not kept: the same value always is. */
export function keeps(below: Below, above: unknown, own: unknown): boolean {
  if (below === 'free' || same(above, own)) return true
  if (below === 'fixed') return false
  const holds = (a: number | string, b: number | string) => (below === 'raise' ? a <= b : a >= b)
  if (typeof above === 'number' || typeof above === 'string')
    return typeof own === typeof above && holds(above, own as string)
  if (!isRecord(above) || !isRecord(own)) return false
  if ('rows' in above && 'rows' in own)
    return tablesKeep(
      above as never,
      own as never,
      (a, b) => a === b || (a !== null && b !== null && holdsCell(below, a, b)),
    )
  const names = new Set([...Object.keys(above), ...Object.keys(own)])
  return [...names].every((name) => keeps(below, above[name], own[name]))
}

const holdsCell = (below: Below, a: bigint, b: bigint) => (below === 'raise' ? a <= b : a >= b)
const isRecord = (given: unknown): given is Record<string, unknown> =>
  given !== null && typeof given === 'object' && !Array.isArray(given)
const same = (a: unknown, b: unknown): boolean => {
  if (a === b) return true
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((one, nth) => same(one, b[nth]))
  if (!isRecord(a) || !isRecord(b)) return false
  const names = Object.keys(a)
  return names.length === Object.keys(b).length && names.every((name) => same(a[name], b[name]))
}

/** Every cell of the table above against what the other says at its place; a place that it leaves out is not kept. */
function tablesKeep(
  above: TableValue,
  own: TableValue,
  holds: (a: bigint | null, b: bigint | null) => boolean,
): boolean {
  const [upper, lower] = [readTable(above), readTable(own)]
  if (upper.axes.join() !== lower.axes.join()) return false
  const places = upper.axes.map((kind, axis) => {
    const keys = [...upper.rows, ...lower.rows].map(({ keys: held }) => held[axis]!)
    return kind === 'text' ? [...new Set(keys.flatMap((key) => key as readonly string[]))] : bounds(keys as never)
  })
  const reached = (table: Table, keys: readonly (bigint | string)[]) =>
    table.rows.some((row) => cellOf({ ...table, rows: [{ ...row, is: 1n }] }, keys) !== null)
  const every = (keys: readonly (bigint | string)[], axis: number): boolean =>
    axis < places.length
      ? places[axis]!.every((place) => every([...keys, place], axis + 1))
      : !reached(upper, keys) || (reached(lower, keys) && holds(cellOf(upper, keys), cellOf(lower, keys)))
  return every([], 0)
}

/** One number in each of the bands that the bounds make. */
function bounds(bands: readonly { from: bigint | null; below: bigint | null }[]): bigint[] {
  const ends = bands.flatMap(({ from, below }) => [from, below]).filter((end) => end !== null)
  const sorted = [...new Set(ends)].sort((a, b) => (a < b ? -1 : 1))
  return sorted.length === 0 ? [0n] : [sorted[0]! - 1n, ...sorted]
}
