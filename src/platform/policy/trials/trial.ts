/** A trial: everybody that a rule is about judged in one statement, as it is and as it would be. */
import { isDeepStrictEqual } from 'node:util'
import { type CompiledQuery, type RawBuilder, sql } from 'kysely'
import type { CivilDate } from '../../../base/dates.ts'
import { invalid, notFound, Refusal } from '../../../base/errors.ts'
import { type Act, setBased } from '../../db/index.ts'
import { authoritiesIn, isUnder } from '../authorities.ts'
import { CUTS_OF, type Cut } from '../contract/trial.ts'
import { AS_OF, columnOf, type FactAsk, type FactBook } from '../facts.ts'
import { authorityOf, rulesOf } from '../queries.ts'
import type { InForce, Rules } from '../requirements/rules.ts'
import { outcomeSql } from '../requirements/select.ts'
import { factsOfCut } from './cuts.ts'
import { tried, triedBelow } from './tried.ts'

export type WhatIfAsk = {
  set: string
  orgId: string
  asOf?: CivilDate | undefined
  /** New values by parameter. */
  changes: Record<string, unknown>
  /** What is tried: the draft, and the changes over it. */
  draftId?: string | undefined
  /** How those judged are told apart; by school where absent. */
  by?: Cut | undefined
}

/** One authority's rules as they are and as they would be. */
type Side = {
  authority: string
  now: InForce
  would: InForce
  rules: Rules
  /** Those of the trial, where they give facts another meaning, as another cycle of credits does. */
  otherFacts: Rules | null
}

export type Trial = Side & {
  asOf: CivilDate
  orgPath: string
  /** Other authorities below the organisation that have the set: their people are judged by their rules. */
  others: readonly Side[]
}

/**
 * @throws Refusal `policy.not_changeable` for a parameter that the set does not use, `policy.bad_value` for a value of another form,
 *   `policy.bad_cut` where what the set is about cannot be told apart so
 */
export async function trialOf<T>(
  act: Act<T>,
  book: FactBook,
  { set, orgId, asOf = act.today, changes, draftId, by }: WhatIfAsk,
): Promise<Trial> {
  const { rows } = await sql<{ path: string }>`select o.path::text from directory.organisation o
    where o.id = ${orgId} and o.path <@ any (db.scope())`.execute(act.tx)
  if (!rows[0]) throw notFound('organisation')
  const { rows: heads } = await sql<{ people: number }>`select count(*)::int as people from directory.person p
    where p.org_path <@ ${rows[0].path}::ltree`.execute(act.tx)
  await setBased(act, heads[0]!.people, 'directory.person')
  const authority = await authorityOf(act, orgId)
  const rules = await rulesOf(act, authority, book)
  const drafted = draftId === undefined ? rules : await rulesOf(act, authority, book, { draftId })
  // A rule that only the draft has is tried against itself: it tells who would meet it.
  const now = rules.find(set, asOf) ?? drafted.get(set, asOf)
  if (by && !CUTS_OF[now.about].includes(by)) throw invalid('policy.bad_cut', { set, by })
  const side = (whose: string, held: Rules, other: Rules, changed: Rules): Side | undefined => {
    const would = changed.find(set, asOf)
    const is = held.find(set, asOf) ?? would
    if (!is || !would || is.about !== now.about) return undefined
    const otherwise = other !== held && asksOtherwise(act, book, { now: is, would, rules: held, drafted: other, asOf })
    return { authority: whose, now: is, would, rules: held, otherFacts: otherwise ? other : null }
  }
  const own = side(authority, rules, drafted, tried(drafted, set, asOf, changes))!
  const others: Side[] = []
  for (const below of await authoritiesIn(act, rows[0].path)) {
    if (below === authority) continue
    const held = await rulesOf(act, below, book)
    const other = draftId === undefined ? held : await draftedBelow(act, book, below, draftId, held)
    const found = side(below, held, other, await triedBelow(act, other, authority, changes))
    if (found) others.push(found)
  }
  return { ...own, others, asOf, orgPath: rows[0].path }
}

/** What a draft of an authority above means for these rules; nothing where that is not above them. */
async function draftedBelow<T>(
  act: Act<T>,
  book: FactBook,
  below: string,
  draftId: string,
  held: Rules,
): Promise<Rules> {
  try {
    return await rulesOf(act, below, book, { draftId })
  } catch (error) {
    if (error instanceof Refusal && error.code === 'policy.draft_elsewhere') return held
    throw error
  }
}

