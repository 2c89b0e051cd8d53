/** What a class waits for from the office that runs it. */
import type { ClassRow } from '../training.ts'

export type Need = 'share' | 'confirm' | 'sessions' | 'complete'

/** Null where nothing can or need be done now: names are still coming in, sessions go on, or the plan gives no number. */
export function needOf(
  row: Pick<ClassRow, 'state' | 'places' | 'deadline' | 'sessions' | 'nextSession'>,
  now: number,
): Need | null {
  if (row.state === 'planned') return row.places === null ? null : 'share'
  if (row.state === 'open') return row.deadline !== null && Date.parse(row.deadline) <= now ? 'confirm' : null
  if (row.state !== 'confirmed') return null
  if (row.sessions === 0) return 'sessions'
  return row.nextSession === null ? 'complete' : null
}
