/** Decisions are kept with facts and reasons and come out the same for ever; objections go to whoever owns the fact or the decision. */
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestHouse } from '../../../test/harness/house.ts'
import { buildWorld, type World } from '../../../test/harness/world.ts'
import { newId } from '../../base/ids.ts'
import { moveClock, SYSTEM, transact } from '../../platform/db/index.ts'
import { post } from '../../platform/ledger/index.ts'
import type { OpenHouse } from '../../server/house.ts'

let house: OpenHouse
let world: World
beforeAll(async () => {
  house = await openTestHouse('2025-12-30T01:00:00Z')
  world = await buildWorld(house, 4)
})
afterAll(() => house?.close())

const CYCLE = 'training.credit.cycle'
const asOf = '2025-12-31'
const at = (instant: string) => moveClock(house.owner, new Date(instant))
const earn = (personId: string, credits: string) =>
  transact(house.db, { actor: SYSTEM, permission: 'test', scope: { paths: [world.city.path], self: false } }, (act) =>
    post(act, [
      {
        personId,
        creditYear: 2025,
        occurredOn: '2025-05-01',
        kind: 'concentrated',
        level: 'district',
        hours: '3',
        credits,
        title: '培训',
        source: { kind: 'test', id: newId() },
      },
    ]),
  )
const decide = async (personIds?: string[]) =>
  (await world.as('trainer@district')).policy.decide({
    set: CYCLE,
    orgId: world.district.id,
    asOf,
    purpose: '周期学分认定',
    ...(personIds ? { personIds } : {}),
  })
const latest = async (personId: string) =>
  (await (await world.as('trainer@district')).policy.decisions({ personId }))[0]!