/** All facts that those judged are judged by. */
export const factsIn = ({ now, would, others }: Trial): ReadonlySet<string> =>
  others.reduce((all, side) => all.union(side.now.facts).union(side.would.facts), new Set(now.facts).union(would.facts))

/** The grades that may come out. */
export const gradesIn = ({ now, others }: Trial) =>
  [now, ...others.map((side) => side.now)]
    .flatMap(({ requirement }) => requirement.grades)
    .filter(({ id }, nth, all) => all.findIndex((one) => one.id === id) === nth)

type Compared = { now: InForce; would: InForce; rules: Rules; drafted: Rules; asOf: CivilDate }

/** Whether facts themselves mean something else under the other rules. */
export function asksOtherwise<T>(act: Act<T>, book: FactBook, { now, would, rules, drafted, asOf }: Compared): boolean {
  const facts = (whose: Rules) =>
    book.query(now.facts.union(would.facts), asked(whose, asOf, ''), now.about).compile(act.tx)
  return !isDeepStrictEqual(told(facts(rules)), told(facts(drafted)))
}

const asked = ({ parameters }: Rules, asOf: CivilDate, orgPath: string): FactAsk => ({
  asOf,
  parameters,
  people: sql`people`,
  carry: true,
  everybody: !orgPath.includes('.'),
})
const told = ({ sql: text, parameters }: CompiledQuery) => [text, parameters]

/** Those employed below the organisation on the day; or the schools below it that there were on the day. */
const whom = ({ now: { about }, asOf, orgPath }: Trial): RawBuilder<unknown> =>
  about === 'organisation'
    ? sql`select o.id as org_id from directory.organisation o
        where o.path <@ ${orgPath}::ltree and o.kind = 'school' and o.during @> ${asOf}::date`
    : sql`select p.id as person_id, p.number as of_number, p.name as of_name, p.birth_date as of_birth, p.org_id as of_org from directory.person p where p.org_path <@ ${orgPath}::ltree
        and exists (select from directory.employment e where e.person_id = p.id and e.kind = 'main' and e.during @> ${asOf}::date)`

/** Common tables up to `judged`: person_id, or org_id where schools are judged, the facts, `before` and `after`. */
export function judged(book: FactBook, trial: Trial, by: Cut = 'school'): RawBuilder<unknown> {
  const { now, others, asOf, orgPath } = trial
  const { about } = now
  const wanted = factsIn(trial).union(factsOfCut(book, by))
  const key = sql.ref(about === 'organisation' ? 'org_id' : 'person_id')
  const org = sql.ref(about === 'organisation' ? 'q.org_id' : 'q.of_org')
  const column = (row: string) => (id: string) =>
    id === AS_OF ? sql`${asOf}::date` : sql.ref(`${row}.${columnOf(id)}`)
  const sides = [trial, ...others].map(({ authority, now: is, would, rules, otherFacts }, nth) => {
    const [people, f, g] = [`people_${nth}`, `f_${nth}`, `g_${nth}`]
    const facts = (whose: Rules, carry: boolean) =>
      book.query(wanted, { ...asked(whose, asOf, orgPath), people: sql.ref(people), carry }, about)
    const under = others.length === 0 ? sql`` : sql` where ${isUnder(org, authority)}`
    return {
      tables: sql`, ${sql.ref(people)} as (select q.* from people q${under}), ${sql.ref(f)} as (${facts(rules, true)})${
        otherFacts ? sql`, ${sql.ref(g)} as (${facts(otherFacts, false)})` : sql``
      }`,
      rows: sql`select ${sql.ref(f)}.*, ${outcomeSql(is.requirement, column(f))} as before,
        ${outcomeSql(would.requirement, column(otherFacts ? g : f))} as after
        from ${sql.ref(f)}${otherFacts ? sql` join ${sql.ref(g)} using (${key})` : sql``}`,
    }
  })
  // Named once each, so that the database joins all of it in one go, by several processes where it has them.
  return sql`with people as (${whom(trial)})${sql.join(
    sides.map(({ tables }) => tables),
    sql``,
  )},
    judged as (${sql.join(
      sides.map(({ rows }) => rows),
      sql` union all `,
    )})`
}
