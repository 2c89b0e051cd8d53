/** From the clause that the server sends to the one that the screen shows. */
import type { ClauseData, Confidence } from '../../../../ui/Clause.tsx'

type Sent = {
  document?: string | undefined
  number?: string | undefined
  article?: string | undefined
  words?: string | undefined
}

/** Letters of the packs: read in the law, quoted, or stated in the document itself · paraphrased or remembered · open. */
const sure: Record<string, Confidence> = {
  L: 'stated',
  F: 'stated',
  S: 'stated',
  P: 'derived',
  M: 'derived',
  U: 'assumed',
}

/** Undefined where the server names no document: then nothing is shown rather than an empty note. */
export function clauseOf(sent: Sent | null | undefined, confidence?: string): ClauseData | undefined {
  if (!sent?.document && confidence !== 'U') return undefined
  return {
    document: sent?.document ?? '',
    ...(sent?.number ? { number: sent.number } : {}),
    ...(sent?.article ? { article: sent.article } : {}),
    ...(sent?.words ? { quote: sent.words } : {}),
    confidence: sure[confidence ?? ''] ?? (sent?.words ? 'stated' : 'derived'),
  }
}
