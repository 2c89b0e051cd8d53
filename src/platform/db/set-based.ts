/** Statements over many rows at once: the planner, which cannot see how many there are, is told not to go through them one by one. */
import { sql } from 'kysely'
import type { Act } from './transact.ts'

/** So many rows are worth reading whole tables for. */
const MANY = 1_000

/** Memory and joins for a set of this size, for the rest of the transaction; small ones are left to the planner. */
export async function setBased<T>(act: Act<T>, rows: number): Promise<void> {
  if (rows <= MANY) return
  await sql`select set_config('enable_nestloop', 'off', true), set_config('jit', 'off', true), set_config('work_mem', '128MB', true)`.execute(
    act.tx,
  )
}
