/** From the clause that the server sends to the one that the screen shows. */
import type { ClauseData, Confidence } from '../../../../ui/Clause.tsx'

type Sent = {
  document?: string | undefined
  number?: string | undefined
  article?: string | undefined
  words?: string | undefined
}

const MARKS = new Set<string>(['L', 'F', 'S', 'P', 'M', 'U'])
const isMark = (given: string | undefined): given is Confidence => MARKS.has(given ?? '')

/** Undefined where the server names no document: then nothing is shown rather than an empty note. */
export function clauseOf(sent: Sent | null | undefined, confidence?: string): ClauseData | undefined {
  if (!sent?.document && confidence !== 'U') return undefined
  return {
    document: sent?.document ?? '',
    ...(sent?.number ? { number: sent.number } : {}),
    ...(sent?.article ? { article: sent.article } : {}),
    ...(sent?.words ? { quote: sent.words } : {}),
    confidence: isMark(confidence) ? confidence : sent?.words ? 'F' : 'P',
  }
}
