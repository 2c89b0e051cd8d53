/** One’s inbox: what is for oneself, and for the roles one holds at an organisation. */
import { sql } from 'kysely'
import { type Act, prepared } from '../db/index.ts'
import type { InboxCount, InboxItem } from './contract.ts'
import { type Held, holds } from './held.ts'

export type InboxAsk = {
  kind?: 'todo' | 'message' | undefined
  /** Only what waits: to-dos that are not settled, messages not read. */
  open?: boolean | undefined
  cursor?: string | undefined
  limit: number
}

const own = (held: readonly Held[]) => sql`(i.addressed_to = 'account' and i.recipient_id = db.account()
  or i.addressed_to = 'person' and i.recipient_id = db.actor_person()
  or i.addressed_to = 'role' and ${holds(held, sql.ref('i.role'), sql.ref('i.recipient_id'))})`

const OPEN = sql`case i.kind when 'todo' then i.done_at is null else i.read_at is null end`

/** The latest first, keyset-paged. */
export async function inboxOf<T>(
  act: Act<T>,
  held: readonly Held[],
  ask: InboxAsk,
): Promise<{ rows: InboxItem[]; next: string | null; total: number }> {
  const where = sql`${own(held)} and (${ask.kind ?? null}::text is null or i.kind = ${ask.kind ?? null}) and (${ask.open !== true} or ${OPEN})`
  const { rows } =
    await sql<InboxItem>`select i.id, i.kind, i.code, i.data, i.link, i.due, i.done_at is null and coalesce(i.due < db.today(), false) as overdue,
      i.role, o.short_name as org_name, i.created_at, i.read_at, i.done_at
    from inbox.item i left join directory.organisation o on i.addressed_to = 'role' and o.id = i.recipient_id
    where ${where} and (${ask.cursor ?? null}::uuid is null or i.id < ${ask.cursor ?? null}::uuid)
    order by i.id desc limit ${ask.limit + 1}`.execute(act.tx)
  const { rows: count } = await sql<{
    total: number
  }>`select count(*) as total from inbox.item i where ${where}`.execute(act.tx)
  const shown = rows.slice(0, ask.limit)
  return { rows: shown, next: rows.length > ask.limit ? shown.at(-1)!.id : null, total: count[0]!.total }
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
