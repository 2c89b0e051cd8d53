/** The register over the procedures, in the year after the eight measures: lists, caps, second person, answers, schools. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestHouse } from '../../../test/harness/house.ts'
import { buildWorld, refusalOf, type World } from '../../../test/harness/world.ts'
import { moveClock, SYSTEM, transact } from '../../platform/db/index.ts'
import type { OpenHouse } from '../../server/house.ts'
import { burdenDaily } from './index.ts'

let house: OpenHouse
let world: World
beforeAll(async () => {
  house = await openTestHouse('2026-01-05T01:00:00Z')
  world = await buildWorld(house, 3)
})
afterAll(() => house?.close())

const burden = async (who: string) => (await world.as(who)).burden
const basis = { document: '关于开展国家安全教育日活动的通知', number: '区教〔2026〕3号' }
const entry = (changes: object = {}) => ({
  kind: 'event' as const,
  title: '国家安全教育进校园',
  asker: '区委宣传部',
  ...basis,
  schoolIds: [world.schools[0].id],
  from: '2026-03-10',
  until: '2026-03-10',
  items: 1,
  minutes: 40,
  people: 2,
  ...changes,
})
let listedId = ''

describe('lists', () => {
  it('are changed a month ahead, and have ten items in a province even when many add at once', async () => {
    const commission = await burden('commission@district')
    const add = (title: string, from = '2026-02-05') => commission.addListed({ kind: 'event', title, ...basis, from })
    expect(await refusalOf(add('太早', '2026-02-04'))).toBe('refused burden.list_notice')
    ;({ listedId } = await add('国家安全教育'))
    const tried = await Promise.all(Array.from({ length: 14 }, (_, nth) => refusalOf(add(`专题${nth}`))))
    expect(tried.filter((one) => one === 'done')).toHaveLength(9)
    expect(tried.filter((one) => one === 'refused burden.list_full')).toHaveLength(5)
    const other = await burden('commission@other')
    expect(await refusalOf(other.addListed({ kind: 'event', title: '邻区专题', ...basis, from: '2026-02-05' }))).toBe(
      'refused burden.list_full',
    )
    expect((await commission.lists()).figures.listItems).toMatchObject({
      value: 10,
      clause: { number: '教师厅〔2025〕2号' },
    })
  })

  it('of inspections have half of what there were in 2019', async () => {
    const commission = await burden('commission@district')
    await commission.setBase({ items: 3 })
    const add = () =>
      refusalOf(commission.addListed({ kind: 'inspection', title: '春季开学检查', ...basis, from: '2026-02-05' }))
    expect([await add(), await add()]).toEqual(['done', 'refused burden.list_full'])
    await moveClock(house.owner, new Date('2026-03-02T01:00:00Z'))
  })
})

describe('caps', () => {
  it('let six events into a school in a term, whoever comes at the same moment', async () => {
    const trainer = await burden('trainer@district')
    const tried = await Promise.all(Array.from({ length: 10 }, () => refusalOf(trainer.register(entry({ listedId })))))
    expect(tried.filter((one) => one === 'done')).toHaveLength(6)
    expect(tried.filter((one) => one === 'refused burden.over_cap')).toHaveLength(4)
    // Nothing of what was refused is left: not in the register, not in another school that was asked with it.
    expect(await refusalOf(trainer.register(entry({ listedId, schoolIds: [], underId: world.district.id })))).toBe(
      'refused burden.over_cap',
    )
    expect((await trainer.items({ limit: 50 })).total).toBe(6)
    expect((await (await burden('clerk@1')).asked()).counts.events).toBe(0)
    expect((await (await burden('clerk@0')).asked()).counts).toMatchObject({ events: 6, minutes: 480 })
    // The next term begins anew.
    expect(await refusalOf(trainer.register(entry({ listedId, from: '2026-09-10', until: '2026-09-10' })))).toBe('done')
  })

  it('are set aside only by a second person, with both reasons on record', async () => {
    const commission = await burden('commission@district')
    const trainer = await burden('trainer@district')
    const own = await commission.register(entry({ listedId, reason: '上级专项部署' }))
    expect(own.state).toBe('waiting')
    expect(await refusalOf(commission.decide({ itemId: own.itemId, let: true, reason: '同意' }))).toBe(
      'refused burden.own_entry',
    )
    expect(await refusalOf(trainer.decide({ itemId: own.itemId, let: true, reason: '同意' }))).toBe(
      'forbidden access.forbidden',
    )
    const asked = await trainer.register(entry({ reason: '防汛应急演练', title: '防汛演练' }))
    const decided = await Promise.all(
      [1, 2].map(() => refusalOf(commission.decide({ itemId: asked.itemId, let: true, reason: '汛期在即' }))),
    )
    expect(decided.sort()).toEqual(['done', 'refused burden.settled'])
    const item = await commission.item({ itemId: asked.itemId })
    expect(item).toMatchObject({
      state: 'open',
      against: ['off_list', 'over_cap'],
      reason: '防汛应急演练',
      decided: '汛期在即',
    })
    const seen = (await (await burden('clerk@0')).asked()).rows.find(({ id }) => id === asked.itemId)
    expect(seen).toMatchObject({ listed: null, reason: '防汛应急演练', document: basis.document })
  })

  it('count no more what is withdrawn', async () => {
    const trainer = await burden('trainer@district')
    const { rows } = await trainer.items({ limit: 50, kind: 'event', state: 'open' })
    const thisTerm = rows.filter((row) => row.term === 2)
    for (const { id } of thisTerm.slice(-2)) await trainer.withdraw({ itemId: id, reason: '合并开展' })
    expect(await refusalOf(trainer.withdraw({ itemId: thisTerm.at(-1)!.id, reason: '再次' }))).toBe(
      'refused burden.settled',
    )
    expect(await refusalOf(trainer.register(entry({ listedId })))).toBe('done')
  })

  it('do not reach further than the office, and keep to consent and length for secondments', async () => {
    const trainer = await burden('trainer@district')
    expect(await refusalOf(trainer.register(entry({ schoolIds: [world.schools[2].id] })))).toBe('not_found not_found')
    expect(await refusalOf(trainer.register(entry()))).toBe('refused burden.off_list')
    const away = { kind: 'secondment' as const, until: '2026-09-09', schoolConsents: true, personConsents: true }
    expect(await refusalOf(trainer.register(entry({ ...away, personConsents: false })))).toBe(
      'refused burden.no_consent',
    )
    expect(await refusalOf(trainer.register(entry({ ...away, until: '2026-09-10', reason: '确需' })))).toBe(
      'refused burden.too_long',
    )
    expect(await refusalOf(trainer.register(entry(away)))).toBe('done')
  })
})

describe('requests for data', () => {
  it('are recognised by the names that people use', async () => {
    const text =
      '姓名、性别、工号、身份证号、出生年月、最高学历、毕业院校、联系电话、任教学科、任教学段、参加工作时间、从教时间、现任岗位'
    const found = await (await burden('trainer@district')).preview({ text })
    expect(found.filter(({ group }) => group === null)).toEqual([])
    const unknown = await (await burden('trainer@district')).preview({ text: '起始日期、满意度、处分决定' })
    expect(unknown.map(({ id }) => id)).toEqual([null, null, null])
  })

  it('that the record answers reach no school; the office gets the data of its own people', async () => {
    const trainer = await burden('trainer@district')
    const asks = ['教师姓名', '任教学科', '参加工作时间']
    expect((await trainer.preview({ text: asks.join('\n') })).map(({ id }) => id)).toEqual([
      'identity.name',
      'teaching.subject',
      'service.workSince',
    ])
    const request = entry({ kind: 'data', title: '教师任教情况统计', schoolIds: [], underId: world.district.id, asks })
    const { itemId, state } = await trainer.register(request)
    expect(state).toBe('answered')
    expect((await (await burden('clerk@1')).asked()).rows).toEqual([])
    const file = await trainer.exportAnswer({ itemId })
    expect(file.name).toContain('教师任教情况统计')
    expect(await refusalOf((await burden('trainer@other')).exportAnswer({ itemId }))).toBe('not_found not_found')
    expect(await refusalOf((await burden('auditor@district')).exportAnswer({ itemId }))).toBe(
      'forbidden access.forbidden',
    )
  })

  it('ask schools only for what is not on record, four times a term', async () => {
    const trainer = await burden('trainer@district')
    const request = entry({
      kind: 'data',
      title: '课后服务情况',
      schoolIds: [world.schools[1].id],
      asks: ['学历', '课后服务满意度'],
    })
    const { itemId } = await trainer.register(request)
    expect(await trainer.item({ itemId })).toMatchObject({
      held: ['education.level'],
      asked: ['课后服务满意度'],
      state: 'open',
    })
    for (let nth = 2; nth <= 4; nth++) await trainer.register(request)
    expect(await refusalOf(trainer.register(request))).toBe('refused burden.over_cap')
    const clerk = await burden('clerk@1')
    await clerk.markDone({ itemId, schoolId: world.schools[1].id })
    expect(await refusalOf(clerk.markDone({ itemId, schoolId: world.schools[1].id }))).toBe('not_found not_found')
    expect(await trainer.item({ itemId })).toMatchObject({ schools: 1, done: 1 })
  })
})

describe('schools', () => {
  it('report what is not registered; without a name nobody above learns which school it was', async () => {
    const clerk = await burden('clerk@0')
    const [district, city] = await clerk.places()
    expect([district!.id, city!.id]).toEqual([world.district.id, world.city.id])
    const said = {
      toId: world.district.id,
      kind: 'inspection' as const,
      title: '临时检查',
      asker: '某科室',
      words: '未见通知，要求准备台账',
      cameOn: '2026-03-01',
    }
    const { reportId } = await clerk.report({ ...said, named: false })
    await clerk.report({ ...said, named: true, title: '具名反映' })
    expect(await refusalOf(clerk.report({ ...said, named: true, cameOn: '2026-03-03' }))).toBe(
      'invalid burden.report_ahead',
    )
    const commission = await burden('commission@district')
    const rows = await commission.reports()
    expect(rows.map(({ title, schoolName }) => [title, schoolName]).sort()).toEqual(
      [
        ['临时检查', null],
        ['具名反映', '第一小学'],
      ].sort(),
    )
    expect(JSON.stringify(rows.find(({ id }) => id === reportId))).not.toContain(world.schools[0].id)
    expect(await (await burden('commission@other')).reports()).toEqual([])
    await commission.answerReport({ reportId, state: 'stopped', answer: '已叫停' })
    expect(await refusalOf(commission.answerReport({ reportId, state: 'stopped', answer: '再次' }))).toBe(
      'not_found not_found',
    )
    expect((await clerk.ownReports()).find(({ id }) => id === reportId)).toMatchObject({
      state: 'stopped',
      answer: '已叫停',
      named: false,
    })
    expect(await (await burden('clerk@1')).ownReports()).toEqual([])
  })

  it('teachers see what their school is asked, and no other', async () => {
    const teacher = await burden(world.teachers[1]![0]!.account)
    const { rows } = await teacher.ofMySchool()
    expect(rows.length).toBe(4)
    expect(new Set(rows.map(({ schoolId }) => schoolId))).toEqual(new Set([world.schools[1].id]))
    expect((await (await burden(world.teachers[2]![0]!.account)).ofMySchool()).rows).toEqual([])
  })
})

it('the board counts by school, by who asks and by term; apps are looked at once a year', async () => {
  const commission = await burden('commission@district')
  const { itemId } = await commission.register(
    entry({ kind: 'app', title: '打卡小程序', until: '2026-12-31', minutes: 10, people: 30 }),
  )
  const board = await commission.board({})
  const first = board.schools.find(({ orgId }) => orgId === world.schools[0].id)
  expect(board).toMatchObject({ year: 2025, term: 2, answered: 1, waiting: 1 })
  expect(first).toMatchObject({ events: 6, apps: 1, secondments: 1, over: 1, minutes: 6 * 80 + 80 + 300 })
  expect(board.askers).toEqual([{ name: '区委宣传部', items: 12, minutes: 6 * 80 + 80 + 300 + 4 * 80 }])
  expect(board.schools.map(({ orgId }) => orgId)).not.toContain(world.schools[2].id)
  expect((await (await burden('principal@1')).board({})).schools).toHaveLength(1)
  expect((await commission.exportBoard({})).name).toContain('进校园事项统计')
  expect((await commission.exportItems({})).name).toContain('登记册')
  expect((await commission.cleanUp({})).rows.map(({ id, review }) => [id, review])).toEqual([[itemId, null]])
  await commission.review({ itemId, verdict: 'end', reason: '功能重复' })
  expect(await refusalOf(commission.review({ itemId, verdict: 'keep', reason: '再看' }))).toBe('refused burden.settled')
  expect((await commission.cleanUp({})).rows).toMatchObject([
    { state: 'ended', review: { verdict: 'end', reason: '功能重复' } },
  ])
})

it('from November on the clean-up is asked for, once, until every app has been looked at', async () => {
  const commission = await burden('commission@district')
  const { itemId } = await commission.register(entry({ kind: 'app', title: '安全教育平台', until: '2026-12-31' }))
  const todos = async () =>
    (await (await world.as('commission@district')).desk.inbox({ kind: 'todo', open: true })).rows.filter(
      ({ code }) => code === 'burden.todo.clean_up',
    )
  const daily = () =>
    transact(
      house.db,
      { actor: SYSTEM, permission: burdenDaily.permission, scope: { paths: [world.city.path], self: false } },
      burdenDaily.run,
    )
  await daily()
  expect(await todos()).toEqual([])
  await moveClock(house.owner, new Date('2026-11-01T01:00:00Z'))
  await daily()
  await daily()
  expect((await todos()).map(({ data }) => data)).toEqual([{ year: '2026', count: 1 }])
  await commission.review({ itemId, verdict: 'keep', reason: '上级统一部署' })
  expect(await todos()).toEqual([])
})
