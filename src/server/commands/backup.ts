/** A consistent copy of the database and its files in one archive, taken while the product is being used. */
import { createHash, type Hash } from 'node:crypto'
import { access, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { Refusal } from '../../base/errors.ts'
import { connect, copyOut, type Db } from '../../platform/db/index.ts'
import { contents, openStore } from '../../platform/files/index.ts'
import { keyOf } from '../archive/key.ts'
import { FORMAT, fileName, MANIFEST, type Manifest, partName, programVersion } from '../archive/manifest.ts'
import { assertFree, type Writer, writeArchive } from '../archive/write.ts'
import { openDatabase, type Step } from '../house.ts'
import { sentence, step } from '../say.ts'
import { type Environment, readEnvironment } from '../settings.ts'

export type BackedUp = {
  file: string
  bytes: number
  tables: number
  rows: number
  files: number
  /** Contents that the store did not have: lost before this copy. */
  missing: string[]
  seconds: number
}

export async function run(options: { json?: boolean }, file: string): Promise<BackedUp> {
  const stop = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => stop.abort(new Refusal('refused', 'server.cancelled')))
  const done = await backUp(readEnvironment(), file, { onStep: step, signal: stop.signal })
  if (done.missing.length > 0) step('server.backup_missing', { count: done.missing.length })
  if (!options.json) {
    const { bytes, ...rest } = done
    process.stdout.write(`${sentence('server.backup_done', { ...rest, megabytes: (bytes / 2 ** 20).toFixed(1) })}\n`)
  }
  return done
}

/** Takes the copy. The database is neither migrated nor changed. */
export async function backUp(
  env: Environment,
  path: string,
  { onStep = () => {}, signal = new AbortController().signal }: { onStep?: Step; signal?: AbortSignal } = {},
): Promise<BackedUp> {
  const began = performance.now()
  const file = resolve(path)
  await assertFree(file)
  if (!env.databaseUrl) await assertData(env.dataFolder)
  const database = await openDatabase(env, onStep)
  const owner = connect(database.url, { role: 'owner', max: 2 })
  try {
    let made: Manifest | undefined
    const fill = async (writer: Writer) => {
      made = await copyAll(env, { url: database.url, owner }, writer, signal)
    }
    await writeArchive(file, fill, signal)
    const { database: copied, files } = made!
    return {
      file,
      bytes: (await stat(file)).size,
      tables: copied.tables.length,
      rows: copied.tables.reduce((sum, { rows }) => sum + rows, 0),
      files: files.count,
      missing: files.missing,
      seconds: Math.round((performance.now() - began) / 100) / 10,
    }
  } finally {
    await owner.destroy()
    await database.stop()
  }
}

/** Without a data folder the embedded database would be made now, and copied empty. */
async function assertData(folder: string): Promise<void> {
  await access(folder).catch(() => {
    throw new Refusal('refused', 'server.no_data', { folder })
  })
}

async function copyAll(
  env: Environment,
  { url, owner }: { url: string; owner: Db },
  writer: Writer,
  signal: AbortSignal,
): Promise<Manifest> {
  const parts = new Map<string, number>()
  const copied = await copyOut(url, async ({ table, bytes }) => {
    signal.throwIfAborted()
    const number = (parts.get(table) ?? 0) + 1
    parts.set(table, number)
    await writer.add(partName(table, number), bytes)
  })
  // A file is in the store before its row is committed, and stays: read after the rows, none of theirs is lacking.
  // Contents go as they lie there, sealed: no key is needed here, and whoever finds the copy reads none of them.
  const store = await openStore(join(env.dataFolder, 'files'), () => {
    throw new Error('a copy needs no key')
  })
  const files = { count: 0, bytes: 0, missing: [] as string[] }
  const hash = createHash('sha256')
  for (const { sha256 } of await contents(owner)) {
    signal.throwIfAborted()
    const found = await store.asItLies(sha256)
    if (found === null) {
      files.missing.push(sha256)
      continue
    }
    hash.update(sha256)
    await writer.addStream(fileName(sha256), found.size, Readable.from(hashed(hash, found.stream)))
    files.count += 1
    files.bytes += found.size
  }
  const manifest: Manifest = {
    format: 'qiangshi-backup',
    version: FORMAT,
    program: await programVersion(),
    madeAt: new Date().toISOString(),
    key: await keyOf(env, owner),
    database: copied,
    files: { ...files, sha256: hash.digest('hex') },
  }
  await writer.add(MANIFEST, Buffer.from(`${JSON.stringify(manifest, null, 1)}\n`))
  return manifest
}

async function* hashed(hash: Hash, bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const chunk of bytes) {
    hash.update(chunk)
    yield chunk
  }
}
