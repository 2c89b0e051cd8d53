/** One’s inbox: what is for oneself, and for the roles one holds at an organisation. */
import { sql } from 'kysely'
import { isCivilDate } from '../../base/dates.ts'
import { invalid } from '../../base/errors.ts'
import { type Act, prepared } from '../db/index.ts'
import type { InboxCount, InboxItem } from './contract.ts'
import { type Held, own } from './held.ts'

export type InboxAsk = {
  kind?: 'todo' | 'message' | undefined
  /** Only what waits: to-dos that are not settled, messages not read. */
  open?: boolean | undefined
  /** Only what this module sent. */
  area?: string | undefined
  /** Not what is for a role, or only that. */
  whose?: 'own' | 'role' | undefined
  /** What is due first comes first, what has no day at the end; the latest first when absent. */
  byDue?: boolean | undefined
  cursor?: string | undefined
  limit: number
}

const OPEN = sql`case i.kind when 'todo' then i.done_at is null else i.read_at is null end`
const AREA = sql`split_part(i.code, '.', 1)`

/** Where the page before ended: `<due or nothing>/<id>`, or the id alone. @throws Refusal `inbox.bad_cursor` */
function after(cursor: string | undefined, byDue: boolean) {
  if (cursor === undefined) return sql``
  const [, due = '', id] = /^(?:(\d{4}-\d\d-\d\d)?\/)?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(cursor) ?? []
  if (id === undefined || (due !== '' && !isCivilDate(due))) throw invalid('inbox.bad_cursor')
  if (!byDue) return sql`and i.id < ${id}::uuid`
  return due === ''
    ? sql`and i.due is null and i.id < ${id}::uuid`
    : sql`and (i.due > ${due}::date or i.due is null or i.due = ${due}::date and i.id < ${id}::uuid)`
}

/** Keyset-paged. */
export async function inboxOf<T>(
  act: Act<T>,
  held: readonly Held[],
  { kind, open, area, whose, byDue = false, cursor, limit }: InboxAsk,
): Promise<{ rows: InboxItem[]; next: string | null; total: number }> {
  const where = sql`${own(held)} and (${kind ?? null}::text is null or i.kind = ${kind ?? null}) and (${open !== true} or ${OPEN})
    and (${area ?? null}::text is null or ${AREA} = ${area ?? null}) and (${whose ?? null}::text is null or (i.role is null) = (${whose ?? null} = 'own'))`
  const { rows } =
    await sql<InboxItem>`select i.id, i.kind, i.code, i.data, i.link, i.due, i.done_at is null and coalesce(i.due < db.today(), false) as overdue,
      i.role, o.short_name as org_name, i.created_at, i.read_at, i.done_at, case when i.done_at is null then i.act end as act
    from inbox.item i left join directory.organisation o on i.addressed_to = 'role' and o.id = i.recipient_id
    where ${where} ${after(cursor, byDue)}
    order by ${byDue ? sql`i.due nulls last, i.id desc` : sql`i.id desc`} limit ${limit + 1}`.execute(act.tx)
  const { rows: count } = await sql<{
    total: number
  }>`select count(*) as total from inbox.item i where ${where}`.execute(act.tx)
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  const next = rows.length > limit && last ? (byDue ? `${last.due ?? ''}/${last.id}` : last.id) : null
  return { rows: shown, next, total: count[0]!.total }
}

/** Which modules sent what waits of one kind, and how much. */
export async function inboxAreas<T>(
  act: Act<T>,
  held: readonly Held[],
  kind: 'todo' | 'message',
): Promise<{ area: string; n: number }[]> {
  const { rows } = await sql<{
    area: string
    n: number
  }>`select ${AREA} as area, count(*) filter (where ${OPEN})::int as n
    from inbox.item i where ${own(held)} and i.kind = ${kind} group by 1 order by 2 desc, 1`.execute(act.tx)
  return rows
}

/** What waits, as the figures beside the navigation. */
export async function inboxCountOf<T>(act: Act<T>, held: readonly Held[]): Promise<InboxCount> {
  const { rows } =
    await sql<InboxCount>`${prepared}select count(*) filter (where i.kind = 'todo' and i.done_at is null) as todos,
      count(*) filter (where i.kind = 'todo' and i.done_at is null and i.due < db.today()) as overdue,
      count(*) filter (where i.kind = 'message' and i.read_at is null) as unread
    from inbox.item i where ${own(held)}`.execute(act.tx)
  return rows[0]!
}
