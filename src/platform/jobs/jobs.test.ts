import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type Planted, plantAccount, plantOrganisations, type Scratch, scratch } from '../../../test/harness/scratch.ts'
import { Refusal, refused } from '../../base/errors.ts'
import { newId } from '../../base/ids.ts'
import { type Act, transact } from '../db/index.ts'
import {
  cancelRun,
  defineJob,
  type Enter,
  enqueue,
  type Job,
  type JobContext,
  prepareJobs,
  type Run,
  runOf,
  runs,
  startWorkers,
} from './index.ts'

type House = { started: string[]; tries: number; go: Promise<void>; left: (word: string) => void }

const job = (
  name: string,
  run: (context: JobContext<{ n: number }, House>) => Promise<unknown>,
  more: Partial<Job<{ n: number }, House>> = {},
) => defineJob<{ n: number }, House>({ name, permission: 'test', input: z.object({ n: z.number() }), run, ...more })

const step = (context: JobContext, n: number, worker = 'here') =>
  context.act((act) =>
    sql`insert into public.step (run, step, worker) values (${context.runId}, ${n}, ${worker}) on conflict do nothing`.execute(
      act.tx,
    ),
  )

const jobs = {
  counts: job(
    'test.counts',
    async (context) => {
      context.house.started.push(context.runId)
      for (let n = 1; n <= context.input.n; n++) {
        await context.progress(n, context.input.n, { code: 'test.at', data: { n } })
        await step(context, n)
      }
      return { counted: context.input.n }
    },
    { concurrency: 3 },
  ),
  scoped: job('test.scoped', (context) =>
    context.act(async (act: Act) => {
      const { rows } = await sql<{
        account: string
        scope: string
      }>`select db.account() as account, db.scope()::text as scope`.execute(act.tx)
      return rows[0]
    }),
  ),
  refuses: job('test.refuses', async (context) => {
    context.house.tries++
    throw refused('test.no', { why: 'because' })
  }),
  fails: job(
    'test.fails',
    async (context) => {
      context.house.tries++
      throw new Error('secret detail')
    },
    { retries: 1 },
  ),
  waits: job('test.waits', async (context) => {
    context.house.left('begun')
    for (;;) {
      await new Promise((resolve) => setTimeout(resolve, 30))
      await context.progress(1, 2)
    }
  }),
  zombie: job(
    'test.zombie',
    async (context) => {
      if (context.house.started.length > 0) return 'the second'
      context.house.started.push(context.runId)
      context.house.left('begun')
      await context.house.go
      await step(context, 99, 'zombie')
      return 'the first'
    },
    { concurrency: 2 },
  ),
  fragile: defineJob<{ steps: number }, House>({
    name: 'test.fragile',
    permission: 'test',
    input: z.object({ steps: z.number() }),
    run: async (context) => {
      for (let n = 1; n <= context.input.steps; n++) await step(context as JobContext, n, 'survivor')
      return 'finished'
    },
  }),
}
const all = Object.values(jobs)

let base: Scratch
let orgs: Planted
let account: string
let enter: Enter
const stops: (() => Promise<void>)[] = []

beforeAll(async () => {
  base = await scratch()
  orgs = await plantOrganisations(base.owner)
  account = await plantAccount(base.owner, orgs.first, 'clerk')
  await sql`create table public.step (run uuid, step int, worker text, primary key (run, step))`.execute(base.owner)
  await sql`grant select, insert on public.step to qiangshi_app`.execute(base.owner)
  enter = (asked, permission, work) =>
    transact(
      base.db,
      { actor: { account: asked, person: null, name: 'clerk' }, scope: { paths: ['m.q.s1'], self: false }, permission },
      work as never,
    )
  await prepareJobs(base.url, all)
})
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})
afterAll(() => base?.drop())

const work = async (house: Partial<House> = {}, pollSeconds = 0.5) => {
  const errors: unknown[] = []
  const made: House = { started: [], tries: 0, go: Promise.resolve(), left: () => {}, ...house }
  const workers = await startWorkers({
    url: base.url,
    house: made,
    jobs: all,
    enter,
    onError: (error) => errors.push(error),
    tuning: { superviseSeconds: 1, pollSeconds, retryDelaySeconds: 0 },
  })
  stops.push(workers.stop)
  return { ...workers, house: made, errors }
}
const ask = <I>(asked: Job<I, House>, input: I) =>
  base.as({ account, paths: ['m.q.s1'] }, (act) => enqueue(act, asked, input))
