import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestHouse } from '../../../test/harness/house.ts'
import { lastWords, run } from '../../../test/harness/program.ts'
import { buildWorld } from '../../../test/harness/world.ts'
import { newcomer, type RowOf, sheetOf } from '../../domains/records/service/roster/roster.fixture.ts'
import type { OpenHouse } from '../house.ts'

let house: OpenHouse
let base = ''
beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'qiangshi-import-'))
  house = await openTestHouse()
  await buildWorld(house, 1)
})
afterAll(async () => {
  await house?.close()
  await rm(base, { recursive: true, force: true })
})

async function workbook(name: string, ...rows: RowOf[]): Promise<string> {
  const file = join(base, name)
  await writeFile(file, new Uint8Array(await (await sheetOf(rows)).arrayBuffer()))
  return file
}
const bring = (...args: string[]) =>
  run(['import', ...args], { DATABASE_URL: house.databaseUrl, QIANGSHI_DATA: house.settings.dataFolder })
const people = async () =>
  (await sql<{ count: number }>`select count(*) as count from directory.person`.execute(house.owner)).rows[0]!.count

test('a roster is checked, refused with its faults, applied, and the second time changes nothing', {
  timeout: 180_000,
}, async () => {
  const before = await people()
  const good = await workbook('good.xlsx', newcomer(1), newcomer(2))
  const checked = await bring(good, '--as', 'CLERK-0', '--check')
  expect([checked.code, checked.stdout]).toEqual([
    0,
    expect.stringMatching(/^Roster checked, nothing changed: 2 rows; 2 would be added/),
  ])
  expect(await people()).toBe(before)

  const bad = await workbook('bad.xlsx', newcomer(1), newcomer(2, { 身份证件号码: '110105199005170010' }))
  const faults = join(base, 'faults.xlsx')
  const refused = await bring(bad, '--as', 'clerk-0', '--faults', faults)
  expect(refused.code).toBe(1)
  expect(refused.stdout).toMatch(
    /^Row 3, column C .*\nNothing was imported: 1 of 2 rows have faults\nThe faulty rows are in /,
  )
  expect((await readFile(faults)).subarray(0, 2).toString()).toBe('PK')
  expect(await people()).toBe(before)

  const applied = await bring(good, '--as', 'clerk-0', '--json')
  expect([applied.code, JSON.parse(applied.stdout)]).toMatchObject([0, { applied: true, rows: 2, added: 2, faulty: 0 }])
  expect(await people()).toBe(before + 2)
  const again = await bring(good, '--as', 'clerk-0', '--json')
  expect([again.code, JSON.parse(again.stdout)]).toMatchObject([0, { added: 0, changed: 0, unchanged: 2 }])
})

test('the permissions of the account hold', { timeout: 90_000 }, async () => {
  const file = await workbook('other.xlsx', newcomer(9))
  const nobody = await bring(file, '--as', 'nobody')
  expect([nobody.code, lastWords(nobody)]).toEqual([1, ['There is no account with the login name nobody']])
  const teacher = await bring(file, '--as', 't00001')
  expect([teacher.code, lastWords(teacher).length]).toEqual([1, 1])
  const missing = await bring(join(base, 'no.xlsx'), '--as', 'clerk-0')
  expect([missing.code, lastWords(missing)[0]]).toEqual([1, expect.stringMatching(/^There is no such file/)])
  await expect(stat(join(base, 'no.xlsx'))).rejects.toMatchObject({ code: 'ENOENT' })
})
