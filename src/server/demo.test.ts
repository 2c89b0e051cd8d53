import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestHouse } from '../../test/harness/house.ts'
import { start } from '../../test/harness/program.ts'
import { demoState, loadDemo } from './demo.ts'
import type { OpenHouse } from './house.ts'

let house: OpenHouse
beforeAll(async () => {
  house = await openTestHouse()
})
afterAll(() => house?.close())

const demo = () => start(['demo'], { DATABASE_URL: house.databaseUrl, QIANGSHI_DATA: house.settings.dataFolder })
const organisations = async () =>
  (await sql<{ n: number }>`select count(*) as n from directory.organisation`.execute(house.owner)).rows[0]!.n

test('a load that is killed leaves nothing, and the next one loads everything', async () => {
  const { child, ended } = demo()
  child.stderr!.on('data', (text) => {
    if (String(text).includes('accounts and roles')) child.kill('SIGKILL')
  })
  expect((await ended).stderr).not.toContain('credits')
  expect(await demoState(house.owner)).toBe('none')
  expect(await organisations()).toBe(0)

  const again = await demo().ended
  expect([again.code, await demoState(house.owner)]).toEqual([0, 'whole'])
  const loaded = await organisations()
  expect(await loadDemo(house, () => {})).toBe(false)
  expect(await organisations()).toBe(loaded)
})

test('one that lacks its plan is completed, one that lacks its people is refused', async () => {
  await sql`update training.plan set state = 'draft'`.execute(house.owner)
  expect(await demoState(house.owner)).toBe('planless')
  expect(await loadDemo(house, () => {})).toBe(true)
  expect(await demoState(house.owner)).toBe('whole')
  await sql`update access.account set login = 'gone' where login = 'admin'`.execute(house.owner)
  expect(await demoState(house.owner)).toBe('broken')
  await expect(loadDemo(house, () => {})).rejects.toMatchObject({ code: 'server.demo_broken' })
})
