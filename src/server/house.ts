/** Opens the house: database (embedded unless one is named), migrations, keys, permissions. Closes it again in order. */
import { join } from 'node:path'
import { Refusal, type RefusalData } from '../base/errors.ts'
import { type House, openKeys, Permissions } from '../platform/access/index.ts'
import { openWitness } from '../platform/audit/index.ts'
import { claimDataFolder, connect, type Db, migrate, ownerClient, startEmbedded } from '../platform/db/index.ts'
import { openStore } from '../platform/files/index.ts'
import { prepareJobs } from '../platform/jobs/index.ts'
import { loadOrKeep, PACKS, type Problem } from '../platform/policy/index.ts'
import { facts, jobs, loaders, modules } from './modules.ts'
import { inheritance, inheritedWitness, settleOwnership } from './ownership.ts'
import { parameterOf } from './parameter.ts'
import { assertSecret } from './ready.ts'
import type { Environment } from './settings.ts'

export type OpenHouse = House & {
  owner: Db
  databaseUrl: string
  applied: string[]
  /** Why the packs on the disk were not loaded; what was in force stays. */
  packProblems?: Problem[]
  /** Waits for what is under way, then lets go of everything. */
  close(): Promise<void>
  /** Stops the embedded database at once, whatever is under way. */
  abandon?: () => Promise<void>
}

export type Step = (code: string, data?: RefusalData) => void
type Options = { onStep?: Step; poolSize?: number }

/** The database that the environment names, or the embedded one on the data folder. */
export async function openDatabase(env: Environment, onStep: Step): Promise<{ url: string; stop(): Promise<void> }> {
  if (!env.databaseUrl) return startEmbedded({ folder: env.dataFolder, log: onStep })
  await assertReachable(env.databaseUrl)
  return { url: env.databaseUrl, stop: async () => {} }
}

/** A server of one's own must answer, and be PostgreSQL 15 or later. */
async function assertReachable(url: string): Promise<void> {
  const client = ownerClient(url)
  try {
    await client.connect()
    const { rows } = await client.query<{ version: number; encoding: string }>(
      `select current_setting('server_version_num')::int as version, current_setting('server_encoding') as encoding`,
    )
    const { version, encoding } = rows[0]!
    if (version < 150_000) throw new Refusal('fault', 'server.database_old', { version: Math.floor(version / 10_000) })
    if (encoding !== 'UTF8') throw new Refusal('fault', 'server.database_encoding', { encoding })
  } catch (error) {
    if (error instanceof Refusal) throw error
    throw new Refusal('fault', 'server.database_unreachable', {
      reason: (error as Error).message || String((error as { code?: string }).code),
    })
  } finally {
    await client.end().catch(() => {})
  }
}

/** @throws Refusal for every reason why the product cannot work here; nothing stays open then. */
export async function openHouse(
  env: Environment,
  { onStep = () => {}, poolSize = 20 }: Options = {},
): Promise<OpenHouse> {
  const { dataFolder, masterKey, production } = env
  assertSecret(env)
  if (env.databaseUrl) await claimDataFolder(dataFolder, 'files')
  const database = await openDatabase(env, onStep)
  // In the order in which they are closed again.
  const opened: (() => Promise<void>)[] = [database.stop]
  const close = async () => {
    for (const end of opened.splice(0)) await end()
  }
  try {
    await settleOwnership(dataFolder)
    const applied = await migrate(database.url, (name) => onStep('server.migrated', { name }))
    const owner = connect(database.url, { role: 'owner', max: 3 })
    opened.unshift(() => owner.destroy())
    const key = await openKeys(owner, masterKey, production)
    const packProblems = await loadOrTell(owner, onStep)
    for (const bringUp of loaders) tellOf(onStep, await bringUp(owner))
    await prepareJobs(database.url, jobs)
    const db = connect(database.url, { max: poolSize })
    opened.unshift(() => db.destroy())
    const files = await openStore(join(dataFolder, 'files'), key, await inheritance(dataFolder))
    // What the store has just made is the folder's owner's as well.
    await settleOwnership(dataFolder)
    return {
      db,
      owner,
      applied,
      packProblems,
      databaseUrl: database.url,
      key,
      files,
      witness: await inheritedWitness(dataFolder, openWitness(join(dataFolder, 'audit-heads'), key('audit.head'))),
      permissions: new Permissions(modules.flatMap((module) => module.permissions)),
      settings: {
        demo: env.demo,
        production,
        publicUrl: env.publicUrl,
        dataFolder,
        ...(env.proxies ? { proxies: env.proxies } : {}),
        ...(env.mail ? { mail: env.mail } : {}),
        ...(env.outbound ? { outbound: env.outbound } : {}),
        secondFactor: env.secondFactor,
      },
      parameter: parameterOf,
      close,
      abandon: database.stop,
    }
  } catch (error) {
    await close()
    throw error
  }
}

/** Where packs are wrong, every mistake is told with its place, whether the product starts with those in force or cannot start at all. */
async function loadOrTell(owner: Db, onStep: Step): Promise<Problem[]> {
  try {
    const problems = await loadOrKeep(owner, facts, PACKS)
    if (problems.length > 0) onStep('server.packs_kept', { count: problems.length })
    tellOf(onStep, problems)
    return problems
  } catch (error) {
    if (error instanceof Refusal && error.code === 'policy.pack_invalid')
      tellOf(onStep, error.data.problems as Problem[])
    throw error
  }
}

function tellOf(onStep: Step, problems: readonly Problem[]) {
  for (const { file, line, column, zh, en } of problems.slice(0, MOST_TOLD))
    onStep('server.pack_problem', { file, line, column, zh, en })
}

const MOST_TOLD = 20
