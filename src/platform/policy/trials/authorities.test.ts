/** A trial over a place that lies under several authorities: everybody is judged by the rules of their own. */
import { Workbook } from '@cj-tech-master/excelts'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestHouse } from '../../../../test/harness/house.ts'
import { buildWorld, type World } from '../../../../test/harness/world.ts'
import { newId } from '../../../base/ids.ts'
import { callerFor } from '../../../server/caller.ts'
import type { OpenHouse } from '../../../server/house.ts'
import { SYSTEM, transact } from '../../db/index.ts'
import { post } from '../../ledger/index.ts'

let house: OpenHouse
let world: World
let official: Awaited<ReturnType<typeof callerFor>>
beforeAll(async () => {
  house = await openTestHouse()
  world = await buildWorld(house, 2)
  const { city, other, teachers } = world
  // 测试市 is under Chongqing, 测试区 under Qianjiang (which extends it), 邻区 under Beijing.
  await sql`update directory.organisation set authority = case when id = ${city.id} then 'chongqing' else 'beijing' end
    where id in (${city.id}, ${other.id})`.execute(house.owner)
  const account = newId()
  await sql`insert into access.account (id, login, name, org_id, org_path) values (${account}, 'city', '市教委', ${city.id}, ${city.path}::ltree)`.execute(
    house.owner,
  )
  await sql`insert into access.assignment (account_id, id, role, org_id, org_path) values (${account}, ${newId()}, 'commission', ${city.id}, ${city.path}::ltree)`.execute(
    house.owner,
  )
  official = await callerFor(house, account)
  await transact(house.db, { actor: SYSTEM, permission: 'test', scope: { paths: [city.path], self: false } }, (act) =>
    post(
      act,
      teachers.map(([first]) => ({
        personId: first!.id,
        creditYear: 2023,
        occurredOn: '2023-05-01',
        kind: 'concentrated',
        level: 'district',
        hours: '114',
        credits: '38',
        title: '集中培训',
        source: { kind: 'test', id: newId() },
      })),
    ),
  )
})
afterAll(() => house?.close())

const asOf = '2025-12-31'
const set = 'training.credit.cycle'
const changes = { 'training.credit.cycle_total': 35 }

it('the city’s figure moves those below it, not those whose authority has its own', async () => {
  const { rows } = await official.policy.whatIf({ set, orgId: world.city.id, asOf, changes, by: 'district' })
  const moves = rows.map(({ name, before, after, people }) => [name.zh, before, after, people])
  expect(moves.sort()).toEqual(
    [
      ['测试区', 'unmet', 'met', 2],
      ['测试区', 'unmet', 'unmet', 2],
      ['邻区', 'met', 'met', 1],
      ['邻区', 'unmet', 'unmet', 1],
    ].sort(),
  )
  const { nature } = await official.policy.whatIf({ set: 'retirement.reached', orgId: world.city.id, asOf })
  expect(nature).toBe('status')
  const met = await official.policy.whatIfPeople({ set, orgId: world.city.id, asOf, changes, group: 'after' })
  expect(met.rows.map(({ personId }) => personId).sort()).toEqual(world.teachers.map(([first]) => first!.id).sort())
})

it('one by one they are judged as all of them were', async () => {
  for (const [first, second] of world.teachers) {
    const outcome = async (personId: string) =>
      (await official.policy.explain({ set, personId, asOf, changes, changedAt: world.city.id })).outcome
    expect([await outcome(first!.id), await outcome(second!.id)]).toEqual(['met', 'unmet'])
  }
  const abroad = world.teachers[2]![0]!
  const { parameters, trial } = await official.policy.explain({
    set,
    personId: abroad.id,
    asOf,
    changes,
    changedAt: world.city.id,
  })
  expect([parameters.map(({ authority, value }) => [authority, value]), trial]).toEqual([[['beijing', 36]], false])
})

it('the sheet has everybody with district, age and stage, and says what was tried', async () => {
  const file = await official.policy.exportWhatIf({ set, orgId: world.city.id, asOf, changes, locale: 'zh-CN' })
  const book = new Workbook()
  await book.xlsx.load(Buffer.from(await file.arrayBuffer()))
  const [list, about] = book.worksheets
  const rows = list!.getSheetValues().map((row) => ((row as unknown[] | undefined) ?? []).slice(1))
  expect(rows[1]!.slice(0, 6)).toEqual(['教职工号', '姓名', '学校', '区县', '年龄', '任教学段'])
  expect(new Set(rows.slice(2).map((row) => row[3]))).toEqual(new Set(['测试区', '邻区']))
  const said = new Map(
    about!.getSheetValues().flatMap((row) => (row ? [(row as string[]).slice(1) as [string, string]] : [])),
  )
  expect(said.get('范围')).toBe('测试市')
  // The city's figure moves the district below it; 邻区 is judged by its own, which stays.
  const TOTAL = '五年周期学分下限'
  expect(said.get(`重庆市：${TOTAL}`)).toMatch(/^120 学分 → 35 学分；渝教师发〔2019〕4号.*；公开引文；chongqing@/)
  expect(said.get(`重庆市黔江区：${TOTAL}`)).toMatch(/^120 学分 → 35 学分；.*；chongqing@/)
  expect(said.get(`北京市：${TOTAL}`)).toMatch(/^36 学分（未改）；.*；beijing@/)
  expect([...said.keys()].some((name) => name === TOTAL)).toBe(false)
})
