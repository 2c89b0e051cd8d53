/** The records as their pages ask for them: one client, and one key for each answer. */
import { civilDate } from '../../../base/dates.ts'
import { useClient } from '../../../ui/client.tsx'
import { useSignedIn } from '../../../ui/session.tsx'
import type { recordsContract } from '../contract.ts'

export const useRecords = () => useClient<typeof recordsContract>('records')
export type Records = ReturnType<typeof useRecords>
type Answer<K extends keyof Records> = Awaited<ReturnType<Records[K]>>

export type PersonRow = Answer<'people'>['rows'][number]
export type Person = Answer<'person'>
export type Imported = Answer<'importOf'>
export type Fault = Imported['faults'][number]
export type Change = Imported['changes'][number]

/** Beginnings of query keys: an act names those that it makes stale. */
export const KEYS = {
  people: ['records', 'people'],
  person: (id: string) => ['records', 'person', id] as const,
  me: ['records', 'me'],
  arrivals: ['records', 'arrivals'],
  imports: ['records', 'imports'],
  import: (id: string) => ['records', 'import', id] as const,
} as const

/** Asks for an act on a person. */
export type PersonDialog = { person: Person; onClose: () => void }

/** What an act on a person makes stale. */
export const stale = (personId: string) => [KEYS.person(personId), KEYS.people, KEYS.arrivals] as const

/** The product's own day, which a demonstration may have moved. */
export const useToday = () => civilDate(new Date(useSignedIn().clock.now))
