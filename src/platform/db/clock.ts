/** The product's clock. It runs with real time; the demonstration year and the tests move it ahead or back. */
import { type QueryExecutorProvider, sql } from 'kysely'
import type { Db } from './connect.ts'
import { prepared } from './prepared.ts'

/** Sets the clock to an instant; it runs on from there. Needs the owner's connection. */
export async function moveClock(owner: Db, to: Date | null): Promise<void> {
  if (to === null) await sql`update db.clock set ahead = interval '0'`.execute(owner)
  else await sql`update db.clock set ahead = ${to.toISOString()}::timestamptz - now()`.execute(owner)
}

/** What the clock shows, and whether it has been moved. */
export async function readClock(db: QueryExecutorProvider): Promise<{ now: string; moved: boolean }> {
  const { rows } = await sql<{ now: string; moved: boolean }>`${prepared}
    select now() + c.ahead as now, abs(extract(epoch from c.ahead)) > 60 as moved from db.clock c`.execute(db)
  return rows[0]!
}
