/** What offices ask for at once: places of a plan, many answers, previews, lists in any order, workbooks. */
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestHouse } from '../../../test/harness/house.ts'
import { openYear, type TrainingYear } from '../../../test/harness/training.ts'
import { buildWorld, type Person, refusalOf, type World } from '../../../test/harness/world.ts'
import { defineSheet, readSheet } from '../../platform/sheets/index.ts'
import type { OpenHouse } from '../../server/house.ts'

let house: OpenHouse
let world: World
let year: TrainingYear
beforeAll(async () => {
  house = await openTestHouse()
  world = await buildWorld(house, 5)
  year = await openYear(house, world)
})
afterAll(() => house?.close())

const as = async (who: string) => (await world.as(who)).training
const ids = (people: readonly { id: string }[]) => people.map(({ id }) => id)
const first = () => world.teachers[0] as [Person, Person, Person, Person, Person]

describe('places', () => {
  it('of all classes of a plan come at once, each school its own, the district all of them', async () => {
    const [one, other] = [await year.openClass({ places: 6 }), await year.openClass({ places: 4 })]
    await year.send(one, 0, first(), true)
    const places = async (who: string) =>
      (await (await as(who)).ownPlaces({ planId: year.planId })).map((row) => [
        row.classId,
        row.schools,
        row.places,
        row.taken,
        row.waiting,
      ])
    expect(await places('clerk@0')).toEqual([
      [one, 1, 3, 3, 2],
      [other, 1, 2, 0, 0],
    ])
    expect(await places('clerk@1')).toEqual([
      [one, 1, 3, 0, 0],
      [other, 1, 2, 0, 0],
    ])
    expect(await places('trainer@district')).toEqual([
      [one, 2, 6, 3, 2],
      [other, 2, 4, 0, 0],
    ])
    expect(await places('trainer@other')).toEqual([])
  })

  it('are taken back from many at once, and as many move up', async () => {
    const classId = await year.openClass({ places: 6 })
    await year.send(classId, 0, first(), true)
    const clerk = await as('clerk@0')
    const [a, b, c, d, e] = first()
    const takeBack = (people: readonly Person[]) =>
      clerk.takeBackProposals({ classId, personIds: ids(people), reason: '重新推荐' })
    expect(await takeBack([a, b])).toEqual({ takenBack: 2 })
    const states = async () =>
      (await clerk.enrolments({ classId })).rows.map(({ state, seated }) => `${state}${seated ? '*' : ''}`)
    expect(await states()).toEqual(['withdrawn', 'withdrawn', 'proposed*', 'proposed*', 'proposed*'])
    expect(await clerk.quotas({ classId })).toMatchObject([{ places: 3, taken: 3 }])
    expect(await takeBack([a, c])).toEqual({ takenBack: 1 })
    expect(await refusalOf(takeBack([a, b]))).toBe('not_found not_found')
    expect(
      await refusalOf((await as('clerk@1')).takeBackProposals({ classId, personIds: ids([d, e]), reason: '试试' })),
    ).toBe('not_found not_found')
    expect(await clerk.quotas({ classId })).toMatchObject([{ places: 3, taken: 2 }])
    const { rows } = await sql<{ open: number }>`select count(*)::int as open from inbox.item i
      where i.key = ${`answer:${classId}`} and i.done_at is null`.execute(house.owner)
    expect(rows).toEqual([{ open: 2 }])
  })

  it('tell whoever moves up in an open class that they are in it, with nothing to answer', async () => {
    const classId = await year.openClass({ places: 1, enrolment: 'open' })
    const [a, b] = first()
    await (await as(a.account)).enrol({ classId, waitIfFull: false })
    await (await as(b.account)).enrol({ classId, waitIfFull: true })
    await (await as(a.account)).leaveClass({ classId, reason: '临时有事' })
    expect((await (await as(b.account)).mine()).find((row) => row.classId === classId)).toMatchObject({
      state: 'confirmed',
    })
    const { rows } = await sql<{ code: string; recipientId: string }>`select i.code, i.recipient_id from inbox.item i
      where i.data ->> 'class' = (select c.name from training.class c where c.id = ${classId})`.execute(house.owner)
    expect(rows).toEqual([{ code: 'training.message.confirmed', recipientId: b.id }])
  })
})

