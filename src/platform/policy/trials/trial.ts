/** A trial: everybody that a rule is about judged in one statement, as it is and as it would be. */
import { isDeepStrictEqual } from 'node:util'
import { type CompiledQuery, type RawBuilder, sql } from 'kysely'
import type { CivilDate } from '../../../base/dates.ts'
import { invalid, notFound } from '../../../base/errors.ts'
import { type Act, setBased } from '../../db/index.ts'
import { CUTS_OF, type Cut } from '../contract/trial.ts'
import { AS_OF, columnOf, type FactAsk, type FactBook } from '../facts.ts'
import { authorityOf, rulesOf } from '../queries.ts'
import type { InForce, Rules } from '../requirements/rules.ts'
import { outcomeSql } from '../requirements/select.ts'
import { factsOfCut } from './cuts.ts'
import { tried } from './tried.ts'

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

export type Trial = {
  now: InForce
  then: InForce
  rules: Rules
  /** Those of the trial, where they give facts another meaning, as another cycle of credits does. */
  otherFacts: Rules | null
  asOf: CivilDate
  orgPath: string
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
  const now = rules.get(set, asOf)
  if (by && !CUTS_OF[now.about].includes(by)) throw invalid('policy.bad_cut', { set, by })
  const then = tried(drafted, set, asOf, changes).get(set, asOf)
  const other = drafted !== rules && asksOtherwise(act, book, { now, then, rules, drafted, asOf })
  return { now, then, rules, otherFacts: other ? drafted : null, asOf, orgPath: rows[0].path }
}

type Compared = { now: InForce; then: InForce; rules: Rules; drafted: Rules; asOf: CivilDate }

/** Whether facts themselves mean something else under the other rules. */
export function asksOtherwise<T>(act: Act<T>, book: FactBook, { now, then, rules, drafted, asOf }: Compared): boolean {
  const facts = (whose: Rules) =>
    book.query(now.facts.union(then.facts), asked(whose, asOf, ''), now.about).compile(act.tx)
  return !isDeepStrictEqual(told(facts(rules)), told(facts(drafted)))
}

/** Everybody below an organisation is asked of; everybody there is, where it is the root of the tree. */
const asked = ({ parameters }: Rules, asOf: CivilDate, orgPath: string): FactAsk => ({
  asOf,
  parameters,
  people: sql`people`,
  carry: true,
  everybody: { below: orgPath.includes('.') ? orgPath : null },
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
  const { now, then, rules, otherFacts, asOf, orgPath } = trial
  const { about } = now
  const column = (row: string) => (id: string) =>
    id === AS_OF ? sql`${asOf}::date` : sql.ref(`${row}.${columnOf(id)}`)
  const wanted = now.facts.union(then.facts).union(factsOfCut(book, by))
  const key = sql.ref(about === 'organisation' ? 'org_id' : 'person_id')
  // Named once each, so that the database joins all of it in one go, by several processes where it has them.
  return sql`with people as (${whom(trial)}),
    f as (${book.query(wanted, asked(rules, asOf, orgPath), about)})${
      otherFacts
        ? sql`, g as (${book.query(then.facts, { ...asked(otherFacts, asOf, orgPath), carry: false }, about)})`
        : sql``
    },
    judged as (select f.*, ${outcomeSql(now.requirement, column('f'))} as before,
      ${outcomeSql(then.requirement, column(otherFacts ? 'g' : 'f'))} as after
      from f${otherFacts ? sql` join g using (${key})` : sql``})`
}
