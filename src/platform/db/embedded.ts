/** The embedded database: one PostgreSQL server on the data folder, shared by every program of the product that needs it. */
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { Refusal, type RefusalData } from '../../base/errors.ts'
import { CLUSTER, claimDataFolder } from './data-folder.ts'
import { isLast, type Lease, type Place, takeLease } from './lease.ts'
import { OWNER, shutDown } from './postmaster.ts'

export type Embedded = {
  /** Connection string of the owner. It stays true while this program runs: a server that has to be started again keeps its port. */
  url: string
  port: number
  /** False where the server was already running, started by another program. */
  startedHere: boolean
  /** Lets go of the server; the last program to do so shuts it down and waits for it. Close the pools first. */
  stop(): Promise<void>
}

type Options = {
  /** The data folder (`QIANGSHI_DATA`). */
  folder: string
  /** Told of each long step by a key of the message catalog: `db.creating`, `db.elsewhere`, `db.starting`, `db.recovering`, `db.restarting`, `db.restarted`. */
  log?: (code: string, data?: RefusalData) => void
  /** PostgreSQL settings over ours. */
  settings?: Record<string, string>
}

const DATABASE = 'qiangshi'

/**
 * Starts the server on this folder, or attaches to the one that runs there, and makes sure the database exists.
 * A server that dies under a running program is started again on the same port.
 * @throws Refusal of kind `fault`: `db.folder_foreign`, `db.folder_not_writable`, `db.folder_wrong_version`, `db.folder_locked`,
 * `db.engine_missing`, `db.start_failed`.
 */
export async function startEmbedded({ folder, log = () => {}, settings = {} }: Options): Promise<Embedded> {
  const data = await claimDataFolder(folder)
  const place: Place = { ...data, cluster: join(data.home, CLUSTER), password: '', settings, log, leaving: false }
  const first = await takeLease(place)
  const { port, startedHere } = first
  const url = (database: string) => `postgres://${OWNER}:${place.password}@127.0.0.1:${port}/${database}`
  await ensureDatabase(url('postgres'))

  let lease: Lease | undefined
  let reviving: Promise<void> | undefined
  const hold = (taken: Lease): void => {
    lease = taken
    taken.client.once('end', () => {
      lease = undefined
      if (!place.leaving) reviving = revive()
    })
  }
  const revive = async (): Promise<void> => {
    log('db.restarting')
    while (!place.leaving && !lease) {
      try {
        const taken = await takeLease(place, port)
        log('db.restarted')
        hold(taken)
      } catch (error) {
        if (place.leaving) return
        if (error instanceof Refusal) log(error.code, error.data)
        else log('db.start_failed', { log: String(error) })
        await sleep(1000)
      }
    }
  }
  hold(first)

  const letGo = async (): Promise<void> => {
    place.leaving = true
    await reviving
    if (lease && (await isLast(lease.client))) await shutDown(place.cluster)
    await lease?.client.end().catch(() => {})
  }
  let gone: Promise<void> | undefined
  const stop = (): Promise<void> => (gone ??= letGo())
  return { url: url(DATABASE), port, startedHere, stop }
}

async function ensureDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rowCount } = await client.query('select from pg_database d where d.datname = $1', [DATABASE])
    if (!rowCount) await client.query(`create database ${DATABASE}`)
  } catch (error) {
    // Two programs at once: the other one made it.
    if (!['42P04', '23505'].includes(String((error as { code?: string }).code))) throw error
  } finally {
    await client.end()
  }
}
