/**
 * Sealing long contents frame by frame: written and read as they come, and any part read alone. Sealed under the suite and the version of the
 * key that are chosen, each content under a key of its own and under its name: frames cannot be changed, left out, moved, or taken from another.
 *
 * Layout: mark (8), head as of every sealed text (4), salt (16), the sealed name (32 and what the suite adds), then frames of 64 KiB in clear,
 * the last one shorter.
 */
import { randomBytes } from 'node:crypto'
import { type Choice, choiceIn, FIRST, headOf, type Keys, keyName } from './sealer.ts'
import { SUITES, Tampered } from './suites.ts'

/** Bytes in clear of a full frame. */
export const FRAME = 65_536
const MARK = Buffer.from('QSFRAMED')
const SALT = 16
const NAME = 32
/** So much of the beginning says whether a content is sealed, and how. */
export const OPENING = MARK.length + 4

/** What can be said of a sealed content without its key. */
export type Measure = {
  head: Buffer
  /** Bytes before the first frame. */
  start: number
  /** Bytes of a full frame as it lies there. */
  frame: number
  /** Bytes in clear of a content of so many bytes as it lies there. @throws Tampered where none has so many */
  plain(size: number): number
}

/** Undefined where the content lies there in clear. @param opening its first bytes */
export function measureOf(opening: Buffer): Measure | undefined {
  if (opening.length < OPENING || !opening.subarray(0, MARK.length).equals(MARK)) return undefined
  const head = Buffer.from(opening.subarray(MARK.length, OPENING))
  const { overhead } = SUITES[choiceIn(head).suite]
  const start = OPENING + SALT + overhead + NAME
  const frame = FRAME + overhead
  return {
    head,
    start,
    frame,
    plain: (size) => {
      const rest = (size - start) % frame
      if (size <= start || (rest > 0 && rest <= overhead)) throw new Tampered('cut off')
      return size - start - Math.ceil((size - start) / frame) * overhead
    },
  }
}

export type FrameSealer = {
  /** Bytes that `begin` gives. */
  start: number
  /** What stands before the frames; the name is known at the end. @param name 32 bytes, as SHA-256 gives them */
  begin(name: Buffer): Buffer
  /** @param plain `FRAME` bytes, fewer in the last */
  seal(nth: number, last: boolean, plain: Buffer): Buffer
}

/** Seals one new content. */
export function frameSealer(keys: Keys, purpose: string): FrameSealer {
  const choice = keys.chosen?.seal ?? FIRST
  const suite = SUITES[choice.suite]
  const before = Buffer.concat([MARK, headOf(choice), randomBytes(SALT)])
  const key = keyOf(keys, purpose, choice, before)
  return {
    start: before.length + suite.overhead + NAME,
    begin: (name) => Buffer.concat([before, suite.seal(key, name, before)]),
    seal: (nth, last, plain) => suite.seal(key, plain, place(nth, last)),
  }
}

/**
 * Opens the frames of one content.
 * @param start its first bytes, as many as `measureOf` says
 * @throws Tampered where it is not the content of this name, or opens under no key
 */
export function frameOpener(
  keys: Keys,
  purpose: string,
  start: Buffer,
  name: Buffer,
): (nth: number, last: boolean, sealed: Buffer) => Buffer {
  const before = start.subarray(0, OPENING + SALT)
  const choice = choiceIn(Buffer.from(start.subarray(MARK.length, OPENING)))
  const suite = SUITES[choice.suite]
  const key = keyOf(keys, purpose, choice, before)
  if (!suite.open(key, start.subarray(before.length), before).equals(name)) throw new Tampered('another content')
  return (nth, last, sealed) => suite.open(key, sealed, place(nth, last))
}

/** Whether a content is sealed as is chosen now. */
export const isCurrentHead = (keys: Keys, { head }: Measure): boolean => head.equals(headOf(keys.chosen?.seal ?? FIRST))

/** A key that seals this content and no other: as many frames as there are bytes to write never wear it out. */
const keyOf = (keys: Keys, purpose: string, choice: Choice, before: Buffer): Buffer =>
  SUITES[choice.suite].mac(keys(keyName(`${purpose}-cipher`, choice)), before)

function place(nth: number, last: boolean): Buffer {
  const bound = Buffer.alloc(9)
  bound.writeBigUInt64BE(BigInt(nth))
  bound[8] = last ? 1 : 0
  return bound
}
