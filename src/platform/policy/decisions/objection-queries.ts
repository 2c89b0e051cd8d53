/** Objections: one's own, those of one's school, those one may answer, and one with what it is about. */
import { isDeepStrictEqual } from 'node:util'
import { sql } from 'kysely'
import { notFound } from '../../../base/errors.ts'
import type { Act } from '../../db/index.ts'
import type { Explanation, ObjectionRow } from '../contract.ts'
import { explain } from '../explain.ts'
import type { FactBook } from '../facts.ts'
import { decisionAgain, instant, todayOf } from './queries.ts'

type Row = Omit<ObjectionRow, 'fact'> & { fact: string | null; was: unknown; knownAt: string; authority: string }

const rowsWhere = <T>(act: Act<T>, where: ReturnType<typeof sql>) => sql<Row>`
  select x.id, jsonb_build_object('kind', case when x.person_id is null then 'organisation' else 'person' end, 'id', x.about_id,
      'name', coalesce(p.name, a.short_name), 'nameEn', a.name_en) as about,
    coalesce(o.short_name, (select u.short_name from directory.organisation u where u.id = a.parent_id), a.short_name) as org_name,
    case when x.person_id is null then x.raised_by_name end as raised_by,
    coalesce(x.person_id = ${act.actor.person}::uuid or x.raised_by = ${act.actor.account}::uuid, false) as own,
    x.set_id as "set", x.title, x.authority, x.as_of, ${instant('x.known_at')} as known_at, x.decision_id, x.fact, x.was,
    x.text, x.state, x.raised_at, x.due_on, x.due_by, x.owner_role, w.short_name as owner_name, x.answer, x.answered_at,
    case when x.remedy is not null then jsonb_build_object('what', x.remedy, 'by', x.remedy_by) end as remedy, x.new_decision_id
  from policy.objection x left join directory.person p on p.id = x.person_id left join directory.organisation o on o.id = p.org_id
  left join directory.organisation a on a.id = x.about_org join directory.organisation w on w.id = x.org_id
  where ${where} order by x.state = 'open' desc, x.due_on nulls last, x.raised_at desc, x.id limit 1000`

const told =
  (book: FactBook) =>
  ({ fact, was, knownAt: _, authority: __, ...row }: Row): ObjectionRow => ({
    ...row,
    fact: fact === null ? null : { ...factWords(book, fact), was },
  })

function factWords(book: FactBook, id: string) {
  const declared = book.declared(id)
  return { id, title: declared?.title ?? { zh: id, en: id }, unit: declared?.unit ?? null }
}

export async function ownObjections<T>(act: Act<T>, book: FactBook): Promise<ObjectionRow[]> {
  const { rows } = await rowsWhere(act, sql`x.person_id = ${act.actor.person}`).execute(act.tx)
  return rows.map(told(book))
}

/** What was raised on behalf of the schools in scope, wherever it is answered. */
export async function schoolObjections<T>(act: Act<T>, book: FactBook): Promise<ObjectionRow[]> {
  const { rows } = await rowsWhere(act, sql`x.about_org_path <@ any (db.scope())`).execute(act.tx)
  return rows.map(told(book))
}

/** What waits for an answer at the organisations in scope, or all that was raised there. */
export async function objectionsInSight<T>(act: Act<T>, book: FactBook, open: boolean): Promise<ObjectionRow[]> {
  const { rows } = await rowsWhere(
    act,
    sql`x.org_path <@ any (db.scope()) and ${open ? sql`x.state = 'open'` : sql`true`}`,
  ).execute(act.tx)
  return rows.map(told(book))
}

/**
 * An objection with the explanation it is about, run again as it stood, and the same today; `changed` where the fact, or the result, is
 * another one today than it was said to be.
 * @throws Refusal `not_found`
 */
export async function objectionOf<T>(
  act: Act<T>,
  book: FactBook,
  { aboutId, objectionId }: { aboutId: string; objectionId: string },
) {
  const { rows } = await rowsWhere(
    act,
    sql`x.about_id = ${aboutId} and x.id = ${objectionId} and x.org_path <@ any (db.scope())`,
  ).execute(act.tx)
  const found = rows[0]
  if (!found) throw notFound('objection')
  const then = await asThen(act, book, found)
  const { fact, was } = found
  // Of earlier objections to a result it was not kept what it was.
  const before = fact === null ? (was ?? then.asItStood.outcome) : was
  const changed = then.today !== null && !isDeepStrictEqual(before, objectedIn(then.today, fact))
  return { objection: told(book)(found), ...then, changed }
}

/** What an objection says is wrong: a fact, or the result. */
const objectedIn = ({ facts, outcome }: Explanation, fact: string | null): unknown =>
  fact === null ? outcome : (facts.find(({ id }) => id === fact)?.value ?? null)

async function asThen<T>(act: Act<T>, book: FactBook, { about, set, asOf, knownAt, authority, decisionId }: Row) {
  if (decisionId !== null) {
    const { asItStood, same, today } = await decisionAgain(act, book, { personId: about.id, decisionId })
    return { asItStood, same, today }
  }
  const whom = about.kind === 'person' ? { personId: about.id } : { orgId: about.id }
  const asItStood = await explain(act, book, { set, ...whom, asOf, authority, knownOn: knownAt })
  return { asItStood, same: true, today: await todayOf(act, book, { set, ...whom, asOf }) }
}
