/** Puts a backup into an empty database: all of it, proved equal, or nothing. */
import { join } from 'node:path'
import { adoptTrail, verifyTrail } from '../../platform/audit/index.ts'
import { claimDataFolder, connect, copyIn, migrate, type Part } from '../../platform/db/index.ts'
import { type FileStore, openStore } from '../../platform/files/index.ts'
import { verifyLedger } from '../../platform/ledger/index.ts'
import { assertKey } from '../archive/key.ts'
import { kindOf } from '../archive/manifest.ts'
import { entriesOf, inspectArchive } from '../archive/read.ts'
import { openDatabase, type Step } from '../house.ts'
import { settleOwnership } from '../ownership.ts'
import { sentence, step } from '../say.ts'
import { type Environment, readEnvironment } from '../settings.ts'

export type Restored = {
  madeAt: string
  tables: number
  rows: number
  files: number
  /** Migrations that this program has and the backup had not. */
  migrated: string[]
  audit: Awaited<ReturnType<typeof verifyTrail>>
  ledger: Awaited<ReturnType<typeof verifyLedger>>
  seconds: number
}

export async function run(options: { json?: boolean }, file: string): Promise<Restored> {
  const done = await restore(readEnvironment(), file, step)
  const sound = done.audit.broken === null && done.ledger.broken === null && done.ledger.brokenLocks.length === 0
  if (!options.json)
    process.stdout.write(`${sentence('server.restore_done', { ...done, sound: sound ? 'yes' : 'no' })}\n`)
  if (!sound) process.exitCode = 1
  return done
}

/** Checks the archive from front to end before it touches anything. */
export async function restore(env: Environment, path: string, onStep: Step = () => {}): Promise<Restored> {
  const began = performance.now()
  onStep('server.backup_checking')
  const manifest = await inspectArchive(path)
  if (env.databaseUrl) await claimDataFolder(env.dataFolder, 'files')
  const database = await openDatabase(env, onStep)
  const owner = connect(database.url, { role: 'owner', max: 2 })
  try {
    assertKey(env, manifest)
    onStep('server.restoring', { madeAt: manifest.madeAt })
    const store = await openStore(join(env.dataFolder, 'files'), () => {
      throw new Error('contents are put back as they lay')
    })
    await copyIn(database.url, manifest.database, partsOf(path, store))
    await settleOwnership(env.dataFolder)
    const migrated = await migrate(database.url)
    await adoptTrail(owner)
    return {
      madeAt: manifest.madeAt,
      tables: manifest.database.tables.length,
      rows: manifest.database.tables.reduce((sum, { rows }) => sum + rows, 0),
      files: manifest.files.count,
      migrated,
      audit: await verifyTrail(owner),
      ledger: await verifyLedger(owner),
      seconds: Math.round((performance.now() - began) / 100) / 10,
    }
  } finally {
    await owner.destroy()
    await database.stop()
  }
}

/**
 * The parts of the tables; the files, which come after them, are put back before the database commits. From an archive of the time when they
 * lay there in clear they come in clear, and are sealed after the first start.
 */
async function* partsOf(path: string, store: FileStore): AsyncGenerator<Part> {
  for await (const { name, bytes } of entriesOf(path)) {
    const kind = kindOf(name)
    if (typeof kind === 'object' && 'table' in kind) {
      yield { table: kind.table, bytes: Buffer.concat(await Array.fromAsync(bytes)) }
    } else if (typeof kind === 'object') await store.putBack(kind.file, bytes)
    else for await (const _ of bytes);
  }
}
