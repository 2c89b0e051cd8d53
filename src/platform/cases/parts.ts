/** What the composition root hands to cases: the facts of the house, and a printer of templates. */
import type { renderPdf } from '../documents/index.ts'
import type { FactBook } from '../policy/index.ts'

export type CasesHouseParts = { book: FactBook; print: typeof renderPdf }