const look = (id: string) => base.as({ account }, (act) => runOf(act, id))
const until = async (id: string, state: Run['state']): Promise<Run> => {
  for (let n = 0; n < 2400; n++) {
    const run = await look(id)
    if (run.state === state) return run
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  throw new Error(`not ${state}: ${JSON.stringify(await look(id))}`)
}
const signal = () => {
  const { promise, resolve } = Promise.withResolvers<string>()
  return { promise, left: resolve }
}

describe('asking for work', () => {
  test('a command that is rolled back leaves no work', async () => {
    let id = ''
    await expect(
      base.as({ account }, async (act) => {
        id = await enqueue(act, jobs.counts, { n: 1 })
        throw new Error('no')
      }),
    ).rejects.toThrow('no')
    await expect(look(id)).rejects.toMatchObject({ code: 'not_found' })
    const { rows } = await sql`select 1 from pgboss.job where id = ${id}`.execute(base.owner)
    expect(rows).toEqual([])
  })

  test('input that does not fit is not taken', async () => {
    await expect(ask(jobs.counts, { n: 'many' } as never)).rejects.toThrow()
  })

  test('only the one who asked, and those in whose scope it is, see it and may call it off', async () => {
    const id = await ask(jobs.counts, { n: 0 })
    await expect(base.as({ account: newId() }, (act) => runOf(act, id))).rejects.toMatchObject({ code: 'not_found' })
    await expect(base.as({ account: newId(), paths: ['m.q.s2'] }, (act) => cancelRun(act, id))).rejects.toMatchObject({
      code: 'not_found',
    })
    expect((await base.as({ paths: ['m.q'] }, (act) => runOf(act, id))).id).toBe(id)
    expect((await base.as({ account }, (act) => runs(act, { own: true, limit: 1 }))).rows[0]!.id).toBe(id)
    expect(
      (await base.as({ account: newId(), paths: ['m.q'] }, (act) => runs(act, { own: true, limit: 9 }))).total,
    ).toBe(0)
    await base.as({ account }, (act) => cancelRun(act, id))
  })

  test('nobody asks in the name of another account', async () => {
    const forged = base.as({ account }, (act) =>
      sql`insert into jobs.run (id, name, account_id, input) values (${newId()}, 'x', ${newId()}, '{}')`.execute(
        act.tx,
      ),
    )
    await expect(forged).rejects.toThrow('row-level security')
  })
})

describe('working', () => {
  test('runs under the scope of whoever asked and keeps the result', async () => {
    await work()
    const run = await until(await ask(jobs.scoped, { n: 0 }), 'done')
    expect(run.result).toEqual({ account, scope: '{m.q.s1}' })
    const counted = await until(await ask(jobs.counts, { n: 3 }), 'done')
    expect(counted).toMatchObject({
      done: 3,
      total: 3,
      result: { counted: 3 },
      message: { code: 'test.at' },
      error: null,
    })
    expect(counted.endedAt).not.toBeNull()
  })

  test('begins at once and goes on at once, not at the next poll', async () => {
    const { house, errors } = await work({}, 60)
    const since = performance.now()
    for (const id of await Promise.all(Array.from({ length: 12 }, () => ask(jobs.counts, { n: 1 }))))
      await until(id, 'done')
    expect(performance.now() - since).toBeLessThan(50_000)
    expect(house.started).toHaveLength(12)
    expect(errors).toEqual([])
  })

  test('several workers start every run exactly once', async () => {
    const workers = [await work(), await work()]
    const ids = await Promise.all(Array.from({ length: 24 }, () => ask(jobs.counts, { n: 1 })))
    for (const id of ids) await until(id, 'done')
    expect(workers.flatMap(({ house }) => house.started).sort()).toEqual([...ids].sort())
  })

  test('a refusal ends it at once, with its words', async () => {
    const { house, errors } = await work()
    const run = await until(await ask(jobs.refuses, { n: 0 }), 'failed')
    expect(run.error).toEqual({ code: 'test.no', data: { why: 'because' } })
    expect(house.tries).toBe(1)
    expect(errors).toEqual([])
  })

  test('an error is tried again and then ends it, telling no detail', async () => {
    const { house, errors } = await work()
    const run = await until(await ask(jobs.fails, { n: 0 }), 'failed')
    expect(run.error).toMatchObject({ code: 'fault', data: { id: expect.any(String) } })
    expect(JSON.stringify(run)).not.toContain('secret detail')
    expect(house.tries).toBe(2)
    expect(errors.filter((error) => (error as Error).message === 'secret detail')).toHaveLength(2)
  })
})

describe('calling off', () => {
  test('a waiting run ends at once and never starts', async () => {
    const id = await ask(jobs.counts, { n: 1 })
    await base.as({ account }, (act) => cancelRun(act, id))
    expect((await look(id)).state).toBe('cancelled')
    const { house } = await work()
    await until(await ask(jobs.scoped, { n: 0 }), 'done')
    expect(house.started).not.toContain(id)
    await expect(base.as({ account }, (act) => cancelRun(act, id))).rejects.toBeInstanceOf(Refusal)
  })

  test('a running one stops when it is told', async () => {
    const { promise, left } = signal()
    await work({ left })
    const id = await ask(jobs.waits, { n: 0 })
    await promise
    await base.as({ account }, (act) => cancelRun(act, id))
    expect(await until(id, 'cancelled')).toMatchObject({ cancelAsked: true, error: null })
  })
})

describe('crashes', () => {
  test('a worker that stops puts its work back, and that does not count as a failure', async () => {
    const { promise, left } = signal()
    const first = await work({ left })
    const id = await ask(jobs.waits, { n: 0 })
    await promise
    await first.stop()
    expect((await look(id)).state).toBe('queued')
    const { rows } = await sql<{ failures: number }>`select failures from jobs.run where id = ${id}`.execute(base.owner)
    expect(rows[0]!.failures).toBe(0)
    await base.as({ account }, (act) => cancelRun(act, id))
  })

  test('kill -9: the run is taken again elsewhere, and what was committed is there once', async () => {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'crash.fixture.ts'), base.url], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const began = once(child.stdout!, 'data')
    const id = await ask(jobs.fragile, { steps: 3 })
    await began
    child.kill('SIGKILL')
    await once(child, 'exit')
    expect((await look(id)).state).toBe('running')
    // The heartbeat is made old rather than waited for.
    await sql`update pgboss.job set heartbeat_on = now() - interval '10 minutes' where id = ${id}`.execute(base.owner)
    await work()
    expect((await until(id, 'done')).result).toBe('finished')
    const { rows } = await sql<{
      step: number
      worker: string
    }>`select step, worker from public.step where run = ${id} order by step`.execute(base.owner)
    expect(rows).toEqual([
      { step: 1, worker: 'killed' },
      { step: 2, worker: 'survivor' },
      { step: 3, worker: 'survivor' },
    ])
  })

  test('a worker given up for dead that comes back changes nothing', async () => {
    const begun = signal()
    const go = Promise.withResolvers<void>()
    const { errors } = await work({ left: begun.left, go: go.promise })
    const id = await ask(jobs.zombie, { n: 0 })
    await begun.promise
    await sql`update pgboss.job set heartbeat_on = now() - interval '10 minutes' where id = ${id}`.execute(base.owner)
    expect((await until(id, 'done')).result).toBe('the second')
    go.resolve()
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(await look(id)).toMatchObject({ state: 'done', result: 'the second' })
    const { rows } = await sql`select 1 from public.step where run = ${id}`.execute(base.owner)
    expect(rows).toEqual([])
    expect(errors).toEqual([])
  })

  test('a database that drops all its connections is found again', async () => {
    await work()
    await until(await ask(jobs.scoped, { n: 0 }), 'done')
    await sql`select pg_terminate_backend(a.pid) from pg_stat_activity a
      where a.datname = current_database() and a.pid <> pg_backend_pid()`.execute(base.owner)
    await expect
      .poll(
        () =>
          ask(jobs.scoped, { n: 0 }).then(
            () => 'asked',
            () => 'gone',
          ),
        { timeout: 10_000 },
      )
      .toBe('asked')
    await until(await ask(jobs.scoped, { n: 0 }), 'done')
  })

  test('a run that lost its place in the queue, as after a restore, gets it back', async () => {
    const id = await ask(jobs.counts, { n: 1 })
    await sql`delete from pgboss.job where id = ${id}`.execute(base.owner)
    await prepareJobs(base.url, all)
    await work()
    await until(id, 'done')
  })
})
