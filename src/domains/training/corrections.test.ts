/** Objections that are upheld, certificates that follow the ledger, and figures of a year that stay as they were sealed. */
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestHouse } from '../../../test/harness/house.ts'
import { openYear, type TrainingYear } from '../../../test/harness/training.ts'
import { buildWorld, type Person, refusalOf, type World } from '../../../test/harness/world.ts'
import { SYSTEM, transact } from '../../platform/db/index.ts'
import type { OpenHouse } from '../../server/house.ts'
import { trainingDaily } from './index.ts'
import { certificateWords } from './print.ts'

let house: OpenHouse
let world: World
let year: TrainingYear
let classId: string
beforeAll(async () => {
  house = await openTestHouse()
  world = await buildWorld(house, 5)
  year = await openYear(house, world)
  classId = await year.openClass({ places: 10, hours: '6' })
  await (await trainer()).updateClass({ classId, nameEn: 'Trial class' })
  await year.send(classId, 0, world.teachers[0])
  await year.send(classId, 1, world.teachers[1])
  await (await trainer()).confirmClass({ classId })
  const session = await year.session(classId, '2023-04-01')
  await year.present(session, '2023-04-01', [...world.teachers[0], ...world.teachers[1]])
  await year.at('2023-04-02T01:00:00Z')
  await (await trainer()).completeClass({ classId })
})
afterAll(() => house?.close())

const as = async (who: string) => (await world.as(who)).training
const trainer = () => as('trainer@district')
const teacher = (n: number, school: 0 | 1 = 0) => world.teachers[school][n]!
const creditsOf = async (person: Person) => (await as(person.account)).myCredits()
const certificateOf = async (person: Person) =>
  (await (await as(person.account)).mine()).find((row) => row.classId === classId)!.certificate
const verify = async (code: string) => (await world.as('auditor@other')).documents.verify({ code })

async function objected(person: Person): Promise<{ personId: string; objectionId: string; entryId: string }> {
  const entry = (await creditsOf(person)).entries.find(({ counterOf, countered }) => !counterOf && !countered)!
  const { id } = await (await as(person.account)).object({ entryId: entry.id, text: '应为 12 学时，不是 6 学时' })
  return { personId: person.id, objectionId: id, entryId: entry.id }
}
const answer = '经核对签到记录，应为 12 学时'
const twelve = { as: 'correct', kind: 'concentrated', level: 'district', hours: '12' } as const

