/** Asking for background work, and calling it off. */
import { sql } from 'kysely'
import { fromKysely, PgBoss } from 'pg-boss'
import { conflict, notFound } from '../../base/errors.ts'
import { newId } from '../../base/ids.ts'
import { record } from '../audit/index.ts'
import type { Act } from '../db/index.ts'
import type { Job } from './job.ts'

/**
 * Asks for work, in the transaction of the command: when that is rolled back, nothing was asked. It runs for the account that
 * acts. `orgPath` says in whose scope others may see it; the first of the act's when absent. Returns the id of the run.
 */
export async function enqueue<T, I, H>(
  act: Act<T>,
  job: Job<I, H>,
  input: I,
  orgPath: string | null = act.scope.paths[0] ?? null,
): Promise<string> {
  const id = newId()
  await sql`insert into jobs.run (id, name, account_id, org_path, input)
    values (${id}, ${job.name}, ${act.actor.account}, ${orgPath}::ltree, ${JSON.stringify(job.input.parse(input))}::jsonb)`.execute(
    act.tx,
  )
  const db = fromKysely(act.tx.withoutPlugins())
  // A boss that lives for one statement: it keeps no connection and runs no timer.
  const boss = new PgBoss({ db, supervise: false, schedule: false, migrate: false })
  const sent = await boss.send(job.name, { run: id }, { id, db })
  if (sent === null) throw new Error(`the queue ${job.name} did not take ${id}`)
  return id
}

/**
 * Calls a run off: a waiting one ends at once, a running one is told to stop and ends when it does.
 * @throws Refusal `not_found`, or `jobs.ended` when there is nothing to stop any more
 */
export async function cancelRun<T>(act: Act<T>, id: string): Promise<void> {
  const { rows } = await sql<{
    state: string
    orgPath: string | null
  }>`select r.state, r.org_path::text from jobs.run r where r.id = ${id}`.execute(act.tx)
  if (!rows[0]) throw notFound('job')
  const { rows: changed } = await sql<{ state: string }>`update jobs.run r set cancel_asked = true,
      state = case when r.state = 'queued' then 'cancelled' else r.state end,
      ended_at = case when r.state = 'queued' then db.now() else r.ended_at end
    where r.id = ${id} and r.state in ('queued', 'running') returning r.state`.execute(act.tx)
  if (!changed[0]) throw conflict('jobs.ended', { state: rows[0].state })
  await record(act, {
    action: 'jobs.cancel_asked',
    subject: { kind: 'job', id },
    ...(rows[0].orgPath ? { orgPath: rows[0].orgPath } : {}),
  })
}
