/** Decides on people by a requirement set and keeps facts and reasons: one statement for all who are under the same authority. */
import { type RawBuilder, sql } from 'kysely'
import type { CivilDate } from '../../../base/dates.ts'
import { notFound, refused } from '../../../base/errors.ts'
import { record } from '../../audit/index.ts'
import { type Act, setBased } from '../../db/index.ts'
import { authoritiesIn, isUnder } from '../authorities.ts'
import { AS_OF, columnOf, type FactBook } from '../facts.ts'
import { rulesOf, versionsOf } from '../queries.ts'
import { outcomeSql } from '../requirements/select.ts'
import { factsJson } from '../values.ts'
import { reasonsSql } from './reasons.ts'

export type Deciding = {
  set: string
  asOf: CivilDate
  purpose: string
  belongsTo?: { kind: string; id: string } | undefined
}

type Whom = {
  /** A query that gives `person_id`. */
  people: RawBuilder<unknown>
  /** Where all of them are; null for the whole scope. */
  below: string | null
  /** They are everybody there. */
  everybody?: boolean | undefined
  /** For one person: the decision that this one takes the place of. */
  insteadOf?: string | null | undefined
}

/**
 * Decides on everybody of `people` whose authority has the set; others are left out. Returns how many were decided on with each outcome.
 * @throws Refusal `policy.set_absent` where no authority has it
 */
export async function decideAll<T>(
  act: Act<T>,
  book: FactBook,
  deciding: Deciding,
  whom: Whom,
): Promise<{ outcome: string; people: number }[]> {
  const authorities = await authoritiesIn(act, whom.below)
  const counted = new Map<string, number>()
  let found = false
  for (const authority of authorities) {
    const rules = await rulesOf(act, authority, book)
    if (!rules.find(deciding.set, deciding.asOf)) continue
    found = true
    const sole = authorities.length === 1
    const rows = await decideUnder(act, book, deciding, { ...whom, authority, rules, sole })
    for (const { outcome, people } of rows) counted.set(outcome, (counted.get(outcome) ?? 0) + people)
  }
  if (!found)
    throw refused('policy.set_absent', { set: deciding.set, authority: authorities.join(' '), asOf: deciding.asOf })
  return [...counted].map(([outcome, people]) => ({ outcome, people })).sort((a, b) => b.people - a.people)
}

type Under = Whom & { authority: string; rules: Awaited<ReturnType<typeof rulesOf>>; sole: boolean }

async function decideUnder<T>(act: Act<T>, book: FactBook, deciding: Deciding, under: Under) {
  const { set, asOf, purpose, belongsTo } = deciding
  const { people, below, everybody, insteadOf = null, authority, rules, sole } = under
  const { requirement, facts } = rules.get(set, asOf)
  const versions = await versionsOf(act, authority)
  const column = (id: string) => (id === AS_OF ? sql`${asOf}::date` : sql.ref(`f.${columnOf(id)}`))
  const found = book.query(facts, {
    asOf,
    parameters: rules.parameters,
    people: sql`people`,
    everybody: everybody && sole && below !== null && !below.includes('.'),
  })
  const { rows } = await sql<{ outcome: string; people: number }>`
    with people as materialized (
      select p.id as person_id, p.name from directory.person p join (${people}) w on w.person_id = p.id
      where ${sole ? sql`true` : isUnder(sql`p.org_id`, authority)}
    ), f as materialized (${found}), made as (
      insert into policy.decision (person_id, id, set_id, as_of, known_at, authority, versions, name, outcome, facts, conditions, purpose, subject_kind, subject_id,
        instead_of, made_by, made_by_name)
      select f.person_id, gen_random_uuid(), ${set}, ${asOf}::date, db.now(), ${authority}, ${versions}::text[], q.name, ${outcomeSql(requirement, column)},
        ${factsJson(book, facts)}, ${reasonsSql(requirement, column)}, ${purpose}, ${belongsTo?.kind ?? null}, ${belongsTo?.id ?? null}, ${insteadOf}::uuid, db.account(), ${act.actor.name}
      from f join people q on q.person_id = f.person_id returning outcome
    )
    select m.outcome, count(*)::int as people from made m group by m.outcome`.execute(act.tx)
  return rows
}

/** Decides on everybody employed in an organisation on the day, or on those of them that are named. */
export async function decideIn<T>(
  act: Act<T>,
  book: FactBook,
  input: Deciding & { orgId: string; personIds?: readonly string[] | undefined },
): Promise<{ outcome: string; people: number }[]> {
  const { orgId, personIds, set, asOf, purpose } = input
  const { rows } = await sql<{ path: string; people: number }>`select o.path::text,
      (select count(*)::int from directory.person p where p.org_path <@ o.path) as people
    from directory.organisation o where o.id = ${orgId} and o.path <@ any (db.scope())`.execute(act.tx)
  if (!rows[0]) throw notFound('organisation')
  const { path, people: heads } = rows[0]
  await setBased(act, personIds ? personIds.length : heads, 'directory.person')
  const people = sql`select x.id as person_id from directory.person x where x.org_path <@ ${path}::ltree
    and exists (select from directory.employment e where e.person_id = x.id and e.kind = 'main' and e.during @> ${asOf}::date)
    ${personIds ? sql`and x.id = any(${personIds}::uuid[])` : sql``}`
  const decided = await decideAll(act, book, input, { people, below: path, everybody: personIds === undefined })
  await record(act, {
    action: 'policy.decided',
    subject: { kind: 'organisation', id: orgId },
    orgPath: path,
    after: { set, asOf, purpose, decided },
  })
  return decided
}