describe('an objection to an entry that is upheld', () => {
  it('needs a word on what becomes of the entry', async () => {
    const { entryId: _, ...asked } = await objected(teacher(0))
    const office = await trainer()
    expect(await refusalOf(office.answerObjection({ ...asked, uphold: true, answer }))).toBe(
      'invalid training.remedy_needed',
    )
    const enter = { ...twelve, as: 'enter', occurredOn: '2023-03-01', title: '研修', evidence: '证书' } as const
    expect(await refusalOf(office.answerObjection({ ...asked, uphold: true, answer, remedy: enter }))).toBe(
      'invalid training.remedy_needed',
    )
    const same = { ...twelve, hours: '6.0' }
    expect(await refusalOf(office.answerObjection({ ...asked, uphold: true, answer, remedy: same }))).toBe(
      'invalid training.nothing_corrected',
    )
  })

  it('corrects it: counter-entry and new entry at once, and a new certificate for the old', async () => {
    const person = teacher(0)
    const before = (await certificateOf(person))!
    const [open] = (await (await trainer()).objections({ open: true })).filter(({ personId }) => personId === person.id)
    expect(open).toMatchObject({
      year: 2023,
      sealed: false,
      entry: { hours: '6.00', kind: 'concentrated', level: 'district', certificate: before.label },
    })
    const { entered } = await (await trainer()).answerObjection({
      personId: person.id,
      objectionId: open!.id,
      uphold: true,
      answer,
      remedy: twelve,
    })
    expect(entered).toMatchObject({ hours: '12.00', credits: '4.00', creditYear: 2023 })
    const { earned, entries, objections, answerWithin } = await creditsOf(person)
    expect(earned).toBe('4')
    // The day by which it was to be answered rests on a figure that is shown with its confidence.
    expect(answerWithin).toMatchObject({ value: '10', unit: 'day', confidence: 'U' })
    expect(entries.map(({ credits, counterOf }) => [credits, counterOf !== null]).sort()).toEqual([
      ['-2.00', true],
      ['2.00', false],
      ['4.00', false],
    ])
    expect(entries.find(({ id }) => id === entered!.id)).toMatchObject({
      sourceKind: 'objection',
      sourceId: open!.id,
      titleEn: 'Trial class',
      occurredOn: '2023-04-01',
    })
    expect(objections[0]).toMatchObject({
      state: 'upheld',
      remedy: 'correct',
      newEntry: { id: entered!.id, credits: '4.00', hours: '12.00' },
    })
    expect(await verify(before.verifyCode)).toMatchObject({
      label: before.label,
      revoked: { on: '2023-04-02', reason: 'credits_corrected' },
    })
    const after = (await certificateOf(person))!
    expect(after.label).not.toBe(before.label)
    const shown = (await verify(after.verifyCode))!
    expect(shown.revoked).toBeNull()
    expect(Object.fromEntries(shown.fields.map(({ key, value }) => [key, value]))).toMatchObject({
      hours: '12',
      credits: '4',
      classEn: 'Trial class',
    })
    const own = (await (await as(person.account)).mine()).find((row) => row.classId === classId)!
    expect(own.credits).toBe('4.00')
    expect(
      await refusalOf(
        (await trainer()).answerObjection({
          personId: person.id,
          objectionId: open!.id,
          uphold: true,
          answer,
          remedy: twelve,
        }),
      ),
    ).toBe('not_found not_found')
  })

  it('corrects a corrected entry again, with the certificate of its class', async () => {
    const person = teacher(0)
    const before = (await certificateOf(person))!
    const { personId, objectionId } = await objected(person)
    await (await trainer()).answerObjection({
      personId,
      objectionId,
      uphold: true,
      answer,
      remedy: { ...twelve, hours: '9' },
    })
    expect((await creditsOf(person)).earned).toBe('3')
    expect((await verify(before.verifyCode))!.revoked).not.toBeNull()
    expect((await certificateOf(person))!.label).not.toBe(before.label)
  })

  it('takes it back, and its certificate with it; what the certificate does not print leaves it alone', async () => {
    const [gone, kept] = [teacher(1), teacher(2)]
    const paper = (await certificateOf(gone))!
    const { entryId: _, ...asked } = await objected(gone)
    await (await trainer()).answerObjection({ ...asked, uphold: true, answer, remedy: { as: 'take_back' } })
    expect((await creditsOf(gone)).earned).toBe('0')
    expect((await creditsOf(gone)).objections[0]).toMatchObject({ remedy: 'take_back', newEntry: null })
    expect(await certificateOf(gone)).toBeNull()
    expect(await verify(paper.verifyCode)).toMatchObject({ revoked: { reason: 'credits_taken_back' } })
    const still = (await certificateOf(kept))!
    const { entryId: __, ...other } = await objected(kept)
    await (await trainer()).answerObjection({
      ...other,
      uphold: true,
      answer,
      remedy: { ...twelve, kind: 'practice', hours: '6' },
    })
    const { rows } = await sql<{ kind: string; credits: string }>`select e.kind, e.credits from ledger.entry e
      where e.person_id = ${kept.id} and e.source_kind = 'objection'`.execute(house.owner)
    const now = (await certificateOf(kept))!
    expect(now.label === still.label).toBe(rows[0]!.credits === '2.00')
  })

  it('is nobody’s who holds the credits, and nothing half: a refusal leaves the entry as it was', async () => {
    const person = teacher(3)
    const { personId, objectionId, entryId } = await objected(person)
    await sql`insert into access.assignment (account_id, id, role, org_id, org_path) select a.id, gen_random_uuid(), 'trainer', ${world.district.id}, ${world.district.path}::ltree
      from access.account a where a.person_id = ${personId}`.execute(house.owner)
    const input = { personId, objectionId, uphold: true, answer, remedy: twelve }
    expect(await refusalOf((await as(person.account)).answerObjection(input))).toBe('refused training.not_oneself')
    await sql`delete from access.assignment a where a.role = 'trainer' and a.account_id = (select x.id from access.account x where x.person_id = ${personId})`.execute(
      house.owner,
    )
    await (await trainer()).takeBackEntry({ personId, entryId, reason: '核查发现重复' })
    expect(await refusalOf((await trainer()).answerObjection(input))).toBe('conflict ledger.already_countered')
    expect((await (await trainer()).objections({ open: true })).some(({ id }) => id === objectionId)).toBe(true)
    await (await trainer()).answerObjection({ ...input, uphold: false, remedy: undefined })
  })
})