describe('a class under way', () => {
  let classId: string
  let sessions: string[]
  beforeAll(async () => {
    classId = await year.openClass({ hours: '6' })
    await year.send(classId, 0, first().slice(0, 3))
    await year.send(classId, 1, world.teachers[1]!.slice(0, 1))
    await (await as('trainer@district')).confirmClass({ classId })
    sessions = [
      await year.session(classId, '2023-04-01', { compulsory: true }),
      await year.session(classId, '2023-04-02'),
    ]
  })

  it('has leave decided for many with one answer, never one’s own', async () => {
    const [a, b, c] = first()
    for (const person of [a, b])
      await (await as(person.account)).askLeave({ sessionId: sessions[1]!, reason: '监考任务' })
    const clerk = await as('clerk@0')
    const requests = [a, b, c].map(({ id }) => ({ sessionId: sessions[1]!, personId: id }))
    expect(await refusalOf((await as('clerk@1')).decideLeaves({ requests, grant: true, answer: '' }))).toBe(
      'not_found not_found',
    )
    expect(await clerk.decideLeaves({ requests, grant: true, answer: '同意' })).toEqual({ decided: 2 })
    expect(await refusalOf(clerk.decideLeaves({ requests, grant: false, answer: '' }))).toBe('not_found not_found')
    expect(await clerk.leaveRequests({ open: true })).toEqual([])
    const { rows } = await clerk.enrolments({ classId, sort: 'leave', desc: true })
    expect(rows.map(({ onLeave }) => onLeave)).toEqual([1, 1, 0])
    const { rows: todos } = await sql<{ open: number }>`select count(*)::int as open from inbox.item i
      where i.code = 'training.todo.leave' and i.done_at is null`.execute(house.owner)
    expect(todos).toEqual([{ open: 0 }])
  })

  it('previews completion by the rule that then decides it', async () => {
    const [a, , c] = first()
    const trainer = await as('trainer@district')
    expect(await trainer.completionPreview({ classId })).toMatchObject({ sessions: 2, over: 0, people: [] })
    await year.present(sessions[0]!, '2023-04-01', [a, world.teachers[1]![0]!])
    await year.present(sessions[1]!, '2023-04-02', [c, world.teachers[1]![0]!])
    await year.at('2023-04-02T03:00:00Z')
    expect(await trainer.completionPreview({ classId })).toMatchObject({ sessions: 2, over: 1, passing: 2, failing: 2 })
    await year.at('2023-04-03T01:00:00Z')
    const preview = await trainer.completionPreview({ classId })
    expect(preview).toMatchObject({ rule: { value: '0.8', unit: 'share' }, over: 2, passing: 2, failing: 2 })
    expect(
      preview.people
        .slice(0, 3)
        .map(({ attended, required, passed, reasons }) => [attended, required, passed, reasons]),
    ).toEqual([
      [1, 1, true, []],
      [0, 1, false, ['no_sessions', 'compulsory_missed']],
      [1, 2, false, ['attendance_short', 'compulsory_missed']],
    ])
    expect((await (await as('clerk@0')).completionPreview({ classId })).people).toHaveLength(3)
    expect(await trainer.completeClass({ classId })).toMatchObject({ passed: preview.passing, failed: preview.failing })
    const { rows } = await trainer.enrolments({ classId })
    expect(rows.map(({ state }) => state === 'passed')).toEqual(preview.people.map(({ passed }) => passed))
    expect(await trainer.completionPreview({ classId })).toEqual({
      ...preview,
      decided: true,
      people: preview.people,
    })
  })

  it('names itself in English wherever it is named', async () => {
    await sql`update training.class set name_en = 'Reading' where id = ${classId}`.execute(house.owner)
    const trainer = await as('trainer@district')
    expect(await trainer.screen({ sessionId: sessions[0]! })).toMatchObject({
      classNameEn: 'Reading',
      periodSeconds: 10,
    })
    expect((await trainer.leaveRequests({ open: false }))[0]).toMatchObject({ classNameEn: 'Reading' })
    expect(await trainer.class({ classId })).toMatchObject({ authority: 'qianjiang' })
    expect((await trainer.plans({}))[0]).toMatchObject({
      authority: 'qianjiang',
      titleEn: expect.stringContaining('Qianjiang'),
    })
  })

  it('says in the sample what was taken back, and keeps the figures of a locked year', async () => {
    const trainer = await as('trainer@district')
    const [a] = first()
    const school = world.schools[0].id
    await expect((await as('principal@0')).confirmCredits({ orgIds: [school], year: 2024 })).rejects.toMatchObject({
      data: { code: 'training.year_not_begun' },
    })
    await (await as('principal@0')).confirmCredits({ orgIds: [school], year: 2023 })
    await trainer.drawSamples({ orgIds: [school], year: 2023, personIds: [a.id] })
    const sample = await trainer.sample({ orgId: school, year: 2023 })
    expect(sample.flatMap(({ entries }) => entries)).toMatchObject([
      { titleEn: 'Reading', counterOf: null, countered: false },
    ])
    await trainer.checkSample({
      year: 2023,
      personIds: sample.map(({ personId }) => personId),
      result: 'sound',
      note: '',
    })
    await trainer.finishChecks({ orgIds: [school], year: 2023 })
    await (await as('commission@district')).lockYear({ year: 2023 })
    const locked = async () => (await trainer.audits({ year: 2023 })).find(({ orgId }) => orgId === school)!
    expect(await locked()).toMatchObject({ credits: '2.00', sealedCredits: '2.00' })
    const entry = sample[0]!.entries[0]!
    await trainer.takeBackEntry({ personId: a.id, entryId: entry.id, reason: '核查有误' })
    expect(await locked()).toMatchObject({ credits: '2.00', sealedCredits: '2.00' })
    const [person] = await trainer.sample({ orgId: school, year: 2023 })
    expect(person!.entries.map(({ counterOf, countered }) => [counterOf, countered]).sort()).toEqual(
      [
        [null, true],
        [entry.id, false],
      ].sort(),
    )
  })
})

