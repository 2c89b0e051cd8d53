/** What the pages of the duties share. */
import { useSession } from '../../../../ui/session.tsx'
import type { usePrivacy } from '../privacy.ts'

export const ASSESSMENTS = ['privacy', 'assessments'] as const
export const INCIDENTS = ['privacy', 'incidents'] as const
export const GROUNDS = ['sensitive', 'automated', 'entrusted', 'abroad', 'other'] as const
export const VERDICTS = ['go', 'conditions', 'stop'] as const
export const VERDICT_TONES = { go: 'done', conditions: 'wait', stop: 'alert' } as const

type Privacy = ReturnType<typeof usePrivacy>
export type Incident = Awaited<ReturnType<Privacy['incidents']>>[number]
export type Assessment = Awaited<ReturnType<Privacy['assessments']>>['rows'][number]

/** The organisation that one acts for: of the office that holds the duties. */
export const useOffice = () => useSession()?.roles.find(({ role }) => role === 'commission' || role === 'security')

/** The moment of a field for day and time, of which China has one zone. */
export const momentOf = (local: string): string => `${local}:00+08:00`

/** What the law wants told, in its order. */
export const STATUTORY = ['kinds', 'causes', 'harm', 'measures', 'advice', 'contact'] as const