describe('a missing entry', () => {
  it('is entered when the objection is upheld, once, by the pack’s conversion', async () => {
    const person = teacher(4)
    const { id: objectionId } = await (await as(person.account)).object({
      entryId: null,
      text: '去年暑期研修没有记入',
      year: 2022,
    })
    const [open] = (await (await trainer()).objections({ open: true })).filter(({ id }) => id === objectionId)
    expect(open).toMatchObject({ year: 2022, entry: null, openYear: 2023 })
    const remedy = {
      as: 'enter',
      kind: 'online',
      level: 'city',
      hours: '10',
      occurredOn: '2022-07-15',
      title: '暑期网络研修',
      evidence: '市级平台学习证明',
    } as const
    const input = { personId: person.id, objectionId, uphold: true, answer, remedy }
    expect(
      await refusalOf((await trainer()).answerObjection({ ...input, remedy: { ...remedy, occurredOn: '2023-12-01' } })),
    ).toBe('invalid training.date_ahead')
    const { entered } = await (await trainer()).answerObjection(input)
    expect(entered).toMatchObject({ creditYear: 2022, hours: '10.00' })
    const { entries, objections } = await creditsOf(person)
    expect(entries.find(({ id }) => id === entered!.id)).toMatchObject({
      title: '暑期网络研修',
      kind: 'online',
      level: 'city',
      sourceKind: 'objection',
    })
    expect(objections[0]).toMatchObject({ remedy: 'enter', newEntry: { creditYear: 2022 } })
    const inbox = await (await world.as(person.account)).desk.inbox({})
    expect(inbox.rows[0]!.code).toBe('training.message.objection_enter')
  })

  it('of a year that has not begun is not stated', async () => {
    expect(
      await refusalOf((await as(teacher(4).account)).object({ entryId: null, text: '明年的没有记入', year: 2024 })),
    ).toBe('invalid training.year_ahead')
  })
})

