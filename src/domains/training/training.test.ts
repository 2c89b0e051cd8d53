import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestHouse } from '../../../test/harness/house.ts'
import { buildWorld, refusalOf, type World } from '../../../test/harness/world.ts'
import { moveClock } from '../../platform/db/index.ts'
import type { OpenHouse } from '../../server/house.ts'

let house: OpenHouse
let world: World
let planId: string
let projectId: string
beforeAll(async () => {
  house = await openTestHouse()
  world = await buildWorld(house, 6)
  const trainer = await world.as('trainer@district')
  planId = (await trainer.training.importPlan({ orgId: world.district.id, authority: 'qianjiang', year: 2023 })).planId
  await (await world.as('commission@district')).training.publishPlan({ planId })
  projectId = (await trainer.training.plans({}))[0]!.projects[0]!.id
})
afterAll(() => house?.close())

let made = 0
/** A class for all teachers of primary school, with places shared out until 20 March. */
async function openClass(
  change: { places?: number; enrolment?: 'delegated' | 'open'; hours?: string; terms?: number } = {},
): Promise<string> {
  const trainer = await world.as('trainer@district')
  const { classId } = await trainer.training.createClass({
    planId,
    projectId,
    code: `T-${++made}`,
    name: `测试班${made}`,
    level: 'district',
    kind: 'class',
    creditKind: 'concentrated',
    target: { stages: ['2'] },
    places: 6,
    hours: '12',
    terms: 1,
    budgetFen: 0,
    enrolment: 'delegated',
    ...change,
  })
  await trainer.training.shareOut({ classId, deadline: '2023-03-20T10:00:00Z' })
  return classId
}
const ids = (people: { id: string }[]) => people.map(({ id }) => id)
const at = (instant: string) => moveClock(house.owner, new Date(instant))

describe('the plan', () => {
  it('comes from the pack with its 3,060 places, and coming again changes nothing', async () => {
    const trainer = await world.as('trainer@district')
    const classes = await trainer.training.classes({ planId })
    const planned = classes.filter(({ code }) => !code.startsWith('T-'))
    expect(planned.reduce((sum, { places }) => sum + (places ?? 0), 0)).toBe(3060)
    expect(await trainer.training.importPlan({ orgId: world.district.id, authority: 'qianjiang', year: 2023 })).toEqual(
      { planId, created: false },
    )
  })
  it('is taken over only within scope', async () => {
    const trainer = await world.as('trainer@other')
    expect(
      await refusalOf(trainer.training.importPlan({ orgId: world.district.id, authority: 'qianjiang', year: 2023 })),
    ).toBe('not_found not_found')
  })
})

