/** The order of organisations beside each other: by kind from the widest to the narrowest, then as a Chinese list of names is sorted. */
import type { Organisation } from './directory.ts'

type Sorted = Pick<Organisation, 'kind' | 'shortName' | 'closedOn'>
const KINDS: Record<Organisation['kind'], number> = {
  municipality: 0,
  district: 1,
  institution: 2,
  school: 3,
  department: 4,
}

/** What is closed comes after what is open. */
export const inOrder = <T extends Sorted>(rows: readonly T[], compareNames: (a: string, b: string) => number): T[] =>
  [...rows].sort(
    (a, b) =>
      Number(a.closedOn !== null) - Number(b.closedOn !== null) ||
      KINDS[a.kind] - KINDS[b.kind] ||
      compareNames(a.shortName, b.shortName),
  )
