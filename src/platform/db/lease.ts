/** A program's hold on the embedded server: whoever comes first starts it, others attach, and the last one to leave knows that it is the last. */
import { randomBytes } from 'node:crypto'
import { access, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { Refusal, type RefusalData } from '../../base/errors.ts'
import { type DataFolder, writeOnce } from './data-folder.ts'
import { type Engine, findEngine } from './engine.ts'
import { clearDrafts, endOrphans, freePort, initialise, lastPort, launch, OWNER, running } from './postmaster.ts'

export type Place = DataFolder & {
  cluster: string
  /** Known once a lease has been taken. */
  password: string
  settings: Record<string, string>
  log: (code: string, data?: RefusalData) => void
  /** Set when the program lets go: nothing is started any more. */
  leaving: boolean
}

/** A connection that marks the server as in use. It does not keep the program from ending. */
export type Lease = { startedHere: boolean; port: number; client: pg.Client }

const SECRET = 'postgres.secret'
const PATIENCE = 30_000
/** Every program that uses the server holds this advisory lock shared; whoever gets it alone is the last one. */
const IN_USE = 7_413_921
const STARTING_UP = '57P03'
const WRONG_PASSWORD = '28P01'

/** Attaches or starts, whichever the folder calls for, again and again while another program is starting, stopping or dying on it. */
export async function takeLease(place: Place, fixedPort?: number): Promise<Lease> {
  const patience = new Patience(place)
  try {
    for (;;) {
      if (place.leaving) throw new Refusal('fault', 'db.start_failed', { folder: place.folder, log: '' })
      const live = await running(place.cluster)
      const lease = live ? await attach(place, live.port, patience) : await start(place, patience, fixedPort)
      if (lease) return lease
      await patience.pause(100)
    }
  } catch (error) {
    const { code } = error as { code?: string }
    if (code === 'EACCES' || code === 'EPERM') throw new Refusal('fault', 'db.folder_locked', { folder: place.folder })
    throw error
  }
}

/** How long a start may take: half a minute, and without end while a server recovers. */
class Patience {
  private readonly place: Place
  private until = Date.now() + PATIENCE
  private recoveringSince = 0
  private readonly told = new Set<string>()
  reason = ''
  constructor(place: Place) {
    this.place = place
  }
  recovering(): void {
    this.until = Date.now() + PATIENCE
    this.recoveringSince ||= Date.now()
    if (Date.now() > this.recoveringSince + 3000) this.tell('db.recovering')
  }
  starting(): void {
    this.tell('db.starting')
  }
  private tell(code: string): void {
    if (this.told.has(code)) return
    this.told.add(code)
    this.place.log(code)
  }
  async pause(milliseconds: number): Promise<void> {
    const { folder } = this.place
    if (Date.now() > this.until) {
      throw new Refusal('fault', this.reason ? 'db.start_failed' : 'db.folder_locked', { folder, log: this.reason })
    }
    await sleep(milliseconds)
  }
}

async function attach(place: Place, port: number, patience: Patience): Promise<Lease | undefined> {
  place.password = await readFile(join(place.home, SECRET), 'utf8')
  const client = port ? await connect(place, port, patience) : undefined
  return client && { startedHere: false, port, client }
}

async function start(place: Place, patience: Patience, fixedPort: number | undefined): Promise<Lease | undefined> {
  const engine = await findEngine(place)
  await prepare(place, engine)
  const port = await freePort(fixedPort ?? (await lastPort(place.cluster)))
  if (fixedPort && port !== fixedPort) return undefined
  patience.starting()
  const coming = await launch(engine, place, port)
  while (coming.failed === undefined) {
    const client = await connect(place, port, patience)
    if (client) return { startedHere: true, port, client }
    await patience.pause(30)
  }
  patience.reason = coming.failed
  if (/pre-existing shared memory/.test(coming.failed)) await endOrphans(place.cluster)
  if (isPassing(coming.failed)) return undefined
  throw new Refusal('fault', 'db.start_failed', { folder: place.folder, log: coming.failed })
}

/** Another server is still leaving, or another program was quicker: a matter of moments. */
const isPassing = (log: string): boolean =>
  /lock file "postmaster.pid"|pre-existing shared memory|could not bind/.test(log)

/** A cluster of the right version and its password, made now where there is none. */
async function prepare(place: Place, engine: Engine): Promise<void> {
  const { folder, home, cluster, identity } = place
  place.password = await writeOnce(join(home, SECRET), randomBytes(24).toString('hex'), 0o600, identity)
  if (await isMissing(cluster)) {
    place.log('db.creating')
    if (home !== folder) place.log('db.elsewhere', { database: home })
    await clearDrafts(home)
    await initialise(engine, cluster, place.password, identity)
  }
  const found = (await readFile(join(cluster, 'PG_VERSION'), 'utf8')).trim()
  if (found !== engine.major)
    throw new Refusal('fault', 'db.folder_wrong_version', { folder, found, wanted: engine.major })
}

const isMissing = (path: string): Promise<boolean> =>
  access(path).then(
    () => false,
    () => true,
  )

/** Undefined while the server is not, or no longer, taking connections. */
async function connect(place: Place, port: number, patience: Patience): Promise<pg.Client | undefined> {
  const { folder, cluster, password } = place
  const order = { host: '127.0.0.1', port, user: OWNER, password, database: 'postgres', keepAlive: true }
  const client = new pg.Client({ ...order, application_name: 'qiangshi-lease' })
  client.on('error', () => {})
  try {
    await client.connect()
    const { rows } = await client.query(
      `select current_setting('data_directory') as folder, pg_advisory_lock_shared(${IN_USE})`,
    )
    if (rows[0].folder !== cluster) throw new Refusal('fault', 'db.folder_locked', { folder })
    keepAlive(client, false)
    return client
  } catch (error) {
    await client.end().catch(() => {})
    if (error instanceof Refusal) throw error
    const { code, message } = error as { code?: string; message: string }
    if (code === WRONG_PASSWORD) throw new Refusal('fault', 'db.start_failed', { folder, log: message })
    if (code === STARTING_UP) patience.recovering()
    return undefined
  }
}

/** Gives up the hold; true where nobody else has one. Nobody can take a new one until this connection ends. */
export async function isLast(client: pg.Client): Promise<boolean> {
  keepAlive(client, true)
  try {
    const { rows } = await client.query(
      `select pg_advisory_unlock_shared(${IN_USE}), pg_try_advisory_lock(${IN_USE}) as last`,
    )
    return rows[0].last === true
  } catch {
    return false
  }
}

/** Whether this connection keeps the program from ending; the types of `pg` do not know of it. */
function keepAlive(client: pg.Client, yes: boolean): void {
  const known = client as unknown as { ref(): void; unref(): void }
  if (yes) known.ref()
  else known.unref()
}
