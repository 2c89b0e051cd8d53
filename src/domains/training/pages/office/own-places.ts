/** The places that the asker's own schools have in the classes of a plan. */
import { useQueries, useQuery } from '@tanstack/react-query'
import { type ClassRow, type Plan, type Quota, useAsk } from './training.ts'

export type OwnPlaces = { row: ClassRow; places: number; taken: number; waiting: number; quotas: Quota[] }

/** Delegated classes in which the own schools have people to send; null until everything is known. */
export function useOwnPlaces(plan: Plan | undefined): { rows: OwnPlaces[] | null; error: unknown } {
  const ask = useAsk()
  const classes = useQuery({ ...ask.classes(plan?.id ?? ''), enabled: plan !== undefined })
  const shared = (classes.data ?? []).filter((row) => row.enrolment === 'delegated' && row.state !== 'planned')
  return useQueries({
    queries: shared.map(({ id }) => ask.quotas(id)),
    combine: (answers) => ({
      error: classes.error ?? answers.find(({ error }) => error)?.error ?? null,
      rows:
        classes.data && answers.every(({ data }) => data)
          ? shared
              .map((row, at): OwnPlaces => {
                const quotas = answers[at]?.data ?? []
                const sum = (of: (quota: Quota) => number) => quotas.reduce((total, quota) => total + of(quota), 0)
                return {
                  row,
                  quotas,
                  places: sum(({ places }) => places),
                  taken: sum(({ taken }) => taken),
                  waiting: sum(({ waiting }) => waiting),
                }
              })
              .filter(({ quotas }) => quotas.length > 0)
          : null,
    }),
  })
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
