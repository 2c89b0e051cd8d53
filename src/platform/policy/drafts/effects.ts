/** What a draft would do to the people and schools under it from its day on: how many meet each set that it touches, without it and with it. */
import { sql } from 'kysely'
import type { CivilDate } from '../../../base/dates.ts'
import type { Act } from '../../db/index.ts'
import type { DraftEffect } from '../contract/drafts.ts'
import type { FactBook } from '../facts.ts'
import { rulesOf } from '../queries.ts'
import type { InForce } from '../requirements/rules.ts'
import { asksOtherwise, judged, trialOf } from '../trials/index.ts'
import type { Draft } from './row.ts'

type Touching = Pick<Draft, 'id' | 'authority' | 'parameters' | 'sets' | 'orgId'>

/** The first day on which all of the drafts hold, and none that is past: what they are measured on, against what is in force then. */
export const effectDay = (today: CivilDate, drafts: readonly Pick<Draft, 'from'>[]): CivilDate =>
  [today, ...drafts.map(({ from }) => from)].sort().at(-1)!

/** Sets whose outcome may change: they are new, use a figure that does, are changed themselves, or ask facts that mean something else. */
export async function affectedSets<T>(
  act: Act<T>,
  book: FactBook,
  draft: Touching,
  asOf: CivilDate,
): Promise<InForce[]> {
  const rules = await rulesOf(act, draft.authority, book)
  const drafted = await rulesOf(act, draft.authority, book, { draftId: draft.id })
  return drafted.list(asOf).filter((would) => {
    const now = rules.find(would.id, asOf)
    if (!now) return would.id in draft.sets
    return (
      would.id in draft.sets ||
      would.parameters.some(({ id }) => id in draft.parameters) ||
      asksOtherwise(act, book, { now, would, rules, drafted, asOf })
    )
  })
}

/** The figures of each set that it touches, for everybody, or every school, in the organisation that issues it. */
export async function effectsOf<T>(
  act: Act<T>,
  book: FactBook,
  draft: Touching,
  asOf: CivilDate,
): Promise<DraftEffect[]> {
  const effects: DraftEffect[] = []
  const present = await rulesOf(act, draft.authority, book)
  for (const { id: set, title, about, nature } of await affectedSets(act, book, draft, asOf)) {
    const trial = await trialOf(act, book, { set, orgId: draft.orgId, asOf, changes: {}, draftId: draft.id })
    const { rows } = await sql<Omit<DraftEffect, 'set' | 'title' | 'about' | 'nature'>>`${judged(book, trial)}
      select count(*)::int as people, count(*) filter (where j.before = 'met')::int as before,
        count(*) filter (where j.after = 'met')::int as after,
        count(*) filter (where j.before = 'met' and j.after <> 'met')::int as lose,
        count(*) filter (where j.before <> 'met' and j.after = 'met')::int as gain,
        count(*) filter (where j.after = 'unknown')::int as unknown
      from judged j`.execute(act.tx)
    const counted = rows[0]!
    // What nobody had to meet before is met by nobody before.
    const anew = present.find(set, asOf) ? {} : { before: 0, lose: 0, gain: counted.after }
    effects.push({ set, title, about, nature, ...counted, ...anew })
  }
  return effects
}
