import { createHash, randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { FRAME, frameOpener, frameSealer, isCurrentHead, measureOf, OPENING } from './frames.ts'
import type { Choice, Keys } from './sealer.ts'
import { Tampered } from './suites.ts'

const keysWith = (seal: Choice, master = 'one'): Keys =>
  Object.assign((purpose: string) => createHash('sha256').update(`${master} ${purpose}`).digest(), {
    chosen: { seal, blind: seal },
  })
const aes = keysWith({ suite: 'aes', version: 1 })
const name = (bytes: Buffer): Buffer => createHash('sha256').update(bytes).digest()

function sealed(keys: Keys, bytes: Buffer): { start: Buffer; frames: Buffer[] } {
  const sealer = frameSealer(keys, 'test.file')
  const frames = Array.from({ length: Math.ceil(bytes.length / FRAME) }, (_, nth) =>
    sealer.seal(nth, (nth + 1) * FRAME >= bytes.length, bytes.subarray(nth * FRAME, (nth + 1) * FRAME)),
  )
  return { start: sealer.begin(name(bytes)), frames }
}

describe.each([
  { suite: 'aes', version: 1 },
  { suite: 'sm4', version: 3 },
] as const)('under $suite, version $version', (choice) => {
  const keys = keysWith(choice)

  test.each([1, FRAME - 1, FRAME, FRAME + 1, 3 * FRAME, 3 * FRAME + 7])(
    '%i bytes come back, and their number is known',
    (length) => {
      const bytes = randomBytes(length)
      const { start, frames } = sealed(keys, bytes)
      const whole = Buffer.concat([start, ...frames])
      const measure = measureOf(whole.subarray(0, OPENING))!
      expect([measure.start, measure.plain(whole.length)]).toEqual([start.length, length])
      const open = frameOpener(keys, 'test.file', start, name(bytes))
      expect(Buffer.concat(frames.map((frame, nth) => open(nth, nth === frames.length - 1, frame)))).toEqual(bytes)
      expect(isCurrentHead(keys, measure)).toBe(true)
      expect(isCurrentHead(keysWith({ suite: 'aes', version: 9 }), measure)).toBe(false)
    },
  )
})

test('nothing is changed, moved, left out, put after the end, or taken from another content', () => {
  const [one, two] = [randomBytes(3 * FRAME), randomBytes(3 * FRAME)]
  const { start, frames } = sealed(aes, one)
  const other = sealed(aes, two)
  const open = frameOpener(aes, 'test.file', start, name(one))
  const changed = Buffer.from(frames[0]!)
  changed[40]! ^= 1
  const tries: [string, () => unknown][] = [
    ['changed', () => open(0, false, changed)],
    ['moved', () => open(0, false, frames[1]!)],
    ['made the last', () => open(1, true, frames[1]!)],
    ['gone on after', () => open(2, false, frames[2]!)],
    ['taken from elsewhere', () => open(0, false, other.frames[0]!)],
    ['under another name', () => frameOpener(aes, 'test.file', start, name(two))],
    ['for another purpose', () => frameOpener(aes, 'test.paper', start, name(one))],
    [
      'under another key',
      () => frameOpener(keysWith({ suite: 'aes', version: 1 }, 'two'), 'test.file', start, name(one)),
    ],
    ['cut in a frame', () => measureOf(start)!.plain(start.length + 20)],
    ['nothing but a start', () => measureOf(start)!.plain(start.length)],
  ]
  for (const [what, attempt] of tries) expect(attempt, what).toThrow(Tampered)
})

test('what lies there in clear is told from what is sealed', () => {
  expect(measureOf(Buffer.from('%PDF-1.7 and so on'))).toBeUndefined()
  expect(measureOf(Buffer.from('%PDF'))).toBeUndefined()
})
