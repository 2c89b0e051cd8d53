/** Work without anybody asking: sealing the audit trail, and the workers of background jobs. */
import { sql } from 'kysely'
import { Refusal } from '../base/errors.ts'
import { actFor, actorOfAccount, type House } from '../platform/access/index.ts'
import { sealTrail } from '../platform/audit/index.ts'
import { type Act, isGone, SYSTEM, transact } from '../platform/db/index.ts'
import { startWorkers } from '../platform/jobs/index.ts'
import type { OpenHouse } from './house.ts'
import { jobs } from './modules.ts'

const SEAL_EVERY = 5_000

/** Starts it; `stop` waits for what is running. Several processes may do this side by side. */
export async function background(
  house: OpenHouse,
  onTrouble: (text: string) => void,
): Promise<{ stop(): Promise<void> }> {
  let stopped = false
  let running = Promise.resolve()
  const seal = async () => {
    try {
      await sealTrail(house.db)
    } catch (error) {
      if (!stopped && !isGone(error)) onTrouble(`sealing the audit trail: ${String(error)}`)
    }
  }
  const workers = await startWorkers<House>({
    url: house.databaseUrl,
    house,
    jobs,
    enter: (account, permission, work) => enterFor(house, account, permission, work as never) as never,
    onError: (error, { job }) => onTrouble(`background work ${job ?? ''}: ${String(error)}`),
  })
  const timer = setInterval(() => {
    running = running.then(seal)
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
