/** Drafts side by side, beside what is in force: their figures, and what each would do. */
import type { CivilDate } from '../../../base/dates.ts'
import { notFound } from '../../../base/errors.ts'
import type { Act } from '../../db/index.ts'
import type { DraftsCompared } from '../contract/drafts.ts'
import type { FactBook } from '../facts.ts'
import { parameters, versionsOf } from '../queries.ts'
import { titlesIn } from './called.ts'
import { effectDay, effectsOf } from './effects.ts'
import { draftsSeen } from './row.ts'

type Ask = { draftIds: string[]; asOf?: CivilDate | undefined }

/** @throws Refusal `not_found` where one of them may not be read */
export async function compareDrafts<T>(act: Act<T>, book: FactBook, ask: Ask): Promise<DraftsCompared> {
  const { draftIds } = ask
  const seen = await draftsSeen(act, draftIds)
  const drafts = draftIds.map((id) => {
    const found = seen.find((draft) => draft.id === id)
    if (!found) throw notFound('draft')
    return found
  })
  const { asOf = effectDay(act.today, drafts) } = ask
  const figures: DraftsCompared['figures'] = []
  const sets: DraftsCompared['sets'] = []
  for (const draft of drafts) {
    const held = await parameters(act, draft.authority)
    const ids = Object.keys(draft.parameters)
    const titles = await titlesIn(act, ids, await versionsOf(act, draft.authority))
    for (const id of ids) {
      let line = figures.find((one) => one.id === id)
      if (!line) {
        const title = titles.get(id) ?? { zh: id, en: id }
        line = { id, title, unit: held.unitOf(id) ?? '', now: held.find(id, asOf) ?? null, drafts: {} }
        figures.push(line)
      }
      const { value, clause = draft.basis } = draft.parameters[id]!
      line.drafts[draft.id] = { value, clause }
    }
    for (const { set, title, about, nature, people, before, after, lose, gain, unknown } of await effectsOf(
      act,
      book,
      draft,
      asOf,
    )) {
      let line = sets.find((one) => one.id === set)
      if (!line) {
        line = { id: set, title, about, nature, people, met: before, drafts: {} }
        sets.push(line)
      }
      line.drafts[draft.id] = { after, lose, gain, unknown }
    }
  }
  const byId = <X extends { id: string }>(list: X[]): X[] => list.sort((a, b) => (a.id < b.id ? -1 : 1))
  return {
    asOf,
    drafts: drafts.map(({ id, title, state, from }) => ({ id, title, state, from })),
    figures: byId(figures),
    sets: byId(sets),
  }
}
