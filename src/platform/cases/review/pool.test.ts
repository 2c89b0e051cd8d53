/** The pool: people on record and from elsewhere, and a list from Excel with faults by cell. */
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { refusalOf } from '../../../../test/harness/world.ts'
import type { Caller } from '../../../server/caller.ts'
import { exportFile } from '../../sheets/index.ts'
import { type CasesHouse, openCasesHouse } from '../flow/cases.fixture.ts'
import { asExpert } from './review.fixture.ts'
import { expertSheet, outsideSheet, readFields } from './sheet.ts'

let at: CasesHouse
let office: Caller['cases']
beforeAll(async () => {
  at = await openCasesHouse(4)
  office = (await at.world.as('trainer@district')).cases
})
afterAll(() => at?.house.close())

const list = (rows: Record<string, unknown>[], { columns }: { columns: readonly object[] } = expertSheet) =>
  exportFile({
    title: { zh: '名单', en: 'List' },
    columns,
    rows,
    locale: 'zh-CN',
    at: new Date('2023-03-01'),
  } as never)

it.each([
  ['语文3、历史', { 语文: 3, 历史: 2 }],
  ['数学：１；道德与法治(二)', { 数学: 1, 道德与法治: 2 }],
])('reads %s', (text, fields) => expect(readFields(text)).toEqual({ value: fields }))
it.each(['语文9', '、', '3'])('does not read %s', (text) =>
  expect(readFields(text)).toHaveProperty('error', 'cases.expert_field'),
)

it('takes a person on record, who may review from then on and no more than that', async () => {
  const person = at.world.teachers[0][0]!
  expect(await office.addExpert({ number: person.number.toLowerCase(), fields: { 语文: 3 }, most: 20 })).toEqual({
    accountId: person.account,
    initialPassword: null,
  })
  expect(await office.experts({ search: person.name })).toMatchObject([
    { name: person.name, employer: '第一小学', fields: { 语文: 3 }, most: 20, open: 0 },
  ])
  const own = await asExpert(at, person.account)
  expect(await own.myReviews()).toEqual([])
  expect(await refusalOf(own.experts({}))).toBe('forbidden access.forbidden')
  const { rows } = await sql<{
    n: number
  }>`select count(*)::int as n from access.assignment s where s.account_id = ${person.account} and s.role = 'expert'`.execute(
    at.house.owner,
  )
  await office.addExpert({ number: person.number, fields: { 数学: 1 } })
  expect(rows[0]!.n).toBe(1)
  expect((await office.experts({ search: '数学' })).map(({ name }) => name)).toEqual([person.name])
})
it('takes somebody from elsewhere with an account of their own', async () => {
  const { initialPassword, accountId } = await office.addExpert({
    outside: { name: '周外', employer: '师范大学', login: 'Zhou.Wai' },
    fields: { 语文: 2 },
  })
  expect(initialPassword).toMatch(/\S{8,}/)
  await office.saveExpert({ accountId, fields: { 语文: 3 }, most: 5, title: '教授', active: false })
  expect(await office.experts({ search: '周外' })).toMatchObject([
    { login: 'zhou.wai', active: false, most: 5, title: '教授', personId: null },
  ])
})
it('takes nobody out of scope, and needs to know who is meant', async () => {
  const stranger = at.world.teachers[2][0]!
  expect(await refusalOf(office.addExpert({ number: stranger.number, fields: { 语文: 1 } }))).toBe(
    'not_found not_found',
  )
  expect(await refusalOf(office.addExpert({ fields: { 语文: 1 } }))).toBe('invalid cases.expert_who')
})
it('takes a list from Excel whole or not at all, with the cells that are wrong', async () => {
  const [one, two] = [at.world.teachers[1][0]!, at.world.teachers[1][1]!]
  const wrong = await office.importExperts({
    file: await list([
      { name: one.name, number: one.number, fields: '语文3', title: '正高级教师', most: 30 },
      { name: '别人', number: two.number, fields: '语文9', title: null, most: null },
      { name: '无人', number: 'T99999', fields: '历史', title: null, most: null },
    ]),
  })
  expect(wrong.added).toBe(0)
  expect(wrong.faults.map(({ cell }) => cell[0]).sort()).toEqual(['B', 'C'])
  expect(wrong.faults.every(({ says }) => says.zh.length > 5 && says.en.length > 5)).toBe(true)
  expect(await office.experts({ search: one.name })).toEqual([])
  const rows = [one, two].map((person) => ({
    name: person.name,
    number: person.number,
    fields: '语文3、历史',
    title: null,
    most: null,
  }))
  expect(await office.importExperts({ file: await list(rows) })).toEqual({ added: 2, changed: 0, faults: [] })
  expect(await office.importExperts({ file: await list(rows) })).toEqual({ added: 0, changed: 2, faults: [] })
  expect(await office.experts({ search: '历史' })).toMatchObject([{ most: 60 }, { most: 60 }])
})
it('gives out a template', async () => {
  const file = await office.expertTemplate({ locale: 'zh-CN' })
  expect(file.size).toBeGreaterThan(2_000)
})

it('takes a list of people from elsewhere, gives each an account, and tells passwords once', async () => {
  const outside = (rows: Record<string, unknown>[]) => list(rows, outsideSheet)
  const row = (name: string, login: string, fields = '语文3') => ({
    name,
    login,
    fields,
    employer: '师范大学',
    title: null,
    most: null,
  })
  const wrong = await office.importOutsideExperts({
    file: await outside([
      row('吴外', 'Wu.Wai'),
      row('郑外', at.world.teachers[0][0]!.number),
      row('王外', '王', '语文9'),
    ]),
  })
  expect([wrong.added, wrong.accounts]).toEqual([0, []])
  expect(wrong.faults.map(({ cell }) => cell).sort()).toEqual(['C3', 'C4', 'D4'])
  expect(wrong.faults.find(({ cell }) => cell === 'C3')?.says.zh).toMatch(/已有人使用，可改为“/)
  expect(await office.experts({ search: '吴外' })).toEqual([])

  const made = await office.importOutsideExperts({
    file: await outside([row('吴外', 'Wu.Wai'), row('郑外', 'zheng-wai')]),
  })
  expect(made).toMatchObject({ added: 2, changed: 0, faults: [] })
  expect(made.accounts.map(({ name, login }) => [name, login])).toEqual([
    ['吴外', 'wu.wai'],
    ['郑外', 'zheng-wai'],
  ])
  expect(new Set(made.accounts.map(({ password }) => password)).size).toBe(2)
  const again = await office.importOutsideExperts({ file: await outside([row('吴外', 'wu.wai', '数学1')]) })
  expect(again).toEqual({ added: 0, changed: 1, faults: [], accounts: [] })
  expect(await office.experts({ search: '吴外' })).toMatchObject([{ fields: { 数学: 1 }, personId: null, most: 60 }])
  // The same login under another name is somebody else.
  const other = await office.importOutsideExperts({ file: await outside([row('别人', 'wu.wai')]) })
  expect(other.faults.map(({ cell }) => cell)).toEqual(['C2'])
  const { rows } = await sql<{
    n: number
  }>`select count(*)::int as n from audit.event e where e::text like ${`%${made.accounts[0]!.password}%`}`.execute(
    at.house.owner,
  )
  expect(rows[0]!.n).toBe(0)
})
