/** One throw-away database server per test run, and databases on it: empty ones, and clones of templates that are built once. */
import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { newId } from '../../src/base/ids.ts'
import { CLUSTER, canReach } from '../../src/platform/db/data-folder.ts'
import { startEmbedded } from '../../src/platform/db/embedded.ts'
import { shutDown } from '../../src/platform/db/postmaster.ts'

const NAME = 'QIANGSHI_TEST_URL'
const FOLDER = /^qiangshi-test-(\d+)-/
const OUR_TEMPLATE = 'qiangshi test template'

/** For a server that nothing of has to outlive a power cut: what is written may stay in memory, and dropping a database waits for no disk. */
const PASSING = { max_connections: '300', synchronous_commit: 'off', fsync: 'off', full_page_writes: 'off' }

/** The server of this run; a server named in `QIANGSHI_TEST_URL` beforehand is used as it is. */
export function clusterUrl(): string {
  const url = process.env[NAME]
  if (!url) throw new Error(`No test server: run the tests with "npm test", or name a PostgreSQL server in ${NAME}.`)
  return url
}

/** Vitest calls this once before all tests; what it returns, after them. */
export default async function setup(): Promise<() => Promise<void>> {
  if (process.env[NAME]) return dropTemplates
  await sweep()
  const folder = await temporaryFolder()
  const server = await startEmbedded({ folder, settings: PASSING })
  process.env[NAME] = server.url
  return async () => {
    delete process.env[NAME]
    await server.stop()
    // Programs under test that outlived their test must not keep the server.
    await shutDown(join(folder, CLUSTER), 'now')
    await rm(folder, { recursive: true, force: true })
  }
}

/** A new folder for a database server to work in. The next run removes it, and ends a server on it, if this one is killed. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(await openFolder(), `qiangshi-test-${process.pid}-`))
  await chmod(folder, 0o711)
  return folder
}

/** Where the unprivileged user, that servers of root run as, can go as well. */
async function openFolder(): Promise<string> {
  if (process.getuid?.() !== 0) return tmpdir()
  for (const folder of [tmpdir(), '/tmp', '/var/tmp']) {
    if (await canReach(folder, { uid: 65_534, gid: 65_534 }).catch(() => false)) return folder
  }
  return tmpdir()
}

/** Ends and removes the servers of runs that were killed. */
export async function sweep(): Promise<void> {
  const base = await openFolder()
  for (const name of await readdir(base)) {
    const pid = FOLDER.exec(name)?.[1]
    if (!pid || isAlive(Number(pid))) continue
    // Another user's leftovers are another user's.
    await shutDown(join(base, name, CLUSTER), 'now').catch(() => {})
    await rm(join(base, name), { recursive: true, force: true }).catch(() => {})
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** A new database, empty or a clone of a template; returns its connection string. */
export async function createDatabase(template = 'template0'): Promise<string> {
  const name = `test_${newId().replaceAll('-', '')}`
  for (let attempt = 1; ; attempt++) {
    try {
      await administer((client) =>
        client.query(`create database ${name} template ${pg.escapeIdentifier(template)} encoding 'UTF8'`),
      )
      return databaseUrl(name)
    } catch (error) {
      if (codeOf(error) !== OBJECT_IN_USE || attempt === 100) throw error
      await sleep(50 + Math.random() * 50)
    }
  }
}

/** Drops a database whoever is still connected to it. */
export async function dropDatabase(url: string): Promise<void> {
  const name = new URL(url).pathname.slice(1)
  await administer((client) => client.query(`drop database if exists ${pg.escapeIdentifier(name)} with (force)`))
}

/**
 * Builds a database once per run for all test files that want to clone it, and returns its name for `createDatabase`. Callers that
 * come while it is being built wait. `build` must close its connections.
 */
export async function templateDatabase(name: string, build: (url: string) => Promise<void>): Promise<string> {
  const database = `template_${name}`
  const quoted = pg.escapeIdentifier(database)
  await administer(async (client) => {
    await client.query(`select pg_advisory_lock(hashtextextended($1, 0))`, [database])
    const { rows } = await client.query('select d.datistemplate as ready from pg_database d where d.datname = $1', [
      database,
    ])
    if (rows[0]?.ready) return
    // A build that failed leaves a database that is not a template yet.
    await client.query(`drop database if exists ${quoted} with (force)`)
    await client.query(`create database ${quoted} template template0 encoding 'UTF8'`)
    await build(databaseUrl(database))
    await client.query(`comment on database ${quoted} is '${OUR_TEMPLATE}'`)
    await client.query(`alter database ${quoted} with is_template true allow_connections false`)
  })
  return database
}

/** On a server that outlives the run, a template would be out of date for the next one. */
async function dropTemplates(): Promise<void> {
  await administer(async (client) => {
    const { rows } = await client.query(
      `select quote_ident(d.datname) as name from pg_database d where shobj_description(d.oid, 'pg_database') = $1`,
      [OUR_TEMPLATE],
    )
    for (const { name } of rows) {
      await client.query(`alter database ${name} with is_template false`)
      await client.query(`drop database ${name} with (force)`)
    }
  })
}

const OBJECT_IN_USE = '55006'
const codeOf = (error: unknown): string | undefined => (error as { code?: string }).code
const databaseUrl = (name: string): string => Object.assign(new URL(clusterUrl()), { pathname: `/${name}` }).href

async function administer<R>(work: (client: pg.Client) => Promise<R>): Promise<R> {
  const client = new pg.Client({ connectionString: databaseUrl('postgres') })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