describe('long lists', () => {
  type Page = { rows: { number: string }[]; next: string | null; total: number }
  /** All pages of two, put together. */
  const through = async (load: (cursor: { cursor?: string }) => Promise<Page>) => {
    const numbers: string[] = []
    for (let cursor: string | undefined; ; ) {
      const page = await load(cursor === undefined ? {} : { cursor })
      numbers.push(...page.rows.map(({ number }) => number))
      expect(page.total).toBe(10)
      if (page.next === null) return numbers
      cursor = page.next
    }
  }
  let classId: string
  beforeAll(async () => {
    await year.at('2023-03-02T01:00:00Z')
    classId = await year.openClass({ places: 10 })
    await year.send(classId, 0, first())
    await year.send(classId, 1, world.teachers[1]!)
  })

  it.each(['number', 'name', 'school', 'year', 'cycle', 'district', 'missing'] as const)(
    'credits page by %s without gaps, both ways',
    async (sort) => {
      const trainer = await as('trainer@district')
      const whole = async (desc: boolean) =>
        (await trainer.credits({ year: 2023, sort, desc, limit: 200 })).rows.map(({ number }) => number)
      for (const desc of [false, true])
        expect(await through((cursor) => trainer.credits({ year: 2023, sort, desc, limit: 2, ...cursor }))).toEqual(
          await whole(desc),
        )
      expect(await whole(true)).toEqual((await whole(false)).reverse())
    },
  )

  it('credits come in the order of their figures', async () => {
    const trainer = await as('trainer@district')
    const { rows } = await trainer.credits({ year: 2023, sort: 'cycle', desc: true })
    expect(rows[0]!.cycle).toBe('2.00')
    expect(rows.map(({ cycle }) => Number(cycle))).toEqual(rows.map(({ cycle }) => Number(cycle)).sort((x, y) => y - x))
    const missing = await trainer.credits({ year: 2023, sort: 'missing', limit: 1 })
    expect(missing.rows[0]!.cycle).toBe(rows[0]!.cycle)
  })

  it.each(['number', 'name', 'school', 'state', 'term', 'fair', 'present', 'leave', 'credits'] as const)(
    'people of a class page by %s without gaps',
    async (sort) => {
      const trainer = await as('trainer@district')
      const all = (await trainer.enrolments({ classId, sort, desc: true, limit: 200 })).rows
      expect(await through((cursor) => trainer.enrolments({ classId, sort, desc: true, limit: 2, ...cursor }))).toEqual(
        all.map(({ number }) => number),
      )
    },
  )

  it.each([undefined, 'recent', 'fair', 'name', 'number', 'title', 'state'] as const)(
    'candidates page by %s without gaps',
    async (sort) => {
      const trainer = await as('trainer@district')
      const order = sort ? { sort } : {}
      const all = (await trainer.eligible({ classId, limit: 200, ...order })).rows
      expect(await through((cursor) => trainer.eligible({ classId, limit: 2, ...order, ...cursor }))).toEqual(
        all.map(({ number }) => number),
      )
    },
  )

  it('a torn cursor is told, and the other school’s people stay out of every order', async () => {
    const clerk = await as('clerk@0')
    for (const cursor of ['nonsense', Buffer.from('["x","T00001"]').toString('base64url')])
      expect(await refusalOf(clerk.credits({ year: 2023, sort: 'cycle', cursor }))).toBe('invalid training.bad_cursor')
    for (const sort of ['cycle', 'district', 'name'] as const)
      expect((await clerk.credits({ year: 2023, sort })).total).toBe(5)
  })

  it('go out as workbooks with what one may see, in the order asked for', async () => {
    const clerk = await as('clerk@0')
    const sheet = defineSheet({
      name: 'test',
      title: { zh: '名单', en: 'List' },
      columns: [
        { key: 'number', header: { zh: '教职工号', en: 'Teacher number' }, kind: 'text' },
        { key: 'state', header: { zh: '状态', en: 'State' }, kind: 'text' },
        { key: 'cycle', header: { zh: '本周期累计', en: 'In the cycle' }, kind: 'text' },
      ],
    })
    const read = async (file: File) =>
      (await readSheet(Buffer.from(await file.arrayBuffer()), sheet, { asOf: '2023-03-02' })).rows.map(
        ({ values }) => values,
      )
    const people = await read(await clerk.exportEnrolments({ classId, sort: 'number', desc: true }))
    expect(people.map(({ number }) => number)).toEqual(
      first()
        .map(({ number }) => number)
        .reverse(),
    )
    expect(people[0]).toMatchObject({ state: '待答复' })
    const credits = await clerk.exportCredits({ year: 2023, sort: 'cycle', desc: true })
    expect(credits.name).toMatch(/2023年度学分.*\.xlsx$/)
    expect(await read(credits)).toHaveLength(5)
    expect((await read(await clerk.exportCredits({ year: 2023, locale: 'en' }))).length).toBe(5)
  })
})
