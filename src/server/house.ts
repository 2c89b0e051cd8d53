/** Opens the house: database (embedded unless one is named), migrations, keys, permissions. Closes it again in order. */
import { join } from 'node:path'
import { Refusal, type RefusalData } from '../base/errors.ts'
import { type House, openKeys, Permissions } from '../platform/access/index.ts'
import { openWitness } from '../platform/audit/index.ts'
import { connect, type Db, migrate, ownerClient, startEmbedded } from '../platform/db/index.ts'
import { openStore } from '../platform/files/index.ts'
import { prepareJobs } from '../platform/jobs/index.ts'
import { loadPacks, PACKS } from '../platform/policy/index.ts'
import { facts, jobs, loaders, modules } from './modules.ts'
import type { Environment } from './settings.ts'

export type OpenHouse = House & { owner: Db; databaseUrl: string; applied: string[]; close(): Promise<void> }

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
    const { rows } = await client.query<{ server_version_num: string }>('show server_version_num')
    const version = Number(rows[0]!.server_version_num)
    if (version < 150_000) throw new Refusal('fault', 'server.database_old', { version: Math.floor(version / 10_000) })
  } catch (error) {
    if (error instanceof Refusal) throw error
    throw new Refusal('fault', 'server.database_unreachable', {
      reason: (error as Error).message || String((error as { code?: string }).code),
    })
  } finally {
    await client.end().catch(() => {})
  }
}

export async function openHouse(
  env: Environment,
  { onStep = () => {}, poolSize = 20 }: Options = {},
): Promise<OpenHouse> {
  const database = await openDatabase(env, onStep)
  try {
    const applied = await migrate(database.url, (name) => onStep('server.migrated', { name }))
    const owner = connect(database.url, { role: 'owner', max: 3 })
    await loadPacks(owner, facts, PACKS)
    for (const bringUp of loaders) await bringUp(owner)
    await prepareJobs(database.url, jobs)
    const db = connect(database.url, { max: poolSize })
    const key = await openKeys(owner, env.masterKey, env.production)
    return {
      db,
      owner,
      applied,
      databaseUrl: database.url,
      key,
      files: await openStore(join(env.dataFolder, 'files')),
      witness: openWitness(join(env.dataFolder, 'audit-heads'), key('audit.head')),
      permissions: new Permissions(modules.flatMap((module) => module.permissions)),
      settings: { demo: env.demo, production: env.production, publicUrl: env.publicUrl, dataFolder: env.dataFolder },
      close: async () => {
        await db.destroy()
        await owner.destroy()
        await database.stop()
      },
    }
  } catch (error) {
    await database.stop()
    throw error
  }
}
