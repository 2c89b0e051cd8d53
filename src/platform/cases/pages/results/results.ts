/** What the pages of decisions and designations ask the server, under one key each. */
import { useClient } from '../../../../ui/client.tsx'
import { useFormat } from '../../../../ui/i18n.tsx'
import { useSignedIn } from '../../../../ui/session.tsx'
import type { Tone } from '../../../../ui/Tag.tsx'
import type { casesContract } from '../../contract.ts'

export const useCases = () => useClient<typeof casesContract>('cases')
type Cases = ReturnType<typeof useCases>

export type Ranking = Awaited<ReturnType<Cases['ranking']>>
export type RankedCase = Ranking['rows'][number]
export type Filing = Awaited<ReturnType<Cases['filing']>>
export type FiledCase = Filing['rows'][number]
export type DesignationRow = Awaited<ReturnType<Cases['designations']>>['rows'][number]
export type Designation = Awaited<ReturnType<Cases['designation']>>

export const WAITING = ['cases', 'decisions-waiting'] as const
export const RANKING = ['cases', 'ranking'] as const
export const FILING = ['cases', 'filing'] as const
export const DESIGNATIONS = ['cases', 'designations'] as const
export const DESIGNATION = ['cases', 'designation'] as const
export const MINE = ['cases', 'my-designations'] as const

export const STATE_TONE: Record<DesignationRow['state'], Tone> = {
  coming: 'wait',
  holding: 'done',
  over: 'off',
  removed: 'alert',
}

/** The civil day of the product's clock. */
export const useToday = (): string => useFormat().isoDate(new Date(useSignedIn().clock.now))
