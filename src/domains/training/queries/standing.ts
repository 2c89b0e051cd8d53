/** Where people stand in their credits by the requirement sets of their authority: one person with reasons, many as one query. */
import { type RawBuilder, sql } from 'kysely'
import type { CivilDate } from '../../../base/dates.ts'
import type { Act } from '../../../platform/db/index.ts'
import {
  authoritiesIn,
  type Demand,
  demandIn,
  demandsOf,
  type FactBook,
  isUnder,
  judged,
  judgedBy,
  outcomeIn,
  rulesOf,
} from '../../../platform/policy/index.ts'

/** The set by which credits are complete, and the one by which they are on pace; an authority may have no pace. */
export const CYCLE = 'training.credit.cycle'
export const PACE = 'training.credit.pace'

/** The day on which a credit year is judged. */
export const endOf = (year: number): CivilDate => `${year}-12-31`

export type Standing = {
  /** What the cycle asks for, condition by condition, as far as it is counted in credits. */
  demands: Demand[]
  complete: boolean
  /** Where nothing prescribes a pace, it is that of the cycle. */
  onPace: boolean
  /** What the pace asks for by now; null where nothing prescribes one. */
  pace: Demand | null
}

const enough = (outcome: string): boolean => outcome === 'met' || outcome === 'exempt'

/** @throws Refusal `policy.set_absent` where the person's authority says nothing of credits */
export async function standingOf<T>(act: Act<T>, book: FactBook, personId: string, asOf: CivilDate): Promise<Standing> {
  const { rules, values, judged: sets } = await judgedBy(act, book, [CYCLE, PACE], { personId, asOf })
  const cycle = sets.get(CYCLE) ?? rules.get(CYCLE, asOf)
  const pace = sets.get(PACE)
  const complete = enough(judged(cycle, values, asOf).outcome)
  return {
    demands: demandsOf(book, cycle, values, asOf),
    complete,
    onPace: pace ? enough(judged(pace, values, asOf).outcome) : complete,
    pace: pace ? (demandsOf(book, pace, values, asOf)[0] ?? null) : null,
  }
}

export type Whose = {
  /** A query that gives `person_id`; everybody below the organisation where absent. */
  people?: RawBuilder<unknown>
  /** The organisation below which all of them are; null for the whole scope. */
  below: string | null
  asOf: CivilDate
  /** Where only one authority's people are asked about: whose. */
  authority?: string
}

/**
 * A query over people, each judged by the rules of their own authority. Its columns: person_id, year and cycle (credits), higher (of these
 * from concentrated training at district level or above; null where no least figure is set), entries (of the year), missing (credits to the total of the cycle), due (what the
 * pace asks for; null where nothing does), on_pace, complete. People of authorities that say nothing of credits are left out.
 */
export async function standings<T>(act: Act<T>, book: FactBook, whose: Whose): Promise<RawBuilder<unknown>> {
  const { below, authority: only } = whose
  const authorities = only === undefined ? await authoritiesIn(act, below) : [only]
  const everybody = !whose.people && (await areAll(act, below))
  const branches: RawBuilder<unknown>[] = []
  for (const authority of authorities) {
    const branch = await branchOf(act, book, { ...whose, everybody }, authority, authorities.length === 1)
    if (branch) branches.push(branch)
  }
  return branches.length > 0
    ? sql.join(branches, sql` union all `)
    : sql`select q.person_id, 0::numeric as year, 0::numeric as cycle, 0::numeric as higher, 0 as entries, 0::numeric as missing, null::numeric as due,
        false as on_pace, false as complete from directory.seen() q where false`
}

/** Whether those below are all people there are. */
async function areAll<T>(act: Act<T>, below: string | null): Promise<boolean> {
  if (below !== null) return !below.includes('.')
  const { rows } = await sql<{ all: boolean }>`select directory.sees_all() as all`.execute(act.tx)
  return rows[0]!.all
}

const COUNTED = ['credits.year', 'credits.cycle', 'credits.concentrated', 'credits.entries_year']

async function branchOf<T>(
  act: Act<T>,
  book: FactBook,
  { people, below, asOf, everybody }: Whose & { everybody: boolean },
  authority: string,
  sole: boolean,
): Promise<RawBuilder<unknown> | undefined> {
  const rules = await rulesOf(act, authority, book)
  const cycle = rules.find(CYCLE, asOf)
  if (!cycle) return undefined
  const pace = rules.find(PACE, asOf)
  const whom = people
    ? sole
      ? people
      : sql`select w.person_id from (${people}) w join directory.person x on x.id = w.person_id where ${isUnder(sql`x.org_id`, authority)}`
    : sql`select w.person_id from directory.seen(${below}::ltree) w where ${sole ? sql`true` : isUnder(sql`w.org_id`, authority)}`
  const facts = book.query(new Set([...cycle.facts, ...(pace?.facts ?? []), ...COUNTED]), {
    asOf,
    parameters: rules.parameters,
    people: sql`people`,
    everybody,
  })
  const total = demandIn(cycle, 'credits.cycle', 'f', asOf)
  const floor = demandIn(cycle, 'credits.concentrated', 'f', asOf) !== undefined
  const due = pace && demandIn(pace, 'credits.cycle', 'f', asOf)
  const met = (set: typeof cycle) => sql`${outcomeIn(set, 'f', asOf)} in ('met', 'exempt')`
  return sql`(with people as materialized (${whom}) select f.person_id, f.credits_year as year, f.credits_cycle as cycle, ${floor ? sql`f.credits_concentrated` : sql`null::numeric`} as higher, f.credits_entries_year::int as entries,
      ${total ? sql`greatest(${total.need} - ${total.have}, 0)` : sql`0::numeric`} as missing, ${due?.need ?? sql`null::numeric`} as due,
      ${met(pace ?? cycle)} as on_pace, ${met(cycle)} as complete
    from (${facts}) f)`
}
