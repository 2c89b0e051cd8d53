/** Where in a set something is wrong, and which parts must stand open to show it. Pure. */
import type { SetProblem } from '../../contract.ts'
import type { EditedSet } from './set.ts'

export type Told = { wrong: number; missing: number }

/** How much is wrong, and how much is still to be filled in, at a place and in everything below it. */
export function toldIn(problems: readonly SetProblem[], at: string): Told {
  const inside = problems.filter(({ path }) => path === at || path.startsWith(`${at}.`))
  const missing = inside.filter((problem) => isMissing(problem)).length
  return { wrong: inside.length - missing, missing }
}

/** A condition that names no clause is told at its confidence: that, too, is still to be filled in. */
export const isMissing = ({ missing, path }: SetProblem): boolean => missing || path.endsWith('.confidence')

/** Keys of the parts that a path leads through. */
export function keysOn(set: EditedSet | { cases: readonly object[] }, path: string): string[] {
  const keys: string[] = []
  let held: unknown = set
  for (const step of path.split('.')) {
    held = (held as Record<string, unknown> | null | undefined)?.[step]
    const key = (held as { key?: unknown } | null | undefined)?.key
    if (typeof key === 'string') keys.push(key)
  }
  return keys
}
