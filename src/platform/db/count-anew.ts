/** Statistics for the planner where very many rows were just written: it would take them for a handful until the database counts by itself. */
import { sql } from 'kysely'
import type { Act } from './transact.ts'

/**
 * Counts those of the tables anew of which a good part is new. A tenth of a second a table and more only there; else nothing happens.
 * @param tables with their schemas
 * @param written rows that this act wrote into each; absent: what finished transactions have written since the last count, as a reader asks
 */
export async function countAnew<T>(act: Act<T>, tables: readonly string[], written?: number): Promise<void> {
  await sql`select db.count_anew(${tables}::text[], ${written ?? null}::bigint)`.execute(act.tx)
}
