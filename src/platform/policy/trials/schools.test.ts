/** Rules about schools: tried on every school in scope, told by school, and explained for one. */
import { Workbook } from '@cj-tech-master/excelts'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestHouse } from '../../../../test/harness/house.ts'
import { buildWorld, type World } from '../../../../test/harness/world.ts'
import type { OpenHouse } from '../../../server/house.ts'
import { type Act, SYSTEM, transact } from '../../db/index.ts'
import { explain } from '../explain.ts'
import { FactBook, type FactSource } from '../facts.ts'
import { exportWhatIf, whatIf, whatIfPeople } from './index.ts'

const SET = 'funding.training'
const SHARE = 'training.funds.public_expense_share'
const DAY = '2023-03-01'

let house: OpenHouse
let world: World
let book: FactBook
beforeAll(async () => {
  house = await openTestHouse()
  world = await buildWorld(house, 2)
  const [first, second, beyond] = world.schools
  await sql`update directory.organisation set school_type = '111' where id = ${second.id}`.execute(house.owner)
  const unknown = { zh: '总务处', en: 'the office' }
  const yuan = (zh: string, en: string) => ({ type: 'number', unit: 'yuan', title: { zh, en }, ask: unknown }) as const
  const source: FactSource = {
    about: 'organisation',
    facts: {
      'school.public_expense': yuan('公用经费', 'Operating funds'),
      'school.training_budget': yuan('培训预算', 'Training budget'),
      'school.type': { type: 'text', unit: 'code:BXLX', title: { zh: '类型', en: 'Type' }, ask: unknown, cut: 'type' },
    },
    rows: ({
      people,
    }) => sql`select q.org_id, m.funds as school_public_expense, m.training as school_training_budget, o.school_type
      from ${people} q join directory.organisation o on o.id = q.org_id
      left join (values (${first.id}::uuid, 1000::numeric, 50::numeric), (${second.id}, 1000, 40), (${beyond.id}, 1000, 900)) m (id, funds, training) on m.id = q.org_id`,
  }
  book = new FactBook([source], sql`records.code`)
})
afterAll(() => house?.close())

/** Acts over the first district only. */
const inDistrict = <T>(work: (act: Act) => Promise<T>) =>
  transact(
    house.db,
    { actor: SYSTEM, permission: 'test', scope: { paths: [world.district.path], self: false } },
    (act) => work(act),
  )
const trial = (changes: Record<string, unknown> = {}) => ({ set: SET, orgId: world.district.id, asOf: DAY, changes })

describe('a trial of a rule about schools', () => {
  it('judges every school below the organisation, those that were there on the day', async () => {
    const [first, second] = world.schools
    const before = await inDistrict((act) => whatIf(act, book, trial()))
    expect(before.about).toBe('organisation')
    expect(before.rows.map(({ key, after, people }) => [key, after, people]).sort()).toEqual(
      [
        [first.id, 'met', 1],
        [second.id, 'unmet', 1],
      ].sort(),
    )
    const after = await inDistrict((act) => whatIf(act, book, trial({ [SHARE]: 0.04 })))
    expect(after.rows.every((row) => row.after === 'met')).toBe(true)
    await sql`update directory.organisation set during = daterange('1990-01-01', '2023-02-01') where id = ${second.id}`.execute(
      house.owner,
    )
    const later = await inDistrict((act) => whatIf(act, book, trial()))
    expect(later.rows.map(({ key }) => key)).toEqual([first.id])
    await sql`update directory.organisation set during = daterange('1990-01-01', null) where id = ${second.id}`.execute(
      house.owner,
    )
  })

  it('tells them apart by district and by type of school, and by nothing that people have', async () => {
    const by = (cut: 'type' | 'district') => inDistrict((act) => whatIf(act, book, { ...trial(), by: cut }))
    expect((await by('type')).rows.map(({ key, name, people }) => [key, name.zh, people])).toEqual([
      ['111', '幼儿园', 1],
      ['211', '小学', 1],
    ])
    expect(new Set((await by('district')).rows.map(({ key }) => key))).toEqual(new Set([world.district.id]))
    await expect(inDistrict((act) => whatIf(act, book, { ...trial(), by: 'age' }))).rejects.toMatchObject({
      code: 'policy.bad_cut',
    })
  })

  it('names the schools behind a number with their facts, page by page', async () => {
    const [first] = world.schools
    const ask = { ...trial({ [SHARE]: 0.06 }), group: 'lose', limit: 10 } as const
    const { about, rows, total } = await inDistrict((act) => whatIfPeople(act, book, ask))
    expect([about, total]).toEqual(['organisation', 1])
    expect(rows[0]).toMatchObject({ personId: null, orgId: first.id, name: '第一小学', orgName: '测试区' })
    expect(rows[0]!.facts.map(({ id, value }) => [id, value])).toEqual([
      ['school.public_expense', '1000'],
      ['school.training_budget', '50'],
    ])
    const all = { ...trial({ [SHARE]: 0.04 }), group: 'after', limit: 1 } as const
    const page = await inDistrict((act) => whatIfPeople(act, book, all))
    const rest = await inDistrict((act) => whatIfPeople(act, book, { ...all, cursor: page.next! }))
    expect([page.rows.length, rest.rows.length, rest.next]).toEqual([1, 1, null])
    expect(new Set([...page.rows, ...rest.rows].map(({ orgId }) => orgId)).size).toBe(2)
  })

  it('goes into a sheet that says what was tried', async () => {
    const file = await inDistrict((act) => exportWhatIf(act, book, trial({ [SHARE]: 0.04 }), 'zh-CN'))
    const opened = new Workbook()
    await opened.xlsx.load(Buffer.from(await file.arrayBuffer()))
    const [list, about] = opened.worksheets
    expect((list!.getRow(1).values as unknown[]).slice(1, 5)).toEqual(['学校代码', '学校', '所属', '区县'])
    expect(list!.getCell('D2').value).toBe('测试区')
    const said = about!.getSheetValues().map((row) => (row as unknown[] | undefined)?.slice(1).join('：'))
    for (const part of [SET, '2023年3月1日', '5% → 4%', '测试区'])
      expect(said).toEqual(expect.arrayContaining([expect.stringContaining(part)]))
  })

  it('reaches no further than the scope', async () => {
    const orgId = world.other.id
    await expect(inDistrict((act) => whatIf(act, book, { ...trial(), orgId }))).rejects.toMatchObject({
      kind: 'not_found',
    })
  })
})

describe('why a school meets a rule', () => {
  it('is told of schools in scope, with what was compared', async () => {
    const orgId = world.schools[1].id
    const why = await inDistrict((act) => explain(act, book, { set: SET, orgId, asOf: DAY }))
    expect(why).toMatchObject({ outcome: 'unmet', person: null })
    expect(why.about).toEqual({ kind: 'organisation', id: orgId, name: '第二小学' })
    expect(why.needs.parts[0]).toMatchObject({ condition: { have: '40', need: '50', lacking: '10' } })
    await expect(
      inDistrict((act) => explain(act, book, { set: SET, orgId: world.schools[2].id, asOf: DAY })),
    ).rejects.toMatchObject({ kind: 'not_found' })
  })

  it('is not told of a person, nor a rule about people of a school', async () => {
    const personId = world.teachers[0]![0]!.id
    const refused = { code: 'policy.other_about' }
    await expect(inDistrict((act) => explain(act, book, { set: SET, personId, asOf: DAY }))).rejects.toMatchObject(
      refused,
    )
  })
})
