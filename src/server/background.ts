/** Work without anybody asking: sealing the audit trail, what falls due on a day, and the workers of background jobs. */
import { sql } from 'kysely'
import { Refusal } from '../base/errors.ts'
import { actFor, actorOfAccount, type House } from '../platform/access/index.ts'
import { sealTrail } from '../platform/audit/index.ts'
import { type Act, isGone, SYSTEM, transact } from '../platform/db/index.ts'
import { startWorkers } from '../platform/jobs/index.ts'
import { entriesInLedger } from '../platform/ledger/index.ts'
import type { OpenHouse } from './house.ts'
import { dailies, jobs } from './modules.ts'

const SEAL_EVERY = 5_000

/** Starts it; `stop` waits for what is running. Several processes may do this side by side. */
export async function background(
  house: OpenHouse,
  onTrouble: (text: string) => void,
): Promise<{ stop(): Promise<void> }> {
  let stopped = false
  let noted = false
  let running = Promise.resolve()
  const seal = async () => {
    try {
      const linked = await sealTrail(house.db)
      if (linked > 0 || !noted) {
        const { state } = await house.witness.note(house.db, { ledger: await entriesInLedger(house.owner) })
        if (!noted && state !== 'held' && state !== 'none')
          onTrouble(`audit trail: the head noted beside the database is ${state}`)
        noted = true
      }
    } catch (error) {
      if (!stopped && !isGone(error)) onTrouble(`sealing the audit trail: ${String(error)}`)
    }
  }
  // By the product's clock, whichever way it is moved; a day on which something failed is tried again at the next beat.
  let day: string | null = null
  const daily = async () => {
    try {
      const { rows } = await sql<{ today: string }>`select db.today()::text as today`.execute(house.db)
      const { today } = rows[0]!
      if (today === day) return
      for (const { permission, run } of dailies) await enterFor(house, null, permission, run)
      day = today
    } catch (error) {
      if (!stopped && !isGone(error)) onTrouble(`work of the day: ${String(error)}`)
    }
  }
  const workers = await startWorkers<House>({
    url: house.databaseUrl,
    house,
    jobs,
    enter: (account, permission, work) => enterFor(house, account, permission, work as never) as never,
    onError: (error, { job }) => onTrouble(`background work ${job ?? ''}: ${String(error)}`),
  })
  running = daily()
  const timer = setInterval(() => {
    running = running.then(seal).then(daily)
  }, SEAL_EVERY)
  return {
    stop: async () => {
      stopped = true
      clearInterval(timer)
      await workers.stop()
      await running
    },
  }
}

/** A job acts for the account that asked for it, under the roles it has now; without an account the product itself acts on everything. */
async function enterFor<R>(
  house: House,
  account: string | null,
  permission: string,
  work: (act: Act) => Promise<R>,
): Promise<R> {
  if (account === null) {
    const { rows } = await sql<{
      path: string
    }>`select o.path::text from directory.organisation o where o.parent_id is null`.execute(house.db)
    return transact(
      house.db,
      { actor: SYSTEM, permission, scope: { paths: rows.map(({ path }) => path), self: false } },
      work,
    )
  }
  const actor = await actorOfAccount(house.db, account)
  if (!actor) throw new Refusal('forbidden', 'access.forbidden', { permission })
  return actFor(house, actor, permission, work)
}