describe('the audit of a year', () => {
  const auditOf = async (school: 0 | 1, of = 2023) =>
    (await (await trainer()).audits({ year: of })).find(({ orgId }) => orgId === world.schools[school].id)!

  it('counts the open objections of that year and no others', async () => {
    const person = teacher(0, 1)
    const about2022 = await (await as(person.account)).object({ entryId: null, text: '漏记了一次培训', year: 2022 })
    expect((await auditOf(1)).openObjections).toBe(0)
    expect((await auditOf(1, 2022)).openObjections).toBe(1)
    const { objectionId } = await objected(person)
    expect((await auditOf(1)).openObjections).toBe(1)
    for (const id of [about2022.id, objectionId])
      await (await trainer()).answerObjection({ personId: person.id, objectionId: id, uphold: false, answer })
  })

  it('counts who was employed in the year, where they were last', async () => {
    const newcomer = await world.addTeacher(world.schools[1], { since: '2023-04-01' })
    expect((await auditOf(1)).teachers).toBe(6)
    expect((await auditOf(1, 2022)).teachers).toBe(5)
    await sql`update directory.employment set during = daterange('2022-09-01', '2022-12-01') where person_id = ${newcomer.id}`.execute(
      house.owner,
    )
    expect((await auditOf(1)).teachers).toBe(5)
    expect((await auditOf(1, 2022)).teachers).toBe(6)
  })

  it('keeps the figures of a locked school, whoever comes and whatever is taken back', async () => {
    const orgId = world.schools[1].id
    // An open objection to a year before does not keep this one open.
    const { id: old } = await (await as(teacher(1, 1).account)).object({
      entryId: null,
      text: '漏记了一次培训',
      year: 2021,
    })
    await (await as('principal@1')).confirmCredits({ orgIds: [orgId], year: 2023 })
    await (await trainer()).drawSamples({ orgIds: [orgId], year: 2023 })
    const sample = await (await trainer()).sample({ orgId, year: 2023 })
    await (await trainer()).checkSample({
      year: 2023,
      personIds: sample.map(({ personId }) => personId),
      result: 'sound',
    })
    await (await trainer()).finishChecks({ orgIds: [orgId], year: 2023 })
    expect(await (await as('commission@district')).lockYear({ year: 2023 })).toEqual({ locked: 1 })
    const sealed = await auditOf(1)
    expect(sealed).toMatchObject({ state: 'locked', teachers: 5, entries: 5, credits: '10.00' })
    await world.addTeacher(world.schools[1], { since: '2023-03-01' })
    const person = teacher(2, 1)
    const { entries } = await creditsOf(person)
    await (await trainer()).takeBackEntry({ personId: person.id, entryId: entries[0]!.id, reason: '核查发现重复' })
    expect(await auditOf(1)).toEqual(sealed)
    await (await trainer()).answerObjection({ personId: teacher(1, 1).id, objectionId: old, uphold: false, answer })
  })

  it('lets a correction of a sealed year go into the open one only, and only if that is said', async () => {
    const person = teacher(3, 1)
    const { personId, objectionId } = await objected(person)
    const input = { personId, objectionId, uphold: true, answer, remedy: twelve }
    const office = await trainer()
    expect((await office.objections({ open: true })).find(({ id }) => id === objectionId)).toMatchObject({
      sealed: true,
      openYear: 2024,
    })
    await expect(office.answerObjection(input)).rejects.toMatchObject({
      data: { code: 'training.year_sealed', year: 2023, into: 2024, org: '第二小学' },
    })
    expect((await creditsOf(person)).earned).toBe('2')
    const { entered } = await office.answerObjection({ ...input, remedy: { ...twelve, intoOpenYear: true } })
    expect(entered).toMatchObject({ creditYear: 2024, credits: '4.00' })
    const { rows } = await sql<{
      year: number
      credits: string
    }>`select e.credit_year as year, sum(e.credits) as credits
      from ledger.entry e where e.person_id = ${personId} group by 1 order by 1`.execute(house.owner)
    expect(rows).toEqual([
      { year: 2023, credits: '0.00' },
      { year: 2024, credits: '4.00' },
    ])
    const { rows: broken } =
      await sql`select from ledger.broken_locks() union all select from ledger.first_break()`.execute(house.owner)
    expect(broken).toEqual([])
  })
})

describe('findings', () => {
  it('are shown as issued beside what they are today', async () => {
    const commission = await as('commission@district')
    await commission.issueCirculars({ planId: year.planId })
    const card = async () =>
      (await commission.scorecards({ planId: year.planId })).schools.find(({ orgId }) => orgId === world.schools[0].id)!
    const issued = await card()
    expect(issued.circular!.rates).toEqual(issued.rates)
    await world.addTeacher(world.schools[0])
    const later = await card()
    expect(later.circular!.rates).toEqual(issued.rates)
    expect(later.rates).not.toEqual(issued.rates)
  })
})

