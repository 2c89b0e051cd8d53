/** What stands in somebody's calendar: modules say it, each under its own permission; the to-dos with a day are the inbox's own. */
import { sql } from 'kysely'
import { addDays } from '../../../base/dates.ts'
import type { Act } from '../../db/index.ts'
import { type Held, own } from '../held.ts'

export type Span = { from: string; until: string }

/** Worded as items of the inbox are: a key of the sender's catalogs and what fills it. Nothing of other people. */
export type CalendarEntry = {
  /** The same for the same thing at every reading: `session:<id>`. */
  uid: string
  code: string
  data: Record<string, unknown>
  place?: string | null
  /** Where in the product it leads. */
  link?: string | null
} & ({ day: string } | { from: string; until: string })

/** What a module puts into the calendars of people: asked for whoever holds the permission, as the acting account. */
export type CalendarSource = {
  permission: string
  entries(act: Act<never>, span: Span): Promise<CalendarEntry[]>
}

/** From a quarter back to more than a year ahead. */
export const spanAround = (today: string): Span => ({ from: addDays(today, -92), until: addDays(today, 400) })

export const TODO = 'inbox.due'

/** Open to-dos on the day by which they are to be done. The sentence of the item comes with it. */
export async function todoEntries<T>(
  act: Act<T>,
  held: readonly Held[],
  { from, until }: Span,
): Promise<CalendarEntry[]> {
  const { rows } = await sql<{
    id: string
    code: string
    data: Record<string, unknown>
    link: string | null
    due: string
  }>`
    select i.id, i.code, i.data, i.link, i.due from inbox.item i
    where ${own(held)} and i.kind = 'todo' and i.done_at is null and i.due >= ${from}::date and i.due < ${until}::date
    order by i.due, i.id limit 1000`.execute(act.tx)
  return rows.map(({ id, code, data, link, due }) => ({
    uid: `todo:${id}`,
    code: TODO,
    data: { item: { code, data } },
    link,
    day: due,
  }))
}
