/** The store of bytes: each content lies once under its hash, written whole or not at all. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { access, type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { invalid, Refusal } from '../../base/errors.ts'
import { newId } from '../../base/ids.ts'
import { type FileKind, kindOf } from './kinds.ts'

export type Bytes = Uint8Array | AsyncIterable<Uint8Array>
export type Stored = { sha256: string; size: number; kind: FileKind }

export type FileStore = {
  /** Keeps the bytes. @throws Refusal `files.too_large`, `files.empty` */
  put(bytes: Bytes, maxBytes: number): Promise<Stored>
  /** The bytes again. @throws Refusal `files.missing` */
  open(sha256: string): Promise<Readable>
  /** How many bytes it has, or null where there is nothing under this hash. */
  sizeOf(sha256: string): Promise<number | null>
}

const DAY = 86_400_000

/** Opens the store on a folder and clears what broken uploads of earlier days left behind. */
export async function openStore(folder: string): Promise<FileStore> {
  const parts = join(folder, 'incoming')
  await mkdir(parts, { recursive: true })
  for (const part of await readdir(parts)) {
    const { mtimeMs } = await stat(join(parts, part)).catch(() => ({ mtimeMs: Date.now() }))
    if (mtimeMs < Date.now() - DAY) await rm(join(parts, part), { force: true })
  }
  const placeOf = (sha256: string) => {
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw new Error('not a hash')
    return join(folder, sha256.slice(0, 2), sha256.slice(2, 4), sha256)
  }
  return {
    async put(bytes, maxBytes) {
      const part = join(parts, newId())
      try {
        const stored = await write(part, bytes, maxBytes)
        await settle(part, placeOf(stored.sha256))
        return stored
      } finally {
        await rm(part, { force: true })
      }
    },
    async open(sha256) {
      const place = placeOf(sha256)
      await access(place).catch(() => {
        throw new Refusal('fault', 'files.missing')
      })
      return createReadStream(place)
    },
    async sizeOf(sha256) {
      const found = await stat(placeOf(sha256)).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return null
        throw error
      })
      return found === null ? null : found.size
    },
  }
}

async function write(part: string, bytes: Bytes, maxBytes: number): Promise<Stored> {
  const file = await open(part, 'wx+', 0o600)
  try {
    const hash = createHash('sha256')
    let size = 0
    for await (const chunk of bytes instanceof Uint8Array ? [bytes] : bytes) {
      size += chunk.length
      if (size > maxBytes) throw invalid('files.too_large', { megabytes: Math.floor(maxBytes / 2 ** 20), maxBytes })
      hash.update(chunk)
      await whole(file, chunk)
    }
    if (size === 0) throw invalid('files.empty')
    await file.sync()
    return { sha256: hash.digest('hex'), size, kind: await kindOf(file, size) }
  } finally {
    await file.close()
  }
}

/** `write` may take less than it is given. */
async function whole(file: FileHandle, chunk: Uint8Array): Promise<void> {
  for (let at = 0; at < chunk.length; ) at += (await file.write(chunk, at, chunk.length - at)).bytesWritten
}

/** Puts a finished file in its place so that it is still there after a power cut. */
async function settle(part: string, place: string): Promise<void> {
  const home = dirname(place)
  await mkdir(home, { recursive: true })
  await rename(part, place)
  for (const folder of [home, dirname(home)]) {
    const held = await open(folder, 'r')
    // Some systems cannot sync a folder; there the rename is as lasting as it gets.
    await held.sync().catch(() => {})
    await held.close()
  }
}
