/** What an outsider keeps: it can be checked without us, and a trail that was changed is held to it. */
import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Scratch, scratch } from '../../../test/harness/scratch.ts'
import { sealAll } from '../../../test/harness/seal.ts'
import { record } from './index.ts'
import {
  checkTotals,
  fingerprintOf,
  holdToTotals,
  makeTotal,
  openSigner,
  readTotals,
  type TotalsFile,
  totalsFile,
} from './totals.ts'

const signer = openSigner(randomBytes(32))
let base: Scratch
let kept: TotalsFile
const at = (day: string, time = '02:00:00Z') => new Date(`${day}T${time}`)
const act = async (action: string) => {
  await base.as({ paths: ['m'] }, (within) => record(within, { action }))
  await sealAll(base.owner)
}
beforeAll(async () => {
  base = await scratch()
})
afterAll(() => base?.drop())

test('one total a day in China, once there is something in the chain; several programs make one', async () => {
  expect(await makeTotal(base.db, signer, {}, at('2023-03-01'))).toBeNull()
  expect(await totalsFile(base.db, signer)).toBeNull()
  await act('test.one')
  const made = await Promise.all([1, 2, 3].map(() => makeTotal(base.db, signer, { ledger: 5 }, at('2023-03-01'))))
  expect(new Set(made.map((one) => one!.signature)).size).toBe(1)
  await act('test.two')
  expect(await makeTotal(base.db, signer, {}, at('2023-03-01', '15:59:59Z'))).toEqual(made[0])
  expect(await makeTotal(base.db, signer, { ledger: 6 }, at('2023-03-01', '16:00:00Z'))).toMatchObject({
    day: '2023-03-02',
    number: 2,
  })
  expect(await makeTotal(base.db, signer, {}, at('2023-02-01'))).toMatchObject({ day: '2023-03-02' })
  await act('test.three')
  await makeTotal(base.db, signer, { ledger: 6 }, at('2023-03-09'))
  kept = readTotals(JSON.stringify(await totalsFile(base.db, signer)))
  expect(kept.totals.map(({ day }) => day)).toEqual(['2023-03-01', '2023-03-02', '2023-03-09'])
})

test('no total can be changed or taken away, by the owner either', async () => {
  for (const change of [`update audit.total set day = '2020-01-01'`, 'delete from audit.total', 'truncate audit.total'])
    await expect(sql.raw(change).execute(base.owner)).rejects.toThrow('append-only')
})

describe('without a database', () => {
  const altered = (change: (file: TotalsFile) => void): TotalsFile => {
    const copy = structuredClone(kept)
    change(copy)
    return copy
  }

  test('what was signed here holds, in whole and in part', () => {
    expect(checkTotals(kept)).toBeNull()
    expect(checkTotals(altered(({ totals }) => totals.shift()))).toBeNull()
    expect(fingerprintOf(kept.publicKey)).toMatch(/^([0-9a-f]{4}-){3}[0-9a-f]{4}$/)
  })

  test.each([
    ['a hash', 'signature', (file: TotalsFile) => (file.totals[1]!.hash = '0'.repeat(64))],
    ['a day', 'signature', (file: TotalsFile) => (file.totals[1]!.day = '2023-03-03')],
    ['a count', 'signature', (file: TotalsFile) => (file.totals[1]!.counts.ledger = 4)],
    ['a signature', 'signature', (file: TotalsFile) => (file.totals[1]!.signature = 'AAAA')],
    ['the key', 'signature', (file: TotalsFile) => (file.publicKey = openSigner(randomBytes(32)).publicKey)],
    ['what is no key', 'signature', (file: TotalsFile) => (file.publicKey = 'nothing')],
    ['one left out', 'order', (file: TotalsFile) => file.totals.splice(1, 1)],
    ['the order', 'order', (file: TotalsFile) => file.totals.reverse()],
  ])('%s changed is found', (_name, what, change) => {
    expect(checkTotals(altered(change))?.what).toBe(what)
  })

  test('what is no file of totals is refused', () => {
    for (const text of [
      '',
      '{}',
      'null',
      JSON.stringify({ ...kept, totals: [] }),
      JSON.stringify({ ...kept, format: 'x' }),
    ])
      expect(() => readTotals(text)).toThrow('audit.totals_unreadable')
  })
})

test('a trail whose whole chain was made anew does not hold to what was kept', async () => {
  expect(await holdToTotals(base.db, kept, { ledger: 6 })).toBeNull()
  expect(await holdToTotals(base.db, kept, { ledger: 5 })).toMatchObject({ day: '2023-03-02', what: 'counts' })
  // As somebody does who owns the database: the entry is altered, and all links are computed again.
  for (const table of ['event', 'link'])
    await sql.raw(`alter table audit.${table} disable trigger user`).execute(base.owner)
  await sql`update audit.event set action = 'test.never' where action = 'test.two'`.execute(base.owner)
  await sql`delete from audit.link`.execute(base.owner)
  for (const table of ['event', 'link'])
    await sql.raw(`alter table audit.${table} enable trigger user`).execute(base.owner)
  await sealAll(base.owner)
  const { rows } = await sql`select from audit.first_break()`.execute(base.owner)
  expect(rows).toEqual([])
  expect(await holdToTotals(base.db, kept, { ledger: 6 })).toMatchObject({
    number: 2,
    day: '2023-03-02',
    what: 'chain',
  })
})
