/** A clause of a pack as the clause button shows it. */
import type { ClauseData } from '../../../ui/Clause.tsx'
import type { Clause, Confidence } from '../contract.ts'

export const clauseData = (
  clause: Clause | null,
  confidence: Confidence,
  { missing, from, note }: { missing: string; from?: string; note?: string | null },
): ClauseData => ({
  document: clause?.document ?? missing,
  ...(clause?.number ? { number: clause.number } : {}),
  ...(clause?.article ? { article: clause.article } : {}),
  ...(clause?.words ? { quote: clause.words } : {}),
  ...(from ? { validFrom: from } : {}),
  ...(note ? { note } : {}),
  confidence,
})