describe('places and delegation', () => {
  it('shares places over schools in scope and keeps every quota', async () => {
    const classId = await openClass({ places: 7 })
    const quotas = await (await world.as('trainer@district')).training.quotas({ classId })
    expect(quotas.map(({ places }) => places).sort()).toEqual([3, 4])
    const clerk = await world.as('clerk@0')
    const own = (await clerk.training.quotas({ classId }))[0]!
    const people = ids(world.teachers[0]!)
    expect(
      await refusalOf(
        clerk.training.propose({ classId, orgId: world.schools[0].id, personIds: people, waitIfFull: false }),
      ),
    ).toBe('refused training.quota_full')
    const { proposed, waiting } = await clerk.training.propose({
      classId,
      orgId: world.schools[0].id,
      personIds: people,
      waitIfFull: true,
    })
    expect([proposed.length, waiting.length]).toEqual([own.places, 6 - own.places])
    const again = await clerk.training.propose({
      classId,
      orgId: world.schools[0].id,
      personIds: people,
      waitIfFull: true,
    })
    expect(again).toEqual({ proposed: [], waiting: [] })
  })

  it('moves the next in line up when somebody declines, and confirms what is left', async () => {
    const classId = await openClass({ places: 4 })
    const clerk = await world.as('clerk@0')
    const people = ids(world.teachers[0]!)
    const { proposed, waiting } = await clerk.training.propose({
      classId,
      orgId: world.schools[0].id,
      personIds: people,
      waitIfFull: true,
    })
    const first = await world.as(world.teachers[0]!.find(({ id }) => id === proposed[0])!.account)
    expect(await refusalOf(first.training.answer({ classId, accept: false }))).toBe('refused training.reason_needed')
    await first.training.answer({ classId, accept: false, reason: '与教研活动冲突' })
    const trainer = await world.as('trainer@district')
    const { rows } = await trainer.training.enrolments({ classId })
    expect(rows.find(({ personId }) => personId === waiting[0])!.state).toBe('proposed')
    expect(rows.find(({ personId }) => personId === proposed[0])).toMatchObject({
      state: 'declined',
      reason: '与教研活动冲突',
      seated: false,
    })
    // The other school sends nobody: its two places go to the line of the first.
    expect(await trainer.training.confirmClass({ classId })).toEqual({ confirmed: 4, fromWaiting: 2 })
    const [row] = [await trainer.training.class({ classId })]
    expect(row).toMatchObject({ seated: 4, places: 4, state: 'confirmed' })
  })

  it('refuses who does not fit the rule, who is out of scope, and what comes too late', async () => {
    const classId = await openClass()
    const clerk = await world.as('clerk@0')
    const worker = await world.addTeacher(world.schools[0], { stages: [], category: '14' })
    const orgId = world.schools[0].id
    expect(await refusalOf(clerk.training.propose({ classId, orgId, personIds: [worker.id], waitIfFull: false }))).toBe(
      'refused training.not_eligible',
    )
    expect(
      await refusalOf(
        clerk.training.propose({ classId, orgId, personIds: [world.teachers[1]![0]!.id], waitIfFull: false }),
      ),
    ).toBe('refused training.not_eligible')
    expect(
      await refusalOf(
        clerk.training.propose({
          classId,
          orgId: world.schools[1].id,
          personIds: [world.teachers[1]![0]!.id],
          waitIfFull: false,
        }),
      ),
    ).toBe('not_found not_found')
    expect((await clerk.training.explain({ classId, personId: worker.id })).conditions).toMatchObject([
      { id: 'stages', holds: false },
    ])
    await at('2023-03-20T10:00:01Z')
    expect(
      await refusalOf(
        clerk.training.propose({ classId, orgId, personIds: [world.teachers[0]![0]!.id], waitIfFull: false }),
      ),
    ).toBe('refused training.deadline_passed')
    await at('2023-03-01T01:00:00Z')
  })

  it('changes places by hand with a reason, never beyond the class or below what is filled', async () => {
    const classId = await openClass({ places: 6 })
    const trainer = await world.as('trainer@district')
    const change = (places: number) =>
      trainer.training.adjustQuota({ classId, orgId: world.schools[0].id, places, reason: '学校申请' })
    expect(await refusalOf(change(4))).toBe('refused training.beyond_class')
    await (await world.as('clerk@0')).training.propose({
      classId,
      orgId: world.schools[0].id,
      personIds: ids(world.teachers[0]!.slice(0, 2)),
      waitIfFull: false,
    })
    expect(await refusalOf(change(1))).toBe('refused training.below_taken')
    await change(2)
    expect(
      (await trainer.training.quotas({ classId })).find(({ orgId }) => orgId === world.schools[0].id),
    ).toMatchObject({ places: 2, byRule: 3, reason: '学校申请' })
  })

  it('gives the places of an open class to exactly as many as there are, however many come at once', async () => {
    const classId = await openClass({ places: 5, enrolment: 'open' })
    const callers = await Promise.all(
      [...world.teachers[0]!, ...world.teachers[1]!].map(({ account }) => world.as(account)),
    )
    const outcomes = await Promise.all(
      callers.map((caller) => refusalOf(caller.training.enrol({ classId, waitIfFull: false }))),
    )
    expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(5)
    expect(new Set(outcomes.filter((outcome) => outcome !== 'done'))).toEqual(new Set(['refused training.class_full']))
    const { rows } = await sql<{
      taken: number
      seated: number
    }>`select q.taken, (select count(*)::int from training.enrolment e where e.class_id = q.class_id and e.seated) as seated
      from training.quota q where q.class_id = ${classId}`.execute(house.owner)
    expect(rows).toEqual([{ taken: 5, seated: 5 }])
  })
})