describe('a decision', () => {
  it('is kept of everybody by one act, each with the reasons that an explanation gives', async () => {
    const [first, second] = world.teachers[0]!
    await earn(first!.id, '125')
    await earn(second!.id, '119.5')
    const trainer = await world.as('trainer@district')
    const { decided } = await decide()
    const people = world.teachers.slice(0, 2).flat()
    expect(decided.find(({ outcome }) => outcome === 'met')).toEqual({ outcome: 'met', people: 1 })
    expect(decided.reduce((sum, one) => sum + one.people, 0)).toBeGreaterThanOrEqual(people.length)
    for (const { id: personId } of people) {
      const { id: decisionId, outcome } = await latest(personId)
      const again = await trainer.policy.decision({ personId, decisionId })
      const { knownOn: _, ...why } = await trainer.policy.explain({ set: CYCLE, personId, asOf })
      expect(outcome).toBe(why.outcome)
      expect(again.same).toBe(true)
      expect(again.asItStood).toMatchObject(why)
    }
  })

  it('stays as it was when the facts are corrected afterwards, and the past can be asked for', async () => {
    const { id: personId } = world.teachers[1]![0]!
    const trainer = await world.as('trainer@district')
    await at('2025-12-30T02:00:00Z')
    await earn(personId, '119')
    await at('2025-12-30T03:00:00Z')
    await decide([personId])
    const { id: decisionId } = await latest(personId)
    const before = await trainer.policy.decision({ personId, decisionId })
    await at('2025-12-31T01:00:00Z')
    await earn(personId, '6')
    const after = await trainer.policy.decision({ personId, decisionId })
    expect(after.asItStood).toEqual(before.asItStood)
    expect([after.asItStood.outcome, after.same, after.today?.outcome]).toEqual(['unmet', true, 'met'])
    const known = async (knownOn: string) =>
      (await trainer.policy.explain({ set: CYCLE, personId, asOf, knownOn })).outcome
    expect([await known('2025-12-30'), await known('2025-12-31')]).toEqual(['unmet', 'met'])
    const { knownOn: _, ...stood } = before.asItStood
    expect(
      await trainer.policy.explain({ set: CYCLE, personId, asOf, knownOn: before.decision.knownAt }),
    ).toMatchObject(stood)
  })

  it('rests on records as they were known', async () => {
    const { id: personId } = world.teachers[1]![1]!
    const clerk = await world.as('clerk@1')
    await at('2025-12-31T01:10:00Z')
    await sql`update directory.person set birth_date = '1980-05-05' where id = ${personId}`.execute(house.owner)
    await at('2025-12-31T01:20:00Z')
    await sql`update directory.person set birth_date = '1964-05-05' where id = ${personId}`.execute(house.owner)
    const born = async (knownOn?: string) =>
      (
        await clerk.policy.explain({ set: 'retirement.reached', personId, asOf, ...(knownOn ? { knownOn } : {}) })
      ).facts.find(({ id }) => id === 'person.born')?.value
    expect([await born('2025-12-31T01:15:00Z'), await born('2025-12-31'), await born()]).toEqual([
      '1980-05-05',
      '1964-05-05',
      '1964-05-05',
    ])
  })

  it('judges by what a person states where nothing is on record, and says so', async () => {
    const { id: personId, account } = world.teachers[1]![2]!
    await sql`update directory.person set birth_date = null where id = ${personId}`.execute(house.owner)
    const own = (await world.as(account)).policy
    const ask = { set: 'retirement.reached', personId, asOf }
    const fact = (answer: Awaited<ReturnType<typeof own.explain>>, id: string) =>
      answer.facts.find((one) => one.id === id)
    expect(fact(await own.explain(ask), 'person.born')).toMatchObject({ value: null, stated: false })
    const stated = await own.explain({
      ...ask,
      given: { 'person.born': '1964-05-05', 'employment.since': '1990-01-01' },
    })
    expect(fact(stated, 'person.born')).toMatchObject({ value: '1964-05-05', stated: true, ask: null })
    await expect(own.explain({ ...ask, given: { 'person.born': 'long ago' } })).rejects.toMatchObject({
      data: { code: 'policy.bad_fact' },
    })
  })

  it('cannot be changed, not even by the owner, and is seen by whoever sees the person', async () => {
    await expect(sql`update policy.decision set outcome = 'met'`.execute(house.owner)).rejects.toThrow(/append-only/)
    await expect(sql`delete from policy.decision`.execute(house.owner)).rejects.toThrow(/append-only/)
    const { id: personId } = world.teachers[0]![0]!
    const { id: decisionId } = await latest(personId)
    const outside = (await world.as('trainer@other')).policy
    expect(await outside.decisions({ personId })).toEqual([])
    await expect(outside.decision({ personId, decisionId })).rejects.toMatchObject({ data: { kind: 'not_found' } })
    await expect(outside.decide({ set: CYCLE, orgId: world.district.id, asOf, purpose: '认定' })).rejects.toMatchObject(
      { data: { kind: 'not_found' } },
    )
  })
})