describe('the waiting line', () => {
  it('goes on until the class is over and then ends: not admitted, told so, and shown so', async () => {
    await year.at('2023-03-01T01:00:00Z')
    const [completed, left] = [await year.openClass({ places: 2 }), await year.openClass({ places: 2 })]
    for (const id of [completed, left]) {
      await year.send(id, 0, [teacher(0), teacher(1), teacher(2)], true)
      await (await trainer()).confirmClass({ classId: id })
    }
    const state = async (id: string) =>
      (await (await as(teacher(2).account)).mine()).find((row) => row.classId === id)!.state
    const held = await year.session(completed, '2023-06-01')
    await year.session(left, '2023-06-05')
    await year.present(held, '2023-06-01', [teacher(0)])
    expect([await state(completed), await state(left)]).toEqual(['waiting', 'waiting'])
    await year.at('2023-06-02T01:00:00Z')
    await (await trainer()).completeClass({ classId: completed })
    expect([await state(completed), await state(left)]).toEqual(['not_admitted', 'waiting'])
    const inbox = (await (await world.as(teacher(2).account)).desk.inbox({})).rows
    expect(inbox[0]).toMatchObject({ code: 'training.message.not_admitted', link: '/my/training' })
    const { rows } = await (await trainer()).enrolments({ classId: completed, state: 'not_admitted' })
    expect(rows.map(({ personId, seated }) => [personId, seated])).toEqual([[teacher(2).id, false]])
    // Nobody has completed the other class: the work of the day closes its line once its last session is over.
    const daily = () =>
      transact(
        house.db,
        { actor: SYSTEM, permission: trainingDaily.permission, scope: { paths: [world.city.path], self: false } },
        trainingDaily.run,
      )
    await year.at('2023-06-05T03:00:00Z')
    await daily()
    expect(await state(left)).toBe('waiting')
    await year.at('2023-06-06T01:00:00Z')
    await daily()
    expect(await state(left)).toBe('not_admitted')
  })
})

describe('a class', () => {
  it('has an English name and a planned period, and its messages carry both names', async () => {
    const made = await (await trainer()).createClass({
      planId: year.planId,
      projectId: year.projectId,
      code: 'P-1',
      name: '骨干教师研修班',
      nameEn: 'Backbone teachers',
      level: 'district',
      kind: 'class',
      creditKind: 'concentrated',
      target: {},
      places: 4,
      hours: '6',
      period: { from: '2023-07-01', until: '2023-08-31' },
      enrolment: 'open',
    })
    expect(await (await trainer()).class(made)).toMatchObject({
      nameEn: 'Backbone teachers',
      period: { from: '2023-07-01', until: '2023-08-31' },
    })
    await (await trainer()).updateClass({ ...made, nameEn: 'Backbone', period: null })
    expect(await (await trainer()).class(made)).toMatchObject({ nameEn: 'Backbone', period: null })
    const backwards = { from: '2023-08-31', until: '2023-07-01' }
    await expect((await trainer()).updateClass({ ...made, period: backwards })).rejects.toThrow()
    const inbox = await (await world.as(teacher(0).account)).desk.inbox({})
    expect(inbox.rows.find(({ code, data }) => code === 'training.message.passed' && data.classEn)).toMatchObject({
      data: { classEn: 'Trial class' },
    })
  })

  it('tells mistyped digits from those that have gone', async () => {
    await year.at('2023-03-01T01:00:00Z')
    const id = await year.openClass({ places: 4 })
    await year.send(id, 0, [teacher(3)])
    await (await trainer()).confirmClass({ classId: id })
    const sessionId = await year.session(id, '2023-06-20')
    await year.at('2023-06-20T01:00:00Z')
    const { code } = await (await trainer()).screen({ sessionId })
    const person = await as(teacher(3).account)
    const wrong = String((Number(code) + 1) % 1_000_000).padStart(6, '0')
    expect(await refusalOf(person.checkInWithDigits({ sessionId, digits: wrong }))).toBe(
      'refused training.digits_wrong',
    )
    await year.at('2023-06-20T01:02:00Z')
    expect(await refusalOf(person.checkInWithDigits({ sessionId, digits: code }))).toBe('refused training.code_expired')
  })

  it('is named on its certificate once, with amounts as they are spoken', () => {
    const facts = {
      class: '学校财务管理人员专题培训',
      classEn: 'School finance staff',
      hours: '18.00',
      credits: '6.50',
      day: '2023-09-18',
    }
    expect(certificateWords(facts, 'zh-CN')).toBe(
      '于2023年9月18日修完“学校财务管理人员专题培训”，计18学时，经考核合格，准予结业，认定6.5学分，特发此证。',
    )
    expect(certificateWords(facts, 'en')).toBe(
      'completed “School finance staff” on 18 September 2023, 18 hours, and was found to have passed; 6.5 credits are recognised.',
    )
    expect(certificateWords({ ...facts, classEn: '' }, 'en')).toContain('“学校财务管理人员专题培训”')
  })
})
