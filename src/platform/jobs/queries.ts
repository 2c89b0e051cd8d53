/** Reads on background work: row-level security shows one's own runs, and those of the organisations in scope. */
import { sql } from 'kysely'
import { notFound } from '../../base/errors.ts'
import type { Act } from '../db/index.ts'
import type { Run } from './contract.ts'

const COLUMNS = sql`r.id, r.name, r.state, r.cancel_asked, r.done, r.total, r.message, r.result, r.error, r.created_at, r.started_at, r.ended_at`

export async function runOf<T>(act: Act<T>, id: string): Promise<Run> {
  const { rows } = await sql<Run>`select ${COLUMNS} from jobs.run r where r.id = ${id}`.execute(act.tx)
  if (!rows[0]) throw notFound('job')
  return rows[0]
}

export type RunsAsk = { own: boolean; cursor?: string | undefined; limit: number }

/** The latest first: those one asked for oneself, or all in scope. */
export async function runs<T>(act: Act<T>, ask: RunsAsk): Promise<{ rows: Run[]; next: string | null; total: number }> {
  const mine = ask.own ? sql`r.account_id = db.account()` : sql`true`
  const { rows } = await sql<Run>`select ${COLUMNS} from jobs.run r
    where ${mine} and (${ask.cursor ?? null}::uuid is null or r.id < ${ask.cursor ?? null}::uuid)
    order by r.id desc limit ${ask.limit + 1}`.execute(act.tx)
  const { rows: count } = await sql<{ total: number }>`select count(*) as total from jobs.run r where ${mine}`.execute(
    act.tx,
  )
  const shown = rows.slice(0, ask.limit)
  return { rows: shown, next: rows.length > ask.limit ? shown.at(-1)!.id : null, total: count[0]!.total }
}
