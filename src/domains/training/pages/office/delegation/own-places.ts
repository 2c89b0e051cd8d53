/** The places that the asker's own schools have in the classes of a plan. */
import { useQuery } from '@tanstack/react-query'
import { type ClassRow, type Plan, useAsk } from '../training.ts'

export type OwnPlaces = { row: ClassRow; places: number; taken: number; waiting: number }

/** Delegated classes in which the own schools have people to send; null until everything is known. */
export function useOwnPlaces(plan: Plan | undefined): { rows: OwnPlaces[] | null; error: unknown } {
  const ask = useAsk()
  const enabled = plan !== undefined
  const classes = useQuery({ ...ask.classes(plan?.id ?? ''), enabled })
  const places = useQuery({ ...ask.ownPlaces(plan?.id ?? ''), enabled })
  const own = new Map(places.data?.map((one) => [one.classId, one]))
  const rows = classes.data?.flatMap((row): OwnPlaces[] => {
    const held = own.get(row.id)
    if (!held || row.enrolment !== 'delegated' || row.state === 'planned') return []
    return [{ row, places: held.places, taken: held.taken, waiting: held.waiting }]
  })
  return { rows: places.data && rows ? rows : null, error: classes.error ?? places.error }
}

/** What waits for the school: open classes with free places whose deadline has not passed, the most urgent first. */
export const openFor = (rows: readonly OwnPlaces[], now: number): OwnPlaces[] =>
  rows
    .filter(
      ({ row, places, taken }) => row.state === 'open' && taken < places && Date.parse(row.deadline ?? '9999') > now,
    )
    .sort((a, b) => (a.row.deadline ?? '').localeCompare(b.row.deadline ?? ''))

/** What waits first, then what is open but full, then what is settled; each by its deadline. */
export function byUrgency(rows: readonly OwnPlaces[], now: number): OwnPlaces[] {
  const waiting = openFor(rows, now)
  const others = rows
    .filter((one) => !waiting.includes(one))
    .sort(
      (a, b) =>
        Number(b.row.state === 'open') - Number(a.row.state === 'open') ||
        (b.row.deadline ?? '').localeCompare(a.row.deadline ?? ''),
    )
  return [...waiting, ...others]
}
