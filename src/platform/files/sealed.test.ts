/** What lies on the disk: nothing in clear, whatever the length; old contents readable and sealed afterwards; parts and sizes as before. */
import { createHash, randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import type { Keys } from '../cipher/index.ts'
import { type FileStore, openStore } from './store.ts'

const derive = (purpose: string): Buffer => createHash('sha256').update(`test ${purpose}`).digest()
const chosen = { seal: { suite: 'aes', version: 1 }, blind: { suite: 'aes', version: 1 } } as NonNullable<
  Keys['chosen']
>
const keys: Keys = Object.assign((purpose: string) => derive(purpose), { chosen })
const sha = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
const MB = 2 ** 20

const folders: string[] = []
let folder: string
let store: FileStore
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sealed-'))
  folders.push(folder)
  chosen.seal = { suite: 'aes', version: 1 }
  store = await openStore(folder, keys)
})
afterAll(() => Promise.all(folders.map((path) => rm(path, { recursive: true, force: true }))))

const placeOf = (sha256: string) => join(folder, sha256.slice(0, 2), sha256.slice(2, 4), sha256)
/** As the store kept contents before it sealed them. */
async function plantClear(bytes: Buffer): Promise<string> {
  const name = sha(bytes)
  await mkdir(dirname(placeOf(name)), { recursive: true })
  await writeFile(placeOf(name), bytes)
  return name
}
const everything = async (): Promise<Buffer> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile())
  return Buffer.concat(await Promise.all(files.map(({ parentPath, name }) => readFile(join(parentPath, name)))))
}

test.each([1, 65_535, 65_536, 65_537, 3 * MB + 11])(
  '%i bytes lie there sealed and come back, in whichever pieces they came',
  async (length) => {
    const bytes = randomBytes(length)
    const pieces = async function* () {
      for (let at = 0; at < length; at += 70_001) yield bytes.subarray(at, at + 70_001)
    }
    const stored = await store.put(pieces(), 4 * MB)
    expect(stored).toMatchObject({ sha256: sha(bytes), size: length })
    if (length > 64) expect((await everything()).includes(bytes.subarray(0, 64))).toBe(false)
    expect(await buffer(await store.open(stored.sha256))).toEqual(bytes)
    expect(await store.sizeOf(stored.sha256)).toBe(length)
  },
)

test('an old content is read as it is, sealed by the next round, and by the next switch again', async () => {
  const clear = Buffer.concat([Buffer.from('%PDF-1.7 身份证号 50011419900101123X '), randomBytes(200_000)])
  const name = await plantClear(clear)
  expect(await store.sizeOf(name)).toBe(clear.length)
  expect(await buffer(await store.open(name))).toEqual(clear)
  expect(await store.waiting()).toBe(1)
  expect(await store.reseal()).toEqual({ sealed: 1, broken: [] })
  expect((await everything()).includes('50011419900101123X')).toBe(false)
  expect(await buffer(await store.open(name))).toEqual(clear)
  expect([await store.waiting(), await store.reseal()]).toEqual([0, { sealed: 0, broken: [] }])
  for (const choice of [
    { suite: 'sm4', version: 1 },
    { suite: 'aes', version: 7 },
  ] as const) {
    chosen.seal = choice
    expect(await store.waiting()).toBe(1)
    expect(await store.reseal()).toEqual({ sealed: 1, broken: [] })
    expect(await buffer(await store.open(name))).toEqual(clear)
  }
  // Whoever had begun to read goes on with what was there.
  const reading = await store.open(name)
  chosen.seal = { suite: 'aes', version: 8 }
  await store.reseal()
  expect(await buffer(reading)).toEqual(clear)
})

describe('damage', () => {
  test('of what is sealed is told before or on the way, and what is in clear cannot take its place', async () => {
    const [one, two] = await Promise.all([store.put(randomBytes(200_000), MB), store.put(randomBytes(200_000), MB)])
    const damaged = (name: string) =>
      expect(store.open(name).then(buffer)).rejects.toMatchObject({ code: 'files.damaged' })
    const whole = await readFile(placeOf(one.sha256))
    const bad = Buffer.from(whole)
    bad[150_000]! ^= 1
    for (const [what, bytes] of [
      ['a bit', bad],
      ['the end cut off', whole.subarray(0, 150_000)],
      ['a whole frame cut off', whole.subarray(0, whole.length - (200_000 - 3 * 65_536) - 28)],
      ['another content', await readFile(placeOf(two.sha256))],
      ['a content in clear', Buffer.from('%PDF-1.7 forged')],
    ] as const) {
      await writeFile(placeOf(one.sha256), bytes)
      await damaged(one.sha256)
      // It stays as it is, and is told.
      chosen.seal = { suite: 'aes', version: 2 }
      expect((await store.reseal()).broken, what).toContain(one.sha256)
      chosen.seal = { suite: 'aes', version: 1 }
    }
    await expect(store.open('0'.repeat(64))).rejects.toMatchObject({ code: 'files.missing' })
  })
})

test('a content moves to another store as it lies, without a key', async () => {
  const bytes = randomBytes(100_000)
  const { sha256 } = await store.put(bytes, MB)
  const away = await mkdtemp(join(tmpdir(), 'sealed-'))
  folders.push(away)
  const none: Keys = () => {
    throw new Error('no key')
  }
  const from = await openStore(folder, none)
  const found = (await from.asItLies(sha256))!
  await (await openStore(away, none)).putBack(sha256, found.stream as Readable)
  expect(await (await openStore(away, none)).sizeOf(sha256)).toBe(bytes.length)
  expect(await buffer(await (await openStore(away, keys)).open(sha256))).toEqual(bytes)
  expect(await from.asItLies('0'.repeat(64))).toBeNull()
})
