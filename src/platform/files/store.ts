/** The store of bytes: each content lies once under its hash, sealed, written whole or not at all. */
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { Refusal } from '../../base/errors.ts'
import { newId } from '../../base/ids.ts'
import type { Keys } from '../cipher/index.ts'
import { type FileKind, kindOf } from './kinds.ts'
import { type Bytes, isCurrent, openContent, sizeIn, streamOf, writeSealed } from './sealed.ts'

export type { Bytes } from './sealed.ts'
export type Stored = { sha256: string; size: number; kind: FileKind }

export type FileStore = {
  /** Keeps the bytes. @throws Refusal `files.too_large`, `files.empty` */
  put(bytes: Bytes, maxBytes: number): Promise<Stored>
  /** The bytes again, in clear. @throws Refusal `files.missing`, `files.damaged`, also on the way */
  open(sha256: string): Promise<Readable>
  /** How many bytes it has in clear, or null where there is nothing under this hash. Needs no key. @throws Refusal `files.damaged` */
  sizeOf(sha256: string): Promise<number | null>
  /** The content as it lies there, sealed or not, and its bytes; null where there is nothing. Needs no key. */
  asItLies(sha256: string): Promise<{ size: number; stream: Readable } | null>
  /** Puts a content back as it lay elsewhere. Needs no key. */
  putBack(sha256: string, bytes: AsyncIterable<Uint8Array>): Promise<void>
  /** How many contents are not sealed as is chosen now, or not at all. Needs no key. */
  waiting(): Promise<number>
  /** Seals those anew, one after the other, while the product is used. `broken` are left as they are. */
  reseal(signal?: AbortSignal): Promise<{ sealed: number; broken: string[] }>
}

const DAY = 86_400_000

/**
 * Opens the store on a folder and clears what broken uploads of earlier days left behind.
 * @param keys seal and open the contents
 * @param onKept is told every path that was made or written anew
 */
export async function openStore(
  folder: string,
  keys: Keys,
  onKept: (path: string) => Promise<void> = async () => {},
): Promise<FileStore> {
  const parts = join(folder, 'incoming')
  await mkdir(parts, { recursive: true })
  for (const part of await readdir(parts)) {
    const { mtimeMs } = await stat(join(parts, part)).catch(() => ({ mtimeMs: Date.now() }))
    if (mtimeMs < Date.now() - DAY) await rm(join(parts, part), { force: true })
  }
  const placeOf = (sha256: string) => {
    if (!isHash(sha256)) throw new Error('not a hash')
    return join(folder, sha256.slice(0, 2), sha256.slice(2, 4), sha256)
  }
  /** Writes a content beside the others and puts it in its place when it is whole. */
  const keep = async <R extends { sha256: string }>(write: (file: FileHandle) => Promise<R>): Promise<R> => {
    const part = join(parts, newId())
    try {
      const file = await open(part, 'wx+', 0o600)
      let kept: R
      try {
        kept = await write(file)
        await file.sync()
      } finally {
        await file.close()
      }
      const place = placeOf(kept.sha256)
      await settle(part, place)
      for (const path of [place, dirname(place), dirname(dirname(place))]) await onKept(path)
      return kept
    } finally {
      await rm(part, { force: true })
    }
  }
  const opened = (sha256: string): Promise<FileHandle | null> =>
    open(placeOf(sha256), 'r').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null
      throw error
    })
  const notCurrent = async function* (signal?: AbortSignal): AsyncGenerator<string> {
    for await (const sha256 of namesIn(folder)) {
      signal?.throwIfAborted()
      const file = await opened(sha256)
      if (!file) continue
      const current = await isCurrent(file, keys).finally(() => file.close())
      if (!current) yield sha256
    }
  }
  const store: FileStore = {
    put: (bytes, maxBytes) =>
      keep(async (file) => {
        const { sha256, size } = await writeSealed(file, keys, bytes, maxBytes)
        const { slice } = await openContent(file, keys, sha256)
        return { sha256, size, kind: await kindOf(slice, size) }
      }),
    open: (sha256) =>
      streamOf(placeOf(sha256), keys, sha256).catch((error: NodeJS.ErrnoException) => {
        throw error.code === 'ENOENT' ? new Refusal('fault', 'files.missing') : error
      }),
    sizeOf: async (sha256) => {
      const file = await opened(sha256)
      return file ? sizeIn(file).finally(() => file.close()) : null
    },
    asItLies: async (sha256) => {
      const file = await opened(sha256)
      if (!file) return null
      // Of one handle: what is sealed anew meanwhile does not change what is read here.
      return { size: (await file.stat()).size, stream: file.createReadStream() }
    },
    putBack: async (sha256, bytes) => {
      await keep(async (file) => {
        for await (const chunk of bytes) await file.writeFile(chunk)
        return { sha256 }
      })
    },
    waiting: async () => {
      let count = 0
      for await (const _ of notCurrent()) count += 1
      return count
    },
    reseal: async (signal) => {
      const broken: string[] = []
      let sealed = 0
      for await (const sha256 of notCurrent(signal)) {
        try {
          await keep(async (file) => writeSealed(file, keys, await store.open(sha256), Number.POSITIVE_INFINITY))
          sealed += 1
        } catch (error) {
          if (!(error instanceof Refusal)) throw error
          broken.push(sha256)
        }
      }
      return { sealed, broken }
    },
  }
  return store
}

const isHash = (name: string): boolean => /^[0-9a-f]{64}$/.test(name)

/** The hashes of all contents. */
async function* namesIn(folder: string): AsyncGenerator<string> {
  const entries = async (path: string): Promise<string[]> => (await readdir(path).catch(() => [])).sort()
  for (const first of (await entries(folder)).filter((name) => name.length === 2))
    for (const second of await entries(join(folder, first)))
      for (const name of await entries(join(folder, first, second))) if (isHash(name)) yield name
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
