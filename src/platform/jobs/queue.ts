/** The queue underneath: pg-boss with one queue a job, furnished once a start. */
import { sql } from 'kysely'
import { PgBoss } from 'pg-boss'
import type { Db } from '../db/index.ts'
import type { AnyJob } from './job.ts'

/** The longest that one run may take, in seconds; the death of its worker is noticed by the missing heartbeat long before. */
const LONGEST = 23 * 3600
export const HEARTBEAT_SECONDS = 20
/** Tries are counted on the run itself, where a death of the worker can be told from an error and from a stop. */
const BOSS_RETRIES = 10_000

export type Tuning = { superviseSeconds: number; pollSeconds: number; retryDelaySeconds: number }

export const openBoss = (url: string, tuning: Tuning, onError: (error: unknown) => void): PgBoss => {
  const boss = new PgBoss({
    connectionString: url,
    application_name: 'qiangshi-jobs',
    max: 4,
    schedule: false,
    superviseIntervalSeconds: tuning.superviseSeconds,
    monitorIntervalSeconds: tuning.superviseSeconds,
  })
  boss.on('error', onError)
  return boss
}

/**
 * Makes the queues of the jobs, lets the application role put work into them, and queues again what has a run but no place in
 * the queue any more (after a restore). Needs the owner's connection. Several processes may do it at once.
 */
export function furnish(boss: PgBoss, owner: Db, jobs: readonly AnyJob[], retryDelaySeconds: number): Promise<void> {
  return alone(owner, async (held) => {
    const settings = {
      expireInSeconds: LONGEST,
      heartbeatSeconds: HEARTBEAT_SECONDS,
      retryLimit: BOSS_RETRIES,
      retryDelay: retryDelaySeconds,
    }
    const there = new Set((await boss.getQueues()).map(({ name }) => name))
    for (const { name } of jobs) {
      await (there.has(name) ? boss.updateQueue(name, settings) : boss.createQueue(name, settings))
    }
    // The queue holds nothing but ids of runs. Reading is needed for the id that an insert returns.
    await sql`grant usage on schema pgboss to qiangshi_app`.execute(held)
    await sql`grant select on pgboss.queue to qiangshi_app`.execute(held)
    await sql`grant select (id), insert on pgboss.job, pgboss.job_common to qiangshi_app`.execute(held)
    await requeue(boss, held, jobs)
  })
}

/** Puts runs that still have to be done and are not in the queue back into it. */
export const sweep = (boss: PgBoss, owner: Db, jobs: readonly AnyJob[]): Promise<void> =>
  alone(owner, (held) => requeue(boss, held, jobs))

async function requeue(boss: PgBoss, held: Db, jobs: readonly AnyJob[]): Promise<void> {
  const names = jobs.map(({ name }) => name)
  const { rows } = await sql<{ id: string; name: string }>`select r.id, r.name from jobs.run r
    where r.state in ('queued', 'running') and r.name = any(${names}::text[])
      and not exists (select from pgboss.job j where j.name = r.name and j.id = r.id and j.state < 'completed')`.execute(
    held,
  )
  for (const { id, name } of rows) {
    await boss.deleteJob(name, id)
    await boss.send(name, { run: id }, { id })
  }
}

/** One process at a time. */
async function alone(owner: Db, work: (held: Db) => Promise<void>): Promise<void> {
  await owner.connection().execute(async (held) => {
    await sql`select pg_advisory_lock(hashtext('jobs.queue'))`.execute(held)
    try {
      await work(held)
    } finally {
      await sql`select pg_advisory_unlock(hashtext('jobs.queue'))`.execute(held)
    }
  })
}
