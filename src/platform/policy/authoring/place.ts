/** Under whose rules somebody writes: those of a draft as it stands, or those in force for an authority. */
import type { CivilDate } from '../../../base/dates.ts'
import { refused } from '../../../base/errors.ts'
import type { Act } from '../../db/index.ts'
import { authoritiesCalled } from '../drafts/called.ts'
import { checkedSet } from '../drafts/check.ts'
import { type DraftLayer, draftLayer, withDraft } from '../drafts/layer.ts'
import type { FactBook } from '../facts.ts'
import { declaredBy, declaredIn, parametersIn, rulesIn, versionsOf } from '../queries.ts'
import { Rules } from '../requirements/rules.ts'
import { Parameters } from '../rules/reader.ts'
import type { Case } from '../rules/requirements/declared.ts'

export type Where = { draftId?: string | undefined; authority?: string | undefined }
export type Place = {
  authority: string
  /** The layers in force, nearest first. */
  versions: string[]
  /** What is in force, and as the draft would have it. */
  now: Rules
  then: Rules
  /** The draft's day, or today. */
  day: CivilDate
  /** Worked cases of the draft itself, by set. */
  cases: Readonly<Record<string, readonly Case[]>>
}

/**
 * @param declared a set that takes the place of the draft's own
 * @throws Refusal `policy.no_authority`, `not_found` for a draft that the asker may not read, `policy.draft_set_invalid`
 */
export async function placeOf<T>(
  act: Act<T>,
  book: FactBook,
  { draftId, authority: named }: Where,
  declared?: unknown,
): Promise<Place> {
  const draft = draftId === undefined ? undefined : await draftLayer(act, draftId)
  const authority = draft?.authority ?? named
  if (authority === undefined) throw refused('policy.no_authority')
  const versions = await versionsOf(act, authority)
  const now = await rulesIn(act, await parametersIn(act, authority, versions), versions, book)
  const then = draft ? await drafted(act, book, { draft, versions, now, declared }) : now
  return { authority, versions, now, then, day: draft?.from ?? act.today, cases: draft?.cases ?? {} }
}

type Drafted = { draft: DraftLayer; versions: string[]; now: Rules; declared: unknown }

async function drafted<T>(act: Act<T>, book: FactBook, { draft, versions, now, declared }: Drafted): Promise<Rules> {
  const { authority, from } = draft
  const edited =
    declared === undefined
      ? undefined
      : checkedSet(declared, { from, authority, rules: now, book, called: await authoritiesCalled(act) })
  const said = { values: await declaredIn(act, versions), sets: await declaredBy(act, versions) }
  const over = withDraft(versions, said, {
    ...draft,
    sets: { ...draft.sets, ...(edited ? { [edited.id]: edited } : {}) },
  })
  return new Rules(new Parameters(authority, over.values), over.sets, (id) => book.declared(id)?.type)
}