describe('sessions, check-in, completion, credits', () => {
  it('runs a class from the first session to the certificate', async () => {
    const classId = await openClass({ places: 6, hours: '12' })
    const trainer = await world.as('trainer@district')
    const [a, b, c, d, e] = world.teachers[0] as [never, never, never, never, never] & World['teachers'][0]
    for (const [i, side] of [
      [0, world.teachers[0]],
      [1, world.teachers[1]],
    ] as const) {
      await (await world.as(`clerk@${i}`)).training.propose({
        classId,
        orgId: world.schools[i].id,
        personIds: ids(side!.slice(0, 3)),
        waitIfFull: false,
      })
    }
    await trainer.training.confirmClass({ classId })
    const day = (n: number, compulsory: boolean) => ({
      classId,
      title: `第${n}场`,
      place: '报告厅',
      starts: `2023-04-0${n}T01:00:00Z`,
      ends: `2023-04-0${n}T04:00:00Z`,
      compulsory,
      term: 1,
    })
    const { sessionId: first } = await trainer.training.saveSession(day(1, true))
    const { sessionId: second } = await trainer.training.saveSession(day(2, false))
    void [d, e]
    const teacher = (person: { account: string }) => world.as(person.account)

    await at('2023-04-01T00:00:00Z')
    const early = await trainer.training.screen({ sessionId: first })
    expect(early.open).toBe(false)
    expect(await refusalOf((await teacher(a)).training.checkIn({ token: early.token }))).toBe(
      'refused training.too_early',
    )
    await at('2023-04-01T00:45:00Z')
    const { token, code } = await trainer.training.screen({ sessionId: first })
    expect(await (await teacher(a)).training.checkIn({ token })).toMatchObject({
      already: false,
      sessionTitle: '第1场',
    })
    expect(await (await teacher(a)).training.checkIn({ token })).toMatchObject({ already: true })
    expect(await (await teacher(b)).training.checkInWithDigits({ sessionId: first, digits: code })).toMatchObject({
      already: false,
    })
    expect(await refusalOf((await teacher(world.teachers[0]![4]!)).training.checkIn({ token }))).toBe(
      'refused training.not_in_class',
    )
    // The same code a minute later is worth nothing.
    await at('2023-04-01T00:46:30Z')
    expect(await refusalOf((await teacher(c)).training.checkIn({ token }))).toBe('refused training.code_expired')
    expect(
      await trainer.training.checkInByHand({
        sessionId: first,
        personIds: [world.teachers[1]![0]!.id],
        reason: '手机没电',
      }),
    ).toEqual({ recorded: 1 })
    expect(await refusalOf(trainer.training.completeClass({ classId }))).toBe('refused training.sessions_to_come')

    await at('2023-04-02T01:00:00Z')
    const next = await trainer.training.screen({ sessionId: second })
    for (const person of [a, c, world.teachers[1]![0]!])
      await (await teacher(person)).training.checkIn({ token: next.token })
    await (await teacher(b)).training.askLeave({ sessionId: second, reason: '监考任务' })
    const clerk = await world.as('clerk@0')
    expect((await clerk.training.leaveRequests({ open: true })).map(({ personId }) => personId)).toEqual([
      (b as { id: string }).id,
    ])
    await clerk.training.decideLeaves({
      requests: [{ sessionId: second, personId: (b as { id: string }).id }],
      grant: true,
      answer: '',
    })

    await at('2023-04-03T01:00:00Z')
    // a, b and one of the second school pass; c missed the compulsory first session; two never came.
    expect(await trainer.training.completeClass({ classId })).toEqual({ passed: 3, failed: 3, credits: '12' })
    expect(await refusalOf(trainer.training.completeClass({ classId }))).toBe('conflict training.class_not_confirmed')
    const credits = await (await teacher(a)).training.myCredits()
    expect(credits).toMatchObject({
      earned: '4',
      onPace: false,
      complete: false,
      demands: [
        { id: 'total', ofTotal: true, earned: '4', missing: '116' },
        { id: 'concentrated', ofTotal: false, earned: '4', missing: '16' },
      ],
      pace: { earned: '4', missing: '68', required: { value: '72' } },
      cycle: { from: 2021, to: 2025, year: 2023 },
    })
    expect(credits.demands[0]!.required).toMatchObject({
      value: '120',
      confidence: 'F',
      clause: { number: '渝教师发〔2019〕4号' },
    })
    expect(credits.entries).toMatchObject([
      { hours: '12.00', credits: '4.00', level: 'district', sourceKind: 'training_class', sourceId: classId },
    ])
    const own = (await (await teacher(a)).training.mine()).find((row) => row.classId === classId)!
    expect(own).toMatchObject({ state: 'passed', attended: 2, required: 2 })
    const paper = await (await teacher(a)).training.certificate({ documentId: own.certificate!.id, locale: 'zh-CN' })
    expect(
      Buffer.from(await paper.arrayBuffer())
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-')
    expect(
      await refusalOf((await teacher(b)).training.certificate({ documentId: own.certificate!.id, locale: 'zh-CN' })),
    ).toBe('not_found not_found')
    const shown = await (await world.as('auditor@other')).documents.verify({
      code: own.certificate!.verifyCode.toLowerCase(),
    })
    expect(shown).toMatchObject({ kind: 'certificate', revoked: null, label: own.certificate!.label })
    expect(JSON.stringify(shown)).not.toMatch(/idMasked|\d{6}\*/)
  })

  it('answers objections, audits and locks the year, after which only counter-entries go in', async () => {
    const person = world.teachers[0]![0]!
    const teacher = await world.as(person.account)
    const trainer = await world.as('trainer@district')
    const commission = await world.as('commission@district')
    const entry = (await teacher.training.myCredits()).entries[0]!
    const { id } = await teacher.training.object({ entryId: entry.id, text: '学时记少了，请核实' })
    expect(await refusalOf(teacher.training.object({ entryId: entry.id, text: '学时记少了，请核实' }))).toBe(
      'conflict training.objection_open',
    )
    for (const i of [0, 1])
      await (await world.as(`principal@${i}`)).training.confirmCredits({ orgIds: [world.schools[i]!.id], year: 2023 })
    expect(
      await refusalOf(
        (await world.as('principal@0')).training.confirmCredits({ orgIds: [world.schools[1].id], year: 2023 }),
      ),
    ).toBe('not_found not_found')
    for (const school of world.schools.slice(0, 2)) {
      expect((await trainer.training.drawSamples({ orgIds: [school!.id], year: 2023, personIds: [] })).drawn).toBe(1)
      expect(await refusalOf(trainer.training.finishChecks({ orgIds: [school!.id], year: 2023 }))).toBe(
        'refused training.sample_unchecked',
      )
      const sample = await trainer.training.sample({ orgId: school!.id, year: 2023 })
      await trainer.training.checkSample({
        year: 2023,
        personIds: sample.map(({ personId }) => personId),
        result: 'sound',
        note: '',
      })
      await trainer.training.finishChecks({ orgIds: [school!.id], year: 2023 })
    }
    expect(await refusalOf(commission.training.lockYear({ year: 2023 }))).toBe('refused training.objections_open')
    await trainer.training.answerObjection({
      personId: person.id,
      objectionId: id,
      uphold: false,
      answer: '与签到记录一致',
    })
    expect(await commission.training.lockYear({ year: 2023 })).toEqual({ locked: 2 })
    const decided = await commission.policy.decisions({ personId: world.teachers[0]![0]!.id })
    expect(decided).toMatchObject([
      { set: 'training.credit.pace', asOf: '2023-12-31', outcome: 'unmet', purpose: '2023年度学分审核' },
    ])
    const audits = await trainer.training.audits({ year: 2023 })
    expect(audits.map(({ state, seal }) => [state, seal?.length])).toEqual([
      ['locked', 64],
      ['locked', 64],
    ])
    await trainer.training.takeBackEntry({ personId: person.id, entryId: entry.id, reason: '核查发现重复' })
    expect(
      await refusalOf(trainer.training.takeBackEntry({ personId: person.id, entryId: entry.id, reason: '再次' })),
    ).toBe('conflict ledger.already_countered')
    expect((await teacher.training.myCredits()).earned).toBe('0')
    const { rows } = await sql<{
      broken: number
    }>`select (select count(*) from ledger.first_break())::int + (select count(*) from ledger.broken_locks())::int as broken`.execute(
      house.owner,
    )
    expect(rows[0]!.broken).toBe(0)
  })

  it('tells every school its findings', async () => {
    const commission = await world.as('commission@district')
    expect(await commission.training.issueCirculars({ planId })).toEqual({ issued: 2 })
    expect(await commission.training.issueCirculars({ planId })).toEqual({ issued: 0 })
    const clerk = await world.as('clerk@0')
    const [own, ...others] = await clerk.training.circulars({})
    expect(others).toEqual([])
    await clerk.training.acknowledge({ circularId: own!.id, note: '已传达' })
    expect(
      (await commission.training.circulars({ planId })).filter(({ acknowledgedAt }) => acknowledgedAt),
    ).toHaveLength(1)
    const paper = await clerk.training.circular({ circularId: own!.id, locale: 'zh-CN' })
    expect(
      Buffer.from(await paper.arrayBuffer())
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-')
    const { schools, definitions } = await commission.training.scorecards({ planId })
    expect(definitions.map(({ id }) => id)).toEqual(['delegation', 'participation', 'pass', 'credit'])
    const card = schools.find(({ orgId }) => orgId === world.schools[0].id)!
    const people = await commission.training.behind({ planId, orgId: card.orgId, indicator: 'pass', met: true })
    expect(people).toHaveLength(card.rates.find(({ id }) => id === 'pass')!.numerator)
  })
})