describe('an objection', () => {
  it('to a fact goes to whoever owns it; upheld, it is decided anew and the earlier decision stays', async () => {
    const { id: personId, account } = world.teachers[0]![2]!
    await earn(personId, '110')
    await decide([personId])
    const { id: decisionId } = await latest(personId)
    const own = (await world.as(account)).policy
    const { id: objectionId } = await own.object({
      set: CYCLE,
      decisionId,
      fact: 'credits.cycle',
      text: '少记了一次培训的学分',
    })
    await expect(
      own.object({ set: CYCLE, decisionId, fact: 'credits.cycle', text: '再次提出同一异议' }),
    ).rejects.toMatchObject({ data: { code: 'policy.objection_open' } })
    await expect(
      own.object({ set: CYCLE, decisionId, fact: 'person.born', text: '出生日期有误' }),
    ).rejects.toMatchObject({ data: { code: 'policy.not_in_set' } })
    const trainer = await world.as('trainer@district')
    const todo = (await trainer.desk.inbox({ kind: 'todo' })).rows.find(({ code }) => code === 'policy.todo.objection')
    expect(todo).toMatchObject({ link: '/policy/objections', doneAt: null, due: expect.any(String) })
    const ids = { aboutId: personId, objectionId }
    const clerk = (await world.as('clerk@0')).policy
    expect((await clerk.objections({})).map(({ id }) => id)).not.toContain(objectionId)
    await expect(clerk.answerObjection({ ...ids, uphold: true, answer: '属实' })).rejects.toMatchObject({
      data: { kind: 'not_found' },
    })
    await at('2025-12-31T02:00:00Z')
    await earn(personId, '12')
    const seen = await trainer.policy.objection(ids)
    expect([seen.asItStood.outcome, seen.today?.outcome, seen.objection.fact?.was]).toEqual(['unmet', 'met', '110'])
    const answered = await trainer.policy.answerObjection({ ...ids, uphold: true, answer: '已补记', anew: true })
    expect(answered).toEqual({ decisionId: expect.any(String), outcome: 'met' })
    const all = await trainer.policy.decisions({ personId })
    expect(all.slice(0, 2).map(({ outcome, stands }) => [outcome, stands])).toEqual([
      ['met', true],
      ['unmet', false],
    ])
    expect((await trainer.policy.decision({ personId, decisionId })).asItStood.outcome).toBe('unmet')
    expect(await own.ownObjections()).toMatchObject([{ state: 'upheld', answer: '已补记' }])
    const told = (await (await world.as(account)).desk.inbox({ kind: 'message' })).rows
    expect(told.map(({ code }) => code)).toContain('policy.message.objection_upheld')
    await expect(trainer.policy.answerObjection({ ...ids, uphold: false, answer: '再答' })).rejects.toMatchObject({
      data: { kind: 'not_found' },
    })
  })

  it('to a fact of the school’s record waits at the school; one to an explanation shows it as it stood', async () => {
    const { id: personId, account } = world.teachers[0]![3]!
    const own = (await world.as(account)).policy
    await at('2025-12-31T03:00:00Z')
    await sql`update directory.person set birth_date = '1980-05-05' where id = ${personId}`.execute(house.owner)
    await at('2025-12-31T04:00:00Z')
    const { id: objectionId } = await own.object({
      set: 'retirement.reached',
      asOf,
      fact: 'person.born',
      text: '出生日期应为1964年',
    })
    await at('2025-12-31T05:00:00Z')
    await sql`update directory.person set birth_date = '1964-05-05' where id = ${personId}`.execute(house.owner)
    const clerk = (await world.as('clerk@0')).policy
    const { objection, asItStood, today } = await clerk.objection({ aboutId: personId, objectionId })
    expect(objection).toMatchObject({
      ownerRole: 'clerk',
      fact: { id: 'person.born', was: '1980-05-05' },
      decisionId: null,
    })
    const born = (answer: typeof today) => answer?.facts.find(({ id }) => id === 'person.born')?.value
    expect([born(asItStood), born(today)]).toEqual(['1980-05-05', '1964-05-05'])
    expect(
      await clerk.answerObjection({ aboutId: personId, objectionId, uphold: false, answer: '以档案为准' }),
    ).toEqual({
      decisionId: null,
      outcome: null,
    })
    const { id: again } = await own.object({
      set: 'retirement.reached',
      asOf,
      fact: 'person.born',
      text: '请再核对出生日期',
    })
    const ids = { aboutId: personId, objectionId: again }
    await expect(clerk.answerObjection({ ...ids, uphold: true, answer: '属实' })).rejects.toMatchObject({
      data: { kind: 'refused', code: 'policy.remedy_needed' },
    })
    const remedy = { what: '按户籍更正出生日期', by: '2026-01-15' }
    await clerk.answerObjection({ ...ids, uphold: true, answer: '属实', remedy })
    expect((await own.ownObjections()).find(({ id }) => id === again)).toMatchObject({ state: 'upheld', remedy })
    const elsewhere = (await world.as('clerk@1')).policy
    expect(await elsewhere.objections({ open: false })).toEqual([])
  })
})
