/** Reads a backup from front to end. It is checked as a whole before anything in it is used. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { access } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { extract } from 'tar-stream'
import { Refusal } from '../../base/errors.ts'
import { FORMAT, kindOf, Manifest } from './manifest.ts'

export type Entry = { name: string; size: number; bytes: AsyncIterable<Uint8Array> }

const damaged = (path: string, why: string): Refusal => new Refusal('invalid', 'server.backup_damaged', { path, why })

/** The entries in the order in which they were written; each must be read before the next. */
export async function* entriesOf(path: string): AsyncGenerator<Entry> {
  await access(path)
  const tar = extract()
  const read = pipeline(createReadStream(path), createGunzip(), tar as unknown as NodeJS.WritableStream)
  read.catch(() => {})
  try {
    for await (const entry of tar)
      yield {
        name: entry.header.name,
        size: entry.header.size,
        bytes: guarded(path, entry as AsyncIterable<Uint8Array>),
      }
    await read
  } catch (error) {
    throw error instanceof Refusal ? error : damaged(path, String((error as Error).message))
  } finally {
    tar.destroy()
  }
}

async function* guarded(path: string, bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* bytes
  } catch (error) {
    throw damaged(path, String((error as Error).message))
  }
}

/**
 * Reads every byte and compares it with the manifest.
 * @throws Refusal `server.backup_damaged`, `server.backup_newer` when a later program made it.
 */
export async function inspectArchive(path: string): Promise<Manifest> {
  const tables = new Map<string, ReturnType<typeof createHash>>()
  const found = { files: 0, manifest: undefined as string | undefined }
  const contents = createHash('sha256')
  for await (const { name, bytes } of entriesOf(path)) {
    const kind = kindOf(name)
    if (kind === undefined || found.manifest !== undefined) throw damaged(path, name)
    if (kind === 'manifest') {
      found.manifest = Buffer.concat(await Array.fromAsync(bytes)).toString()
    } else if ('table' in kind) {
      const hash = tables.get(kind.table) ?? createHash('sha256')
      tables.set(kind.table, hash)
      for await (const chunk of bytes) hash.update(chunk)
    } else {
      const hash = createHash('sha256')
      contents.update(kind.file)
      for await (const chunk of bytes) {
        hash.update(chunk)
        contents.update(chunk)
      }
      if (kind.clear && hash.digest('hex') !== kind.file) throw damaged(path, name)
      found.files += 1
    }
  }
  const manifest = parse(path, found.manifest)
  const empty = createHash('sha256').digest('hex')
  for (const { table, sha256 } of manifest.database.tables) {
    if ((tables.get(table)?.digest('hex') ?? empty) !== sha256) throw damaged(path, table)
    tables.delete(table)
  }
  const { sha256 } = manifest.files
  if (sha256 !== undefined && contents.digest('hex') !== sha256) throw damaged(path, 'files')
  if (tables.size > 0 || found.files !== manifest.files.count)
    throw damaged(path, [...tables.keys(), 'files'].join(', '))
  return manifest
}

function parse(path: string, text: string | undefined): Manifest {
  if (text === undefined) throw damaged(path, 'manifest.json')
  const raw = JSON.parse(text) as { format?: string; version?: number; program?: string }
  if (raw.format === 'qiangshi-backup' && Number(raw.version) > FORMAT)
    throw new Refusal('conflict', 'server.backup_newer', { program: raw.program })
  const { data } = Manifest.safeParse(raw)
  if (!data) throw damaged(path, 'manifest.json')
  return data
}
