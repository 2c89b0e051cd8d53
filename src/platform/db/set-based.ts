/** Statements over many rows at once: the planner, which cannot see how many there are, is told not to go through them one by one. */
import { sql } from 'kysely'
import type { Act } from './transact.ts'

/** So many rows are worth reading whole tables for. */
const MANY = 1_000
/** One in so many rows of a table are worth reading all of it. */
const SHARE = 10

/**
 * Memory and joins for a set of this size, for the rest of the transaction; small ones are left to the planner.
 * @param table of which the rows are: where they are a good part of it, reading out of order counts as dear, so that row-level security asks
 *   once who may be seen and remembers, and does not look it up for every row
 */
export async function setBased<T>(act: Act<T>, rows: number, table?: string): Promise<void> {
  if (rows <= MANY) return
  await sql`select set_config('enable_nestloop', 'off', true), set_config('jit', 'off', true), set_config('work_mem', '128MB', true)`.execute(
    act.tx,
  )
  if (table === undefined) return
  await sql`select set_config('random_page_cost', '30', true), set_config('parallel_setup_cost', '0', true), set_config('work_mem', '256MB', true)
    from pg_class c where c.oid = ${table}::regclass and ${rows}::float8 * ${SHARE} >= c.reltuples`.execute(act.tx)
}
