/** What a teacher’s phone is told about their own classes and credits. */
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestHouse } from '../../../test/harness/house.ts'
import { openYear, type TrainingYear } from '../../../test/harness/training.ts'
import { buildWorld, type Person, refusalOf, type World } from '../../../test/harness/world.ts'
import type { OpenHouse } from '../../server/house.ts'

let house: OpenHouse
let world: World
let year: TrainingYear
beforeAll(async () => {
  house = await openTestHouse()
  world = await buildWorld(house, 4)
  year = await openYear(house, world)
})
afterAll(() => house?.close())

const as = async (person: Person) => (await world.as(person.account)).training
const trainer = async () => (await world.as('trainer@district')).training
const ownRow = async (person: Person, classId: string) =>
  (await (await as(person)).mine()).find((row) => row.classId === classId)!

describe('one’s own classes', () => {
  it('say how one came in, from when one may check in, and what was answered to a request for leave', async () => {
    const [first] = world.teachers[0]! as [Person, ...Person[]]
    const classId = await year.openClass({ terms: 2 })
    await sql`update training.class set name_en = 'Test class' where id = ${classId}`.execute(house.owner)
    await year.send(classId, 0, [first])
    expect(await ownRow(first, classId)).toMatchObject({
      nameEn: 'Test class',
      enrolment: 'delegated',
      classState: 'open',
      terms: 2,
      term: null,
      wayOut: 'decline',
      outcome: null,
    })
    const later = await year.session(classId, '2023-09-02', { term: 2 })
    const earlier = await year.session(classId, '2023-09-01', { term: 1 })
    const terms = async () => (await ownRow(first, classId)).sessions.map(({ term }) => term)
    expect(await terms()).toEqual([1, 2])
    await (await trainer()).confirmClass({ classId })
    const { term } = await ownRow(first, classId)
    expect(await terms()).toEqual([term])
    for (const sessionId of [later, earlier]) await (await trainer()).removeSession({ sessionId })
    const sessionId = await year.session(classId, '2023-04-01', { term: term! })
    const other = await year.openClass({ enrolment: 'open' })
    await (await as(first)).enrol({ classId: other, waitIfFull: false })
    await year.session(other, '2023-04-01')
    await (await as(first)).askLeave({ sessionId, reason: '监考任务' })
    expect((await ownRow(first, classId)).sessions[0]).toMatchObject({
      opensAt: '2023-04-01T00:30:00.000Z',
      attendance: null,
      checkedInAt: null,
      leave: { state: 'asked', reason: '监考任务', answer: null, decidedAt: null },
    })
    await (await world.as('clerk@0')).training.decideLeaves({
      requests: [{ sessionId, personId: first.id }],
      grant: false,
      answer: '请与他人调换',
    })
    const row = await ownRow(first, classId)
    expect(row).toMatchObject({ term: expect.any(Number), wayOut: null })
    expect(row.sessions[0]!.leave).toMatchObject({ state: 'refused', answer: '请与他人调换' })
    expect((await ownRow(first, other)).clashes).toMatchObject([{ withClassEn: 'Test class' }])

    await year.at('2023-04-01T00:29:00Z')
    const early = await (await trainer()).screen({ sessionId })
    expect(await refusalOf((await as(first)).checkIn({ token: early.token }))).toBe('refused training.too_early')
    await year.at('2023-04-01T00:30:00Z')
    const { token } = await (await trainer()).screen({ sessionId })
    expect(await (await as(first)).checkIn({ token })).toMatchObject({ classNameEn: 'Test class', already: false })
    expect(await (await as(first)).checkIn({ token })).toMatchObject({ classNameEn: 'Test class', already: true })
    expect((await ownRow(first, classId)).sessions[0]).toMatchObject({
      attendance: 'present',
      checkedInAt: expect.any(String),
    })
    await year.at('2023-03-01T01:00:00Z')
  })

  it('open the doors by the figure that holds on the day of the session', async () => {
    const person = world.teachers[0]![1]!
    const classId = await year.openClass({ enrolment: 'open' })
    await year.session(classId, '2023-04-08')
    await year.session(classId, '2024-04-08')
    await (await as(person)).enrol({ classId, waitIfFull: false })
    const opens = async () => (await ownRow(person, classId)).sessions.map(({ opensAt }) => opensAt.slice(11, 16))
    expect(await opens()).toEqual(['00:30', '00:30'])
    // A new version of the pack in force: from 2024 on the doors open three quarters of an hour before.
    await sql`insert into policy.pack_version (id, authority, name, extends)
      select 'qianjiang@later', v.authority, v.name, v.extends from policy.pack_version v join policy.pack p on p.version_id = v.id
      where p.authority = 'qianjiang'`.execute(house.owner)
    await sql`insert into policy.parameter (version_id, id, title, unit)
      values ('qianjiang@later', 'training.checkin.opens_minutes', '{"zh":"提前签到","en":"Opens"}', 'minute')`.execute(
      house.owner,
    )
    await sql`insert into policy.parameter_value (version_id, parameter_id, during, value, confidence)
      values ('qianjiang@later', 'training.checkin.opens_minutes', '[2024-01-01,)', '45', 'U')`.execute(house.owner)
    const inForce = (version: unknown) =>
      sql`update policy.pack p set version_id = (${version}) where p.authority = 'qianjiang'`.execute(house.owner)
    const { rows } = await sql<{ versionId: string }>`select p.version_id from policy.pack p
      where p.authority = 'qianjiang'`.execute(house.owner)
    await inForce('qianjiang@later')
    expect(await opens()).toEqual(['00:30', '00:15'])
    await inForce(rows[0]!.versionId)
  })

  it('offer to leave an open class until it begins, and only then', async () => {
    const person = world.teachers[0]![2]!
    const classId = await year.openClass({ enrolment: 'open' })
    await year.session(classId, '2023-05-06')
    await (await as(person)).enrol({ classId, waitIfFull: false })
    expect((await ownRow(person, classId)).wayOut).toBe('leave')
    await (await trainer()).confirmClass({ classId })
    expect(await ownRow(person, classId)).toMatchObject({ classState: 'confirmed', wayOut: 'leave' })
    await year.at('2023-05-06T01:00:00Z')
    expect((await ownRow(person, classId)).wayOut).toBeNull()
    expect(await refusalOf((await as(person)).leaveClass({ classId, reason: '临时有事' }))).toBe(
      'refused training.class_begun',
    )
    await year.at('2023-05-06T00:59:00Z')
    await (await as(person)).leaveClass({ classId, reason: '临时有事' })
    expect(await ownRow(person, classId)).toMatchObject({ state: 'withdrawn', wayOut: null })
    await year.at('2023-03-01T01:00:00Z')
  })

  it('tell why somebody did not pass: the share reached and asked for, where that is written, and what was compulsory', async () => {
    const [good, short, , skipped] = world.teachers[1]! as [Person, Person, Person, Person]
    const classId = await year.openClass()
    await year.send(classId, 1, [good, short, skipped])
    await (await trainer()).confirmClass({ classId })
    const days = ['2023-06-01', '2023-06-02', '2023-06-03', '2023-06-04', '2023-06-05']
    const sessions: string[] = []
    for (const day of days) sessions.push(await year.session(classId, day, { compulsory: day === '2023-06-01' }))
    for (const [i, day] of days.entries())
      await year.present(sessions[i]!, day, [good, ...(i < 2 ? [short] : []), ...(i > 0 ? [skipped] : [])])
    await year.at('2023-06-06T01:00:00Z')
    await (await trainer()).completeClass({ classId })
    const share = { value: '0.8', unit: 'share', clause: {}, confidence: 'U' }
    expect((await ownRow(good, classId)).outcome).toMatchObject({ reached: '1', share, reasons: [], missed: [] })
    expect(await ownRow(short, classId)).toMatchObject({
      state: 'failed',
      attended: 2,
      required: 5,
      outcome: { reached: '0.4', share, reasons: ['attendance_short'] },
    })
    const missed = (await ownRow(skipped, classId)).outcome!
    expect(missed).toMatchObject({ reached: '0.8', reasons: ['compulsory_missed'] })
    expect(missed.missed).toEqual([
      { sessionId: sessions[0], title: '2023-06-01 场', starts: expect.any(String), compulsory: true },
    ])
  })
})

