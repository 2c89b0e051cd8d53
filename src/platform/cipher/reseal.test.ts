/** A switch of suite and key on a real table, while others write. */
import { createHmac, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Scratch, scratch } from '../../../test/harness/scratch.ts'
import { newId } from '../../base/ids.ts'
import { choose, hearChosen, readChosen, withChosen } from './chosen.ts'
import { type Kept, reblind, reseal, waiting } from './reseal.ts'
import { type Keys, sealer } from './sealer.ts'

const ROWS = 500
const master = randomBytes(32)
const derive = (purpose: string): Buffer => createHmac('sha256', master).update(purpose).digest()
const kept: Kept[] = [
  { table: 'public.reached', cipher: 'phone_cipher', hash: 'phone_hash', purpose: 'contact.phone', bound: 'id' },
  { table: 'public.reached', cipher: 'mail_cipher', purpose: 'contact.mail' },
]
let base: Scratch
let keys: Keys
beforeAll(async () => {
  base = await scratch()
  await sql`create table public.reached (person_id uuid, id uuid, phone_cipher bytea, phone_hash bytea unique, mail_cipher bytea, primary key (person_id, id))`.execute(
    base.owner,
  )
  await sql`select cipher.guard_blind('public.reached', 'phone_hash')`.execute(base.owner)
})
afterAll(() => base?.drop())

const phoneOf = (n: number): string => `138${String(n).padStart(8, '0')}`
async function write(by: Keys, numbers: number[]): Promise<void> {
  const [phones, mails] = [sealer(by, 'contact.phone'), sealer(by, 'contact.mail')]
  const rows = numbers.map((n) => {
    const id = newId()
    return {
      person: newId(),
      id,
      phone: phones.seal(phoneOf(n), id).toString('hex'),
      hash: phones.blind(phoneOf(n)).toString('hex'),
      mail: n % 2 ? mails.seal(`${n}@example.cn`).toString('hex') : null,
    }
  })
  await sql`insert into public.reached select r.person, r.id, decode(r.phone, 'hex'), decode(r.hash, 'hex'), decode(r.mail, 'hex')
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(person uuid, id uuid, phone text, hash text, mail text)`.execute(
    base.owner,
  )
}
beforeEach(async () => {
  await sql`truncate public.reached`.execute(base.owner)
  for (const what of ['seal', 'blind'] as const) await choose(base.owner, what, { suite: 'aes', version: 1 })
  keys = await withChosen(derive, base.owner)
  await write(
    keys,
    Array.from({ length: ROWS }, (_, n) => n),
  )
})

type Row = { id: string; phone: Buffer; hash: Buffer; mail: Buffer | null }
const all = async (): Promise<Row[]> =>
  (
    await sql<Row>`select id, phone_cipher as phone, phone_hash as hash, mail_cipher as mail from public.reached`.execute(
      base.owner,
    )
  ).rows

/** Every number is there once, opens, and is found by its hash. */
async function assertWhole(by: Keys, count = ROWS): Promise<Row[]> {
  const rows = await all()
  const phones = sealer(by, 'contact.phone')
  const numbers = rows.map(({ id, phone, hash }) => {
    const number = phones.open(phone, id)
    expect(phones.blind(number).equals(hash)).toBe(true)
    return number
  })
  expect(new Set(numbers).size).toBe(count)
  expect(rows.filter(({ mail }) => mail).map(({ mail }) => sealer(by, 'contact.mail').open(mail!))).toHaveLength(
    ROWS / 2,
  )
  return rows
}

test.each([
  ['another suite', { suite: 'sm4', version: 1 }],
  ['a new version of the key', { suite: 'aes', version: 2 }],
] as const)('%s: every text and every hash is made anew, and none is lost', async (_name, choice) => {
  await choose(base.owner, 'seal', choice)
  expect(await hearChosen(keys, base.owner)).toBe(true)
  expect(await waiting(base.owner, keys, kept)).toMatchObject([{ count: ROWS }, { count: ROWS / 2 }])
  const done = await reseal(base.owner, keys, kept, { batch: 64 })
  expect(done).toMatchObject([
    { sealed: ROWS, broken: [] },
    { sealed: ROWS / 2, broken: [] },
  ])
  await reblind(base.owner, keys, kept, choice, { batch: 64 })
  const rows = await assertWhole(keys)
  expect(
    rows.every(({ phone, mail }) => sealer(keys, '').isCurrent(phone) && (!mail || sealer(keys, '').isCurrent(mail))),
  ).toBe(true)
  expect(await waiting(base.owner, keys, kept)).toMatchObject([{ count: 0 }, { count: 0 }])
  expect(await readChosen(base.owner)).toEqual({ seal: choice, blind: choice })
})

test('stopped in the midst of it, it goes on where it was', async () => {
  await choose(base.owner, 'seal', { suite: 'sm4', version: 2 })
  await hearChosen(keys, base.owner)
  const stop = new AbortController()
  const halfway = (_table: string, done: number) => done >= 200 && stop.abort()
  await expect(
    reseal(base.owner, keys, kept, { batch: 100, signal: stop.signal, onProgress: halfway }),
  ).rejects.toThrow()
  await assertWhole(keys)
  expect((await waiting(base.owner, keys, kept))[0]!.count).toBe(ROWS - 200)
  expect((await reseal(base.owner, keys, kept, { batch: 100 }))[0]).toMatchObject({ sealed: ROWS - 200 })
  await assertWhole(keys)
})

test('what is written meanwhile by a program that has not heard is sealed anew as well', async () => {
  const other = await withChosen(derive, base.owner)
  await choose(base.owner, 'seal', { suite: 'sm4', version: 1 })
  await hearChosen(keys, base.owner)
  let writing: Promise<void> | undefined
  const meanwhile = () => {
    writing ??= write(
      other,
      [ROWS, ROWS + 1].map((n) => n * 2),
    )
  }
  await reseal(base.owner, keys, kept, { batch: 50, onProgress: meanwhile })
  await writing
  await reseal(base.owner, keys, kept)
  await assertWhole(keys, ROWS + 2)
  expect(await waiting(base.owner, keys, kept)).toMatchObject([{ count: 0 }, { count: 0 }])
})

test('a program that has not heard of the switch writes no hash that would not be found', async () => {
  const other = await withChosen(derive, base.owner)
  await reblind(base.owner, keys, kept, { suite: 'sm4', version: 1 })
  await expect(write(other, [ROWS * 2])).rejects.toThrow('under a choice that is over')
  expect(await hearChosen(other, base.owner)).toBe(true)
  await expect(write(other, [0])).rejects.toThrow('duplicate key')
  await write(other, [ROWS * 2])
  await assertWhole(keys, ROWS + 1)
})

test('a text that was tampered with is told and left alone, and stops the hashes from being made anew', async () => {
  await sql`update public.reached set phone_cipher = set_byte(phone_cipher, 20, get_byte(phone_cipher, 20) # 1)
    where id = (select id from public.reached limit 1)`.execute(base.owner)
  await choose(base.owner, 'seal', { suite: 'sm4', version: 1 })
  await hearChosen(keys, base.owner)
  const [phones] = await reseal(base.owner, keys, kept)
  expect(phones).toMatchObject({ sealed: ROWS - 1, broken: [expect.stringContaining('person_id')] })
  await expect(reblind(base.owner, keys, kept, { suite: 'sm4', version: 1 })).rejects.toThrow('opens under no key')
  expect((await readChosen(base.owner)).blind).toEqual({ suite: 'aes', version: 1 })
  expect(keys.chosen!.blind).toEqual({ suite: 'aes', version: 1 })
})
