/** Looks up how many hours make one credit. */
import type { HoursPerCredit } from '../units.ts'

/** The figure for the kind and level, else the kind's default, else the table's. */
export function hoursPerCredit(table: HoursPerCredit, kind: string, level: string): number {
  const kinds = table.by[kind]
  return kinds?.[level] ?? kinds?.default ?? table.default
}
