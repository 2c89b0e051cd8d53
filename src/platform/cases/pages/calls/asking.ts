/** How the pages of calls ask: one client, one call, and what an act makes stale. */
import { useQuery } from '@tanstack/react-query'
import { useClient } from '../../../../ui/client.tsx'
import type { casesContract } from '../../contract.ts'

export type { CallDetail, CallPlaces, CallRow, CallTemplate, DryRun } from '../../contract/calls.ts'

export const useCases = () => useClient<typeof casesContract>('cases')
export const CALLS = [['cases', 'calls']] as const

export function useCall(callId: string) {
  const cases = useCases()
  return useQuery({ queryKey: ['cases', 'calls', callId], queryFn: () => cases.call({ callId }) })
}

/** Minutes of a clock in China as a field takes them, and back. */
export const toField = (instant: string | null): string =>
  instant === null ? '' : new Date(Date.parse(instant) + 8 * 3_600_000).toISOString().slice(0, 16)
export const fromField = (text: string): string | null =>
  text === '' ? null : new Date(`${text}:00+08:00`).toISOString()
