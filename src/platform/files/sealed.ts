/** Contents as they lie on the disk: sealed frame by frame; those from before that in clear. Read from front to end, or any part. */
import { createHash } from 'node:crypto'
import { type FileHandle, open } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { invalid, Refusal } from '../../base/errors.ts'
import {
  FRAME,
  frameOpener,
  frameSealer,
  isCurrentHead,
  type Keys,
  type Measure,
  measureOf,
  OPENING,
  Tampered,
} from '../cipher/index.ts'

export type Bytes = Uint8Array | AsyncIterable<Uint8Array>

const PURPOSE = 'files.content'
const damaged = (cause: unknown): unknown =>
  cause instanceof Tampered ? new Refusal('fault', 'files.damaged', {}) : cause

/** Seals bytes into an empty file as they come. @throws Refusal `files.too_large` on the way, `files.empty` */
export async function writeSealed(
  file: FileHandle,
  keys: Keys,
  bytes: Bytes,
  maxBytes: number,
): Promise<{ sha256: string; size: number }> {
  const { start, begin, seal } = frameSealer(keys, PURPOSE)
  const hash = createHash('sha256')
  const frame = Buffer.alloc(FRAME)
  let [size, filled, nth, at] = [0, 0, 0, start]
  const flush = async (last: boolean) => {
    const sealed = seal(nth, last, frame.subarray(0, filled))
    await whole(file, sealed, at)
    nth += 1
    at += sealed.length
    filled = 0
  }
  for await (const chunk of bytes instanceof Uint8Array ? [bytes] : bytes) {
    size += chunk.length
    if (size > maxBytes) throw invalid('files.too_large', { megabytes: Math.floor(maxBytes / 2 ** 20), maxBytes })
    hash.update(chunk)
    for (let from = 0; from < chunk.length; ) {
      // A full frame waits for the next byte: only then it is known not to be the last one.
      if (filled === FRAME) await flush(false)
      const part = chunk.subarray(from, from + FRAME - filled)
      frame.set(part, filled)
      filled += part.length
      from += part.length
    }
  }
  if (size === 0) throw invalid('files.empty')
  await flush(true)
  const name = hash.digest()
  await whole(file, begin(name), 0)
  return { sha256: name.toString('hex'), size }
}

/** `write` may take less than it is given. */
async function whole(file: FileHandle, chunk: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < chunk.length; )
    done += (await file.write(chunk, done, chunk.length - done, position + done)).bytesWritten
}

async function bytesAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length)
  let read = 0
  for (let more = -1; read < length && more !== 0; read += more)
    more = (await file.read(buffer, read, length - read, position + read)).bytesRead
  return buffer.subarray(0, read)
}

/** How a content lies there; undefined where in clear. */
export const measured = async (file: FileHandle): Promise<Measure | undefined> =>
  measureOf(await bytesAt(file, 0, OPENING))

/** Whether it is sealed as is chosen now. */
export async function isCurrent(file: FileHandle, keys: Keys): Promise<boolean> {
  const measure = await measured(file)
  return measure !== undefined && isCurrentHead(keys, measure)
}

/** Bytes in clear. @throws Refusal `files.damaged` */
export async function sizeIn(file: FileHandle): Promise<number> {
  const { size } = await file.stat()
  try {
    return (await measured(file))?.plain(size) ?? size
  } catch (error) {
    throw damaged(error)
  }
}

/** Parts of a content in clear, and how many bytes it has. */
export type Open = { size: number; slice: (position: number, length: number) => Promise<Buffer> }

/** @throws Refusal `files.damaged` where it is no content of this name */
export async function openContent(file: FileHandle, keys: Keys, sha256: string): Promise<Open & { sealed: boolean }> {
  const { size: there } = await file.stat()
  try {
    const measure = await measured(file)
    if (!measure) return { sealed: false, size: there, slice: (position, length) => bytesAt(file, position, length) }
    const { start, frame } = measure
    const size = measure.plain(there)
    const opens = frameOpener(keys, PURPOSE, await bytesAt(file, 0, start), Buffer.from(sha256, 'hex'))
    const last = Math.ceil(size / FRAME) - 1
    const frameAt = async (nth: number) => opens(nth, nth === last, await bytesAt(file, start + nth * frame, frame))
    const slice = async (position: number, length: number): Promise<Buffer> => {
      const end = Math.min(size, position + length)
      const parts: Buffer[] = []
      for (let nth = Math.floor(position / FRAME); nth * FRAME < end; nth++) {
        const clear = await frameAt(nth)
        parts.push(clear.subarray(Math.max(0, position - nth * FRAME), end - nth * FRAME))
      }
      return Buffer.concat(parts)
    }
    return {
      sealed: true,
      size,
      slice: (position, length) =>
        slice(position, length).catch((error) => {
          throw damaged(error)
        }),
    }
  } catch (error) {
    throw damaged(error)
  }
}

/**
 * A content from front to end. What lies there in clear is held to its name at the end, before the last part is handed on.
 * @throws Refusal `files.damaged`, also on the way
 */
export async function streamOf(path: string, keys: Keys, sha256: string): Promise<Readable> {
  const file = await open(path, 'r')
  try {
    const { size, sealed, slice } = await openContent(file, keys, sha256)
    const hash = sealed ? undefined : createHash('sha256')
    let at = 0
    return new Readable({
      highWaterMark: FRAME,
      read() {
        slice(at, FRAME).then(
          (part) => {
            at += part.length
            hash?.update(part)
            const over = at >= size || part.length === 0
            if (over && hash && hash.digest('hex') !== sha256)
              return this.destroy(new Refusal('fault', 'files.damaged'))
            this.push(part)
            if (over) this.push(null)
          },
          (error) => this.destroy(error),
        )
      },
      destroy(error, done) {
        file.close().then(
          () => done(error),
          () => done(error),
        )
      },
    })
  } catch (error) {
    await file.close()
    throw error
  }
}
