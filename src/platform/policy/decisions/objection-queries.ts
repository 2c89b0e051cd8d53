/** Objections: one's own, those one may answer, and one with what it is about. */
import { sql } from 'kysely'
import { notFound } from '../../../base/errors.ts'
import type { Act } from '../../db/index.ts'
import type { ObjectionRow } from '../contract/decisions.ts'
import { explain } from '../explain.ts'
import type { FactBook } from '../facts.ts'
import { decisionAgain, instant, todayOf } from './queries.ts'

type Row = Omit<ObjectionRow, 'fact'> & { fact: string | null; was: unknown; knownAt: string; authority: string }

const rowsWhere = (where: ReturnType<typeof sql>) => sql<Row>`
  select x.id, x.person_id, p.name, o.short_name as org_name, x.set_id as "set", x.title, x.authority, x.as_of, ${instant('x.known_at')} as known_at, x.decision_id, x.fact, x.was,
    x.text, x.state, x.raised_at, x.due_on, x.owner_role, w.short_name as owner_name, x.answer, x.answered_at, x.new_decision_id
  from policy.objection x join directory.person p on p.id = x.person_id join directory.organisation o on o.id = p.org_id
  join directory.organisation w on w.id = x.org_id
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
  const { rows } = await rowsWhere(sql`x.person_id = ${act.actor.person}`).execute(act.tx)
  return rows.map(told(book))
}

/** What waits for an answer at the organisations in scope, or all that was raised there. */
export async function objectionsInSight<T>(act: Act<T>, book: FactBook, open: boolean): Promise<ObjectionRow[]> {
  const { rows } = await rowsWhere(
    sql`x.org_path <@ any (db.scope()) and ${open ? sql`x.state = 'open'` : sql`true`}`,
  ).execute(act.tx)
  return rows.map(told(book))
}

/** An objection with the explanation it is about, run again as it stood, and the same today. @throws Refusal `not_found` */
export async function objectionOf<T>(
  act: Act<T>,
  book: FactBook,
  { personId, objectionId }: { personId: string; objectionId: string },
) {
  const { rows } = await rowsWhere(
    sql`x.person_id = ${personId} and x.id = ${objectionId} and x.org_path <@ any (db.scope())`,
  ).execute(act.tx)
  const found = rows[0]
  if (!found) throw notFound('objection')
  const { set, asOf, knownAt, authority, decisionId } = found
  const objection = told(book)(found)
  if (decisionId !== null) {
    const { asItStood, same, today } = await decisionAgain(act, book, { personId, decisionId })
    return { objection, asItStood, same, today }
  }
  const asItStood = await explain(act, book, { set, personId, asOf, authority, knownOn: knownAt })
  return { objection, asItStood, same: true, today: await todayOf(act, book, { set, personId, asOf }) }
}
