/** Work without anybody asking: sealing the audit trail, what falls due on a day, and the workers of background jobs. */
import { sql } from 'kysely'
import { Refusal } from '../base/errors.ts'
import { actFor, actorOfAccount, type House } from '../platform/access/index.ts'
import { makeTotal, sealTrail, signerOf } from '../platform/audit/index.ts'
import { hearChosen } from '../platform/cipher/index.ts'
import { type Act, isGone, SYSTEM, transact } from '../platform/db/index.ts'
import { startWorkers } from '../platform/jobs/index.ts'
import { entriesInLedger } from '../platform/ledger/index.ts'
import type { OpenHouse } from './house.ts'
import { beats, dailies, jobs } from './modules.ts'
import { sealAnew } from './reseal.ts'

const SEAL_EVERY = 5_000

/** Starts it; `stop` waits for what is running. Several processes may do this side by side. */
export async function background(
  house: OpenHouse,
  onTrouble: (text: string) => void,
): Promise<{ stop(): Promise<void> }> {
  let stopped = false
  let noted = false
  const signer = signerOf(house.key)
  let totalled: string | null = null
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
      // By the machine's clock, as outsiders count days.
      const date = new Date().toDateString()
      if (date !== totalled && (await makeTotal(house.db, signer, { ledger: await entriesInLedger(house.owner) })))
        totalled = date
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
  // Texts under a choice that is over: after every start and every switch, and once a day for what a program wrote that had not heard of it.
  // Beside the other work, since it may take long.
  const ending = new AbortController()
  let resealedOn: string | null = null
  let resealing: Promise<void> | undefined
  const resealed = async () => {
    try {
      const { columns, files } = await sealAnew(house, undefined, { signal: ending.signal })
      if (files.broken.length > 0) onTrouble(`${files.broken.length} files open under no key or are damaged`)
      for (const { table, broken } of columns)
        if (broken.length > 0) onTrouble(`${broken.length} sealed texts of ${table} open under no key`)
    } catch (error) {
      if (!stopped && !isGone(error)) onTrouble(`sealing anew: ${String(error)}`)
    }
    resealing = undefined
  }
  const hear = async () => {
    try {
      const switched = await hearChosen(house.key, house.db)
      if (resealing || (!switched && resealedOn === day)) return
      resealedOn = day
      resealing = resealed()
    } catch (error) {
      if (!stopped && !isGone(error)) onTrouble(`hearing of the cipher: ${String(error)}`)
    }
  }
  // Each by itself: a mail server that keeps somebody waiting keeps nothing else.
  const beating = new Map<string, Promise<void>>()
  const beat = () => {
    for (const { name, run } of beats) {
      if (beating.has(name)) continue
      const round = run(house)
        .catch((error: unknown) => {
          if (!stopped && !isGone(error)) onTrouble(`${name}: ${String(error)}`)
        })
        .finally(() => beating.delete(name))
      beating.set(name, round)
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
    running = running.then(seal).then(daily).then(hear)
    beat()
  }, SEAL_EVERY)
  return {
    stop: async () => {
      stopped = true
      ending.abort()
      clearInterval(timer)
      await workers.stop()
      await Promise.all([running, ...beating.values()])
      await resealing
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
