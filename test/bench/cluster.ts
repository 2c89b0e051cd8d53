/** The throw-away database server of a run, with the settings that the product ships with, and houses opened on it. */
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import pg from 'pg'
import { newId } from '../../src/base/ids.ts'
import { CLUSTER } from '../../src/platform/db/data-folder.ts'
import { startEmbedded } from '../../src/platform/db/index.ts'
import { shutDown } from '../../src/platform/db/postmaster.ts'
import { performYear } from '../../src/server/commands/year.ts'
import { loadDemo } from '../../src/server/demo.ts'
import { type OpenHouse, openHouse } from '../../src/server/house.ts'
import { readEnvironment } from '../../src/server/settings.ts'
import type { YearResult } from '../../src/server/year/summary.ts'
import { temporaryFolder } from '../harness/cluster.ts'
import type { Bench } from './measure.ts'

export type Cluster = Bench & { version: string; stop: () => Promise<void> }

/** Starts the server in the temp folder; `stop` ends it and removes everything. */
export async function openCluster(say: (text: string) => void): Promise<Cluster> {
  const folder = await temporaryFolder()
  const server = await startEmbedded({ folder, settings: { track_functions: 'pl' } })
  process.env.QIANGSHI_BENCH_DATA = join(folder, 'house')
  await mkdir(process.env.QIANGSHI_BENCH_DATA)
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

/** A house as the server opens it: migrated, packs loaded, the pool of this size; also in a child process of the run. */
export const openBenchHouse = (databaseUrl: string, poolSize?: number): Promise<OpenHouse> =>
  openHouse(
    readEnvironment({ PORT: '0', QIANGSHI_DATA: process.env.QIANGSHI_BENCH_DATA, DATABASE_URL: databaseUrl }),
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

/** A district whose year has been performed, once a run, with what that took. Clone it; nobody may be connected to it. */
export const performedYear = (
  bench: Bench,
): Promise<{ url: string; seconds: number; acts: number; result: YearResult }> =>
  bench.once('year', async () => {
    const house = await districtHouse(bench)
    try {
      // Every act of the API enters the database by this function once.
      const acts = async (): Promise<number> => {
        const { rows } = await sql<{
          calls: number
        }>`select coalesce(sum(f.calls), 0)::int as calls from pg_stat_user_functions f
          where f.schemaname = 'db' and f.funcname = 'enter'`.execute(house.owner)
        return rows[0]!.calls
      }
      const before = await acts()
      bench.say('a whole training year: some minutes')
      const begun = performance.now()
      const result = await performYear(house)
      const seconds = (performance.now() - begun) / 1000
      // Connections hand their counts in once a second at most.
      await sleep(2000)
      return { url: house.databaseUrl, seconds, acts: (await acts()) - before, result }
    } finally {
      await house.close()
    }
  })
