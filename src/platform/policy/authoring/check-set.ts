/** A set as it stands in the editor: everything that keeps it from being saved, each with its place. */
import { Refusal } from '../../../base/errors.ts'
import type { Act } from '../../db/index.ts'
import type { SetProblem } from '../drafts/check.ts'
import { draftOf } from '../drafts/row.ts'
import { soundSet, type Writing } from '../drafts/service.ts'
import type { FactBook } from '../facts.ts'

/** @throws Refusal `not_found` for a draft that the asker may not read, and what keeps the rest of the draft from being saved */
export async function checkSet<T>(
  act: Act<T>,
  book: FactBook,
  { draftId, ...writing }: Writing & { draftId: string },
): Promise<{ problems: SetProblem[] }> {
  const draft = await draftOf(act, draftId)
  try {
    await soundSet(act, book, draft, writing)
    return { problems: [] }
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'policy.draft_set_invalid') throw error
    return { problems: error.data.problems as SetProblem[] }
  }
}