describe('one’s own credits', () => {
  it('name the class in English and carry every objection with its answer, missing entries among them', async () => {
    const person = world.teachers[1]![0]!
    const { entries } = await (await as(person)).myCredits()
    const entry = entries[0]!
    await sql`update training.class set name_en = 'English name' where id = ${entry.sourceId}`.execute(house.owner)
    await (await as(person)).object({ entryId: entry.id, text: '学时记少了，请核实' })
    const { id } = await (await as(person)).object({ entryId: null, text: '去年暑期研修没有记入' })
    await (await trainer()).answerObjection({
      personId: person.id,
      objectionId: id,
      uphold: false,
      answer: '该研修由市级平台另行记入',
    })
    const credits = await (await as(person)).myCredits()
    expect(credits.entries[0]).toMatchObject({ titleEn: 'English name', objection: { state: 'open' } })
    expect(credits.objections).toMatchObject([
      { entryId: entry.id, title: entry.title, titleEn: 'English name', state: 'open', answer: null },
      {
        entryId: null,
        title: null,
        titleEn: null,
        text: '去年暑期研修没有记入',
        state: 'rejected',
        answer: '该研修由市级平台另行记入',
        answeredAt: expect.any(String),
      },
    ])
    expect((await (await as(world.teachers[1]![1]!)).myCredits()).objections).toEqual([])
  })
})
