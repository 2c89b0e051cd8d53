/** The calls that concern an office, and the cases of one of them. */
import { sql } from 'kysely'
import type { Act } from '../../db/index.ts'
import type { Held } from '../../inbox/index.ts'
import type { Bilingual } from '../../policy/contract.ts'
import type { CaseRow, Listed } from '../contract/office.ts'
import { callOf } from '../flow/rows.ts'
import { cut, readCursor } from './cursor.ts'
import { columns, inReach, listedWhere } from './rows.ts'

/** As exact as the cursor keeps it: instants reach a program by the millisecond. */
const SINCE = sql`date_trunc('milliseconds', a.since)`

export type HandledCall = {
  id: string
  title: Bilingual
  state: 'published' | 'ended'
  opensOn: string
  cases: number
  open: number
  overdue: number
}

export async function handledCalls<T>(act: Act<T>): Promise<HandledCall[]> {
  const { rows } =
    await sql<HandledCall>`select c.id, c.title, c.state, c.opens_on, coalesce(n.cases, 0) as cases, coalesce(n.open, 0) as open,
      coalesce(n.overdue, 0) as overdue
    from cases.call c left join (
      select a.call_id, count(*)::int as cases, (count(*) filter (where a.state in ('returned', 'waiting', 'paused', 'appealed')))::int as open,
        (count(*) filter (where a.state = 'waiting' and a.due_on < db.today()))::int as overdue
      from cases.application a where a.state <> 'draft' and ${inReach} group by a.call_id) n on n.call_id = c.id
    where c.state in ('published', 'ended') and (n.cases > 0 or c.org_path <@ any ((select db.scope())::ltree[]))
    order by c.state = 'ended', c.opens_on desc, c.id`.execute(act.tx)
  return rows
}

/** @throws Refusal `not_found` where the call is not seen */
export async function casesOf<T>(
  act: Act<T>,
  held: readonly Held[],
  ask: Listed & { cursor?: string | undefined; limit: number },
): Promise<{ rows: CaseRow[]; next: string | null; total: number }> {
  await callOf(act, ask.callId)
  const [since = null, id = null] = ask.cursor ? readCursor(ask.cursor, 2) : []
  const { rows } = await sql<CaseRow>`with p as materialized (
      select a.id from cases.application a where ${listedWhere(ask)}
        ${ask.cursor ? sql`and (${SINCE}, a.id) > (${since}::timestamptz, ${id}::uuid)` : sql``} order by ${SINCE}, a.id limit ${ask.limit + 1})
    select ${columns(held)} from p join cases.application a on a.id = p.id join cases.call c on c.id = a.call_id
      join directory.organisation o on o.id = a.org_id order by ${SINCE}, a.id`.execute(act.tx)
  const { rows: count } = await sql<{ total: number }>`select count(*)::int as total from cases.application a
    where ${listedWhere(ask)}`.execute(act.tx)
  return { ...cut(rows, ask.limit, (row) => [row.since, row.id]), total: count[0]!.total }
}
