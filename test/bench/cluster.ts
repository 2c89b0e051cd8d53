/** The throw-away database server of a run, with the settings that the product ships with, and houses opened on it. */
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { newId } from '../../src/base/ids.ts'
import { CLUSTER } from '../../src/platform/db/data-folder.ts'
import { startEmbedded } from '../../src/platform/db/index.ts'
import { shutDown } from '../../src/platform/db/postmaster.ts'
import { loadDemo } from '../../src/server/demo.ts'
import { type OpenHouse, openHouse } from '../../src/server/house.ts'
import { temporaryFolder } from '../harness/cluster.ts'
import type { Bench } from './measure.ts'

export type Cluster = Bench & { version: string; stop: () => Promise<void> }

/** Starts the server in the temp folder; `stop` ends it and removes everything. */
export async function openCluster(say: (text: string) => void): Promise<Cluster> {
  const folder = await temporaryFolder()
  const server = await startEmbedded({ folder })
  const at = (name: string) => Object.assign(new URL(server.url), { pathname: `/${name}` }).href
  const admin = new pg.Client({ connectionString: at('postgres') })
  await admin.connect()
  const { rows } = await admin.query<{ server_version: string }>('show server_version')
  const kept = new Map<string, Promise<unknown>>()
  return {
    say,
    version: rows[0]!.server_version,
    database: async (cloneOf) => {
      const name = `bench_${newId().replaceAll('-', '')}`
      const template = cloneOf ? new URL(cloneOf).pathname.slice(1) : 'template0'
      await admin.query(`create database ${name} template ${pg.escapeIdentifier(template)} encoding 'UTF8'`)
      return at(name)
    },
    once: <T>(key: string, work: () => Promise<T>) => {
      if (!kept.has(key)) kept.set(key, work())
      return kept.get(key) as Promise<T>
    },
    stop: async () => {
      await admin.end()
      await server.stop()
      await shutDown(join(folder, CLUSTER), 'now')
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** A house as the server opens it: migrated, packs loaded, the pool of this size. */
export const openBenchHouse = (databaseUrl: string, poolSize?: number): Promise<OpenHouse> =>
  openHouse(
    {
      port: 0,
      host: '127.0.0.1',
      dataFolder: '/nonexistent',
      databaseUrl,
      demo: true,
      production: false,
      publicUrl: 'http://127.0.0.1',
      masterKey: undefined,
    },
    poolSize === undefined ? {} : { poolSize },
  )

/** The demonstration district, loaded once a run; clone it with `bench.database(url)`. Nobody may be connected to it. */
export const district = (bench: Bench): Promise<string> =>
  bench.once('district', async () => {
    bench.say('loading the demonstration district')
    const url = await bench.database()
    const house = await openBenchHouse(url)
    await loadDemo(house, () => {})
    await house.close()
    return url
  })

/** A house on a fresh copy of the demonstration district. */
export async function districtHouse(bench: Bench, poolSize?: number): Promise<OpenHouse> {
  return openBenchHouse(await bench.database(await district(bench)), poolSize)
}
