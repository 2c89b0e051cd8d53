/** What the pages of review ask the server, and how its words are found. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useClient } from '../../../../ui/client.tsx'
import { useWords } from '../../../../ui/i18n.tsx'
import { useLocale } from '../../../../ui/locale.ts'
import type { casesContract } from '../../contract.ts'

export const useCases = () => useClient<typeof casesContract>('cases')
type Cases = ReturnType<typeof useCases>
export type Round = Awaited<ReturnType<Cases['reviewStages']>>[number]
export type Paper = Awaited<ReturnType<Cases['reviewPapers']>>[number]
export type Figures = Awaited<ReturnType<Cases['reviewFigures']>>
export type Preview = Awaited<ReturnType<Cases['previewAssignment']>>
export type Expert = Awaited<ReturnType<Cases['experts']>>[number]
export type Relation = Awaited<ReturnType<Cases['relations']>>[number]
export type MyReview = Awaited<ReturnType<Cases['myReviews']>>[number]
export type MyPaper = Awaited<ReturnType<Cases['myPaper']>>

const ROOT = ['cases', 'review'] as const
export const KEYS = {
  mine: [...ROOT, 'mine'],
  rounds: [...ROOT, 'rounds'],
  papers: [...ROOT, 'papers'],
  figures: [...ROOT, 'figures'],
  experts: [...ROOT, 'experts'],
  relations: [...ROOT, 'relations'],
} as const
/** After an act in a round. */
export const ROUND_CHANGED = [KEYS.rounds, KEYS.papers, KEYS.figures] as const
export type At = { callId: string; stage: string }

export function useMyReviews() {
  const cases = useCases()
  return useQuery({ queryKey: KEYS.mine, queryFn: () => cases.myReviews() })
}
export function useMyPaper(reviewId: string) {
  const cases = useCases()
  const locale = useLocale()
  return useQuery({
    queryKey: [...ROOT, 'paper', reviewId, locale],
    queryFn: () => cases.myPaper({ reviewId, locale }),
    // Coming back to the window must not take points from under the finger; coming back to the page reads what was kept.
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    gcTime: 0,
  })
}
export function useRounds() {
  const cases = useCases()
  return useQuery({ queryKey: KEYS.rounds, queryFn: () => cases.reviewStages() })
}
const papersOf = (cases: Cases, at: At) => ({
  queryKey: [...KEYS.papers, at.callId, at.stage],
  queryFn: () => cases.reviewPapers(at),
})
export function usePapers(at: At) {
  return useQuery(papersOf(useCases(), at))
}
/** Asked once for all pages and filters of the table, until an act of the round. */
export function useWholeRound(at: At): () => Promise<Paper[]> {
  const cases = useCases()
  const queries = useQueryClient()
  return () => queries.fetchQuery({ ...papersOf(cases, at), staleTime: 60_000 })
}
export function useFigures(at: At) {
  const cases = useCases()
  return useQuery({ queryKey: [...KEYS.figures, at.callId, at.stage], queryFn: () => cases.reviewFigures(at) })
}
export function useAssignments(at: At) {
  const cases = useCases()
  return useQuery({
    queryKey: [...KEYS.figures, at.callId, at.stage, 'assignments'],
    queryFn: () => cases.reviewAssignments(at),
  })
}
export function useRelations(own: boolean) {
  const cases = useCases()
  return useQuery({
    queryKey: [...KEYS.relations, own],
    queryFn: () => (own ? cases.ownRelations() : cases.relations()),
  })
}

/** Reasons for which a pair is closed, and shortages, in words. */
export function useReasons(): (why: string) => string {
  const t = useWords('cases')
  return (why) => (t.has(`review.why.${why}`) ? t(`review.why.${why}`) : why)
}

/** Part of a list that is here as a whole, as the table asks for it. */
export function pageOf<T>(rows: readonly T[], { cursor, limit }: { cursor?: string; limit: number }) {
  const from = Number(cursor ?? 0) || 0
  const size = limit || rows.length
  return {
    rows: rows.slice(from, from + size),
    next: from + size < rows.length ? String(from + size) : null,
    total: rows.length,
  }
}
