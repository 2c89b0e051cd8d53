/** Opens the house: database (embedded unless one is named), migrations, keys, permissions. Closes it again in order. */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type House, openKeys, Permissions } from '../platform/access/index.ts'
import { connect, type Db, migrate, startEmbedded } from '../platform/db/index.ts'
import { modules } from './modules.ts'
import type { Environment } from './settings.ts'

export type OpenHouse = House & { owner: Db; databaseUrl: string; applied: string[]; close(): Promise<void> }

type Options = { onStep?: (text: string) => void; poolSize?: number }

/** The database that the environment names, or the embedded one on the data folder. */
export async function openDatabase(env: Environment, onStep: (text: string) => void): Promise<{ url: string; stop(): Promise<void> }> {
  if (env.databaseUrl) return { url: env.databaseUrl, stop: async () => {} }
  const embedded = await startEmbedded({ folder: join(env.dataFolder, 'postgres'), log: onStep })
  return { url: embedded.url, stop: () => (embedded.startedHere ? embedded.stop() : Promise.resolve()) }
}

export async function openHouse(env: Environment, { onStep = () => {}, poolSize = 20 }: Options = {}): Promise<OpenHouse> {
  if (!env.databaseUrl) await mkdir(env.dataFolder, { recursive: true })
  const database = await openDatabase(env, onStep)
  try {
    const applied = await migrate(database.url, (name) => onStep(`migrated ${name}`))
    const owner = connect(database.url, { role: 'owner', max: 3 })
    const db = connect(database.url, { max: poolSize })
    const key = await openKeys(owner, env.masterKey, env.production)
    return {
      db,
      owner,
      applied,
      databaseUrl: database.url,
      key,
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
