/** A round that runs late: experts are reminded once a step and once a day; its scores go into a workbook, blind unless names are asked for. */
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { refusalOf } from '../../../../test/harness/world.ts'
import type { Caller } from '../../../server/caller.ts'
import { moveClock } from '../../db/index.ts'
import { defineSheet, readSheet } from '../../sheets/index.ts'
import { type CasesHouse, openCasesHouse } from '../flow/cases.fixture.ts'
import { remindersDaily, remindOfLate } from './remind.ts'
import { addExperts, asExpert, casesAtReview, scoreAll, withReview } from './review.fixture.ts'

const stage = 'review'
let at: CasesHouse
let office: Caller['cases']
let accounts: string[]
let callId: string
beforeAll(async () => {
  at = await openCasesHouse(4)
  office = (await at.world.as('trainer@district')).cases
  accounts = await addExperts(at, 3)
  callId = await at.publish(withReview({ reviews: 3, outlier: undefined, floor: undefined }))
  await casesAtReview(at, callId, 2)
  await office.preparePapers({ callId, stage })
  const { digest } = await office.previewAssignment({ callId, stage })
  await office.assignReviews({ callId, stage, digest })
  await scoreAll(await asExpert(at, accounts[0]!), 50, 30)
})
afterAll(() => at?.house.close())

const told = async () => {
  const { rows } = await sql<{
    whose: string
    key: string
    data: { n: number; date: string }
  }>`select i.recipient_id as whose, i.key, i.data
    from inbox.item i where i.code = 'cases.told.review_late' order by i.id`.execute(at.house.owner)
  return rows
}
const daily = () => at.everywhere((act) => remindOfLate(act))

describe('reminders', () => {
  it('come to those who are late and to nobody else, once at each step', async () => {
    // Five working days from Wednesday, 1 March: Wednesday, 8 March.
    await moveClock(at.house.owner, new Date('2023-03-08T01:00:00Z'))
    await daily()
    expect(await told()).toEqual([])
    await moveClock(at.house.owner, new Date('2023-03-09T01:00:00Z'))
    await daily()
    await daily()
    expect((await told()).map(({ whose }) => whose).sort()).toEqual([accounts[1], accounts[2]].sort())
    expect((await told())[0]!.data).toMatchObject({ zh: '测试遴选·专家评审', n: 2, date: '2023-03-08' })
    await moveClock(at.house.owner, new Date('2023-03-11T01:00:00Z'))
    await daily()
    expect(await told()).toHaveLength(2)
    await moveClock(at.house.owner, new Date('2023-03-12T01:00:00Z'))
    await daily()
    expect(await told()).toHaveLength(4)
    expect(remindersDaily.permission).toBe('cases.review.organise')
  })
  it('are sent by the office once a day', async () => {
    expect(await office.remindLate({ callId, stage })).toEqual({ reminded: 2, before: 0 })
    expect(await office.remindLate({ callId, stage })).toEqual({ reminded: 0, before: 2 })
    await moveClock(at.house.owner, new Date('2023-03-13T01:00:00Z'))
    await scoreAll(await asExpert(at, accounts[1]!), 60, 40)
    expect(await office.remindLate({ callId, stage })).toEqual({ reminded: 1, before: 0 })
    expect((await told()).at(-1)).toMatchObject({ whose: accounts[2], key: expect.stringContaining(':2023-03-13') })
  })
  it('are nobody else’s to send', async () => {
    expect(await refusalOf((await at.world.as('principal@0')).cases.remindLate({ callId, stage }))).toBe(
      'forbidden access.forbidden',
    )
    const other = (await at.world.as('trainer@other')).cases
    expect(await other.remindLate({ callId, stage })).toEqual({ reminded: 0, before: 0 })
  })
})

describe('the workbook of scores', () => {
  const text = (key: string, zh: string) => ({ key, header: { zh, en: key }, kind: 'text' as const })
  const sheet = defineSheet({
    name: 'scores',
    title: { zh: '评分', en: 'Scores' },
    columns: [
      { key: 'nth', header: { zh: '材料编号', en: 'Paper' }, kind: 'integer' as const },
      text('name', '申报人'),
      text('org', '单位'),
      text('expert', '评审专家'),
      text('state', '状态'),
      { key: 'work', header: { zh: '工作实绩（60分）', en: 'work' }, kind: 'decimal' as const },
      { key: 'total', header: { zh: '总分', en: 'total' }, kind: 'decimal' as const },
      text('words', '评语'),
    ],
    messages: { 'zh-CN': {}, en: {} },
  })
  const read = async (file: File) =>
    (await readSheet(Buffer.from(await file.arrayBuffer()), sheet, { asOf: '2023-03-13' })).rows.map(
      ({ values }) => values,
    )

  it('has a row for each review by the number of its paper, and no name of anybody', async () => {
    const [last] = (await (await asExpert(at, accounts[2]!)).myReviews()).filter(({ state }) => state === 'assigned')
    await (await asExpert(at, accounts[2]!)).saveReview({
      reviewId: last!.reviewId,
      scores: { work: 7 },
      words: '草稿',
    })
    const rows = await read(await office.exportScores({ callId, stage, locale: 'zh-CN' }))
    expect(rows.map(({ nth }) => nth)).toEqual([1, 1, 1, 2, 2, 2])
    expect(new Set(rows.map(({ expert }) => expert))).toEqual(new Set(['专家1', '专家2', '专家3']))
    expect(
      rows.filter(({ state }) => state === '已交').map(({ work, total }) => [Number(work), Number(total)]),
    ).toEqual(
      expect.arrayContaining([
        [50, 80],
        [60, 100],
      ]),
    )
    // What is still being typed is nobody’s to read.
    expect(rows.filter(({ state }) => state === '未交')).toMatchObject([
      { work: null, total: null, words: null },
      { work: null, total: null, words: null },
    ])
    const people = at.world.teachers.flat().map(({ name }) => name)
    const said = JSON.stringify(rows)
    expect(people.some((name) => said.includes(name))).toBe(false)
    expect(said).not.toMatch(/第[一二]小学|专家[甲申电]/)
  })
  it('has names where they are asked for, within what the asker sees', async () => {
    const rows = await read(await office.exportScores({ callId, stage, locale: 'zh-CN', names: true }))
    expect(rows[0]).toMatchObject({ name: expect.stringMatching(/./), org: expect.stringMatching(/第[一二]小学/) })
    expect(new Set(rows.map(({ expert }) => expert)).size).toBe(3)
    expect(rows[0]!.expert).not.toMatch(/^专家\d$/)
    const other = (await at.world.as('trainer@other')).cases
    expect(await read(await other.exportScores({ callId, stage, names: true }))).toEqual([])
    expect(await refusalOf((await asExpert(at, accounts[0]!)).exportScores({ callId, stage }))).toBe(
      'forbidden access.forbidden',
    )
  })
})
