/** A worker process for the crash test: commits the first step of its job, says so, and then hangs until it is killed. */
import { sql } from 'kysely'
import { z } from 'zod'
import { connect, transact } from '../db/index.ts'
import { defineJob, startWorkers } from './index.ts'

const url = process.argv[2]!
const db = connect(url)

const fragile = defineJob({
  name: 'test.fragile',
  permission: 'test',
  input: z.object({ steps: z.number() }),
  run: async (context) => {
    await context.act((act) =>
      sql`insert into public.step (run, step, worker) values (${context.runId}, 1, 'killed') on conflict do nothing`.execute(
        act.tx,
      ),
    )
    process.stdout.write('first step\n')
    await new Promise(() => setInterval(() => {}, 1000))
  },
})

await startWorkers({
  url,
  house: null,
  jobs: [fragile],
  enter: (account, permission, work) =>
    transact(
      db,
      { actor: { account, person: null, name: 'test' }, scope: { paths: ['m'], self: false }, permission },
      work as never,
    ),
})
