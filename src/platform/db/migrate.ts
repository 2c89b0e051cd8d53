/** Forward-only SQL migrations from every module's `migrations/` folder, ordered by the timestamp in their names. */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import { Refusal } from '../../base/errors.ts'
import { ensureAppRole } from './app-role.ts'
import { connect, type Db } from './connect.ts'

const SOURCE = join(import.meta.dirname, '..', '..')

/** All migrations by name, `20261122T0001_db_foundation` style: the timestamp is unique in the house. */
export async function migrationFiles(): Promise<Map<string, string>> {
  const found: [string, string][] = []
  for (const tier of ['platform', 'domains']) {
    for (const folder of await readdir(join(SOURCE, tier)).catch(() => [])) {
      const at = join(SOURCE, tier, folder, 'migrations')
      for (const file of await readdir(at).catch(() => [])) {
        if (file.endsWith('.sql')) found.push([file.slice(0, -4), join(at, file)])
      }
    }
  }
  return new Map(found.sort(([a], [b]) => a.localeCompare(b)))
}

const provider = (only?: ReadonlySet<string>) => ({
  async getMigrations(): Promise<Record<string, Migration>> {
    const migrations: Record<string, Migration> = {}
    for (const [name, file] of await migrationFiles()) {
      if (only && !only.has(name)) continue
      const text = await readFile(file, 'utf8')
      migrations[name] = { up: async (db) => void (await sql.raw(text).execute(db)) }
    }
    return migrations
  },
})

/** Applies what is missing, all or only those named; within the transaction when it is given one. Returns the names applied. */
export async function applyMigrations(db: Db, only?: ReadonlySet<string>): Promise<string[]> {
  const migrator = new Migrator({ db, provider: provider(only), allowUnorderedMigrations: true })
  const { error, results = [] } = await migrator.migrateToLatest()
  const failed = results.find((result) => result.status === 'Error')
  if (error)
    throw new Error(`migration ${failed?.migrationName ?? ''} failed: ${String((error as Error).message ?? error)}`, {
      cause: error,
    })
  return results.filter((result) => result.status === 'Success').map((result) => result.migrationName)
}

/** Names of migrations that the database has and this program does not know: it belongs to a newer program. */
export async function unknownMigrations(owner: Db): Promise<string[]> {
  const { rows: exists } = await sql<{
    there: boolean
  }>`select to_regclass('public.kysely_migration') is not null as there`.execute(owner)
  if (!exists[0]!.there) return []
  const { rows } = await sql<{ name: string }>`select m.name from public.kysely_migration m order by m.name`.execute(
    owner,
  )
  const known = await migrationFiles()
  return rows.map((row) => row.name).filter((name) => !known.has(name))
}

/** Brings the database up to this program. Returns the names applied. A newer schema is refused, never touched. */
export async function migrate(url: string, onApplied: (name: string) => void = () => {}): Promise<string[]> {
  const owner = connect(url, { role: 'owner', max: 2 })
  try {
    const unknown = await unknownMigrations(owner)
    if (unknown.length > 0) throw new Refusal('conflict', 'db.schema_newer', { newest: unknown.at(-1) })
    await ensureAppRole(url)
    const applied = await applyMigrations(owner)
    for (const name of applied) onApplied(name)
    return applied
  } finally {
    await owner.destroy()
  }
}
