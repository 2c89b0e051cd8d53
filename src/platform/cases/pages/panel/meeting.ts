/** What the pages of meetings ask the server, under one key each. */
import { useClient } from '../../../../ui/client.tsx'
import type { Tone } from '../../../../ui/Tag.tsx'
import type { casesContract } from '../../contract.ts'

export const useCases = () => useClient<typeof casesContract>('cases')
type Cases = ReturnType<typeof useCases>

export type Panel = Awaited<ReturnType<Cases['panel']>>
export type PanelRow = Awaited<ReturnType<Cases['panels']>>[number]
export type AgendaLine = Panel['agenda'][number]
export type Sitting = Awaited<ReturnType<Cases['myPanel']>>
export type SittingCase = Sitting['agenda'][number]
export type Candidates = Awaited<ReturnType<Cases['panelCandidates']>>

export const PANELS = ['cases', 'panels'] as const
export const PANEL = ['cases', 'panel'] as const
export const MY_PANELS = ['cases', 'my-panels'] as const
export const MY_PANEL = ['cases', 'my-panel'] as const

/** Votes go on while the page stands open. */
export const EVERY_FEW_SECONDS = 4_000

export const STATE_TONE: Record<Panel['state'], Tone> = {
  open: 'wait',
  sitting: 'act',
  closed: 'wait',
  signed: 'sealed',
}
