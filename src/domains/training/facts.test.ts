/** Credits as facts, and why somebody meets the cycle's demand: the same SQL for one person and for many. */
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestHouse } from '../../../test/harness/house.ts'
import { buildWorld, type World } from '../../../test/harness/world.ts'
import { newId } from '../../base/ids.ts'
import { SYSTEM, transact } from '../../platform/db/index.ts'
import { type Posting, post } from '../../platform/ledger/index.ts'
import { FactBook, parameters } from '../../platform/policy/index.ts'
import type { OpenHouse } from '../../server/house.ts'
import { trainingFacts } from './facts.ts'

let house: OpenHouse
let world: World
beforeAll(async () => {
  house = await openTestHouse('2025-12-31T01:00:00Z')
  world = await buildWorld(house, 3)
})
afterAll(() => house?.close())

const earned = (personId: string, creditYear: number, credits: string, more: Partial<Posting> = {}): Posting => ({
  personId,
  creditYear,
  occurredOn: `${creditYear}-05-01`,
  kind: 'concentrated',
  level: 'district',
  hours: '3',
  credits,
  title: '培训',
  source: { kind: 'test', id: newId() },
  ...more,
})
const enter = (...postings: Posting[]) =>
  transact(house.db, { actor: SYSTEM, permission: 'test', scope: { paths: [world.city.path], self: false } }, (act) =>
    post(act, postings),
  )

describe('why', () => {
  it('names every condition with what is lacking, its clause and the version of the pack', async () => {
    const { id } = world.teachers[0]![0]!
    await enter(
      // Before the cycle: does not count.
      earned(id, 2020, '50'),
      earned(id, 2021, '12.5'),
      earned(id, 2023, '100', { kind: 'online', level: 'city' }),
    )
    const clerk = await world.as('clerk@0')
    const why = await clerk.policy.explain({ set: 'training.credit.cycle', personId: id })
    expect(why).toMatchObject({ outcome: 'unmet', asOf: '2025-12-31', way: ['total', 'concentrated'], earliest: null })
    expect(why.needs.parts).toMatchObject([
      {
        condition: {
          id: 'total',
          holds: false,
          have: '112.5',
          need: '120',
          lacking: '7.5',
          clause: { number: '渝教师发〔2019〕4号' },
        },
      },
      { condition: { id: 'concentrated', holds: false, have: '12.5', need: '20', lacking: '7.5', confidence: 'F' } },
    ])
    expect(why.layers).toEqual([
      { authority: 'chongqing', packVersion: expect.stringMatching(/^chongqing@/), from: '2019-01-01' },
    ])
    expect(why.parameters).toMatchObject([
      { id: 'training.credit.cycle_total', value: 120 },
      { id: 'training.credit.concentrated_floor', value: 20 },
    ])
    await enter(earned(id, 2025, '7.5'))
    expect(await clerk.policy.explain({ set: 'training.credit.cycle', personId: id })).toMatchObject({
      outcome: 'met',
      way: [],
    })
  })

  it('judges a day by what had been earned for its year', async () => {
    const { id, account } = world.teachers[0]![1]!
    await enter(earned(id, 2021, '120'), earned(id, 2024, '30'))
    const own = await world.as(account)
    const on = async (asOf: string) =>
      (await own.policy.explain({ set: 'training.credit.cycle', personId: id, asOf })).facts
    expect(await on('2023-12-31')).toMatchObject([
      { id: 'credits.concentrated' },
      { id: 'credits.cycle', value: '120', ask: null },
    ])
    expect(await on('2024-06-30')).toMatchObject([
      { id: 'credits.concentrated' },
      { id: 'credits.cycle', value: '150' },
    ])
  })

  it('is told of people in sight only, and of sets that exist', async () => {
    const outside = await world.as('clerk@2')
    const ask = { set: 'training.credit.cycle', personId: world.teachers[0]![0]!.id }
    await expect(outside.policy.explain(ask)).rejects.toMatchObject({ data: { kind: 'not_found' } })
    const clerk = await world.as('clerk@0')
    await expect(clerk.policy.explain({ ...ask, set: 'training.nothing' })).rejects.toMatchObject({
      data: {
        code: 'policy.set_absent',
        set: { id: 'training.nothing', zh: '“training.nothing”' },
        authority: { id: 'qianjiang', zh: expect.not.stringContaining('qianjiang') },
      },
    })
    // A rule that holds, before its first day: told by its title.
    await expect(clerk.policy.explain({ ...ask, asOf: '1990-01-01' })).rejects.toMatchObject({
      data: {
        code: 'policy.set_absent',
        set: {
          zh: expect.stringMatching(/^“.*学分.*”（training\.credit\.cycle）$/),
          en: expect.stringMatching(/^“[A-Z].*” \(training\.credit\.cycle\)$/),
        },
      },
    })
  })

  it('lists the sets of an authority with those above it', async () => {
    const clerk = await world.as('clerk@0')
    const sets = await clerk.policy.requirements({ authority: 'qianjiang', asOf: '2025-12-31' })
    const ours = new Map(sets.map(({ id, layers }) => [id, layers.map(({ authority }) => authority)]))
    expect(['training.credit.cycle', 'training.credit.pace', 'training.hours.cycle'].map((id) => ours.get(id))).toEqual(
      [['chongqing'], ['chongqing'], ['national']],
    )
  })
})

describe('of everybody there is', () => {
  const ALL = [
    'credits.cycle',
    'credits.concentrated',
    'credits.year',
    'credits.entries_year',
    'hours.cycle',
    'hours.year',
  ]
  const found = (paths: string[], everybody: boolean, wanted = ALL) =>
    transact(house.db, { actor: SYSTEM, permission: 'test', scope: { paths, self: false } }, async (act) => {
      const ask = { asOf: '2025-12-31', parameters: await parameters(act, 'qianjiang'), people: sql`people`, everybody }
      const { rows } = await sql<
        Record<string, string>
      >`with people as (select p.id as person_id from directory.person p)
        ${new FactBook(trainingFacts).query(new Set(wanted), ask)} order by 1`.execute(act.tx)
      return rows
    })

  it('sums are the same without looking anybody up, and nobody outside is summed', async () => {
    const { id } = world.teachers[0]![2]!
    await enter(
      earned(id, 2020, '9'),
      earned(id, 2022, '1.5', { kind: 'online' }),
      earned(id, 2025, '2', { level: 'school' }),
      earned(id, 2025, '4'),
    )
    const all = await found([world.city.path], true)
    expect(all).toEqual(await found([world.city.path], false))
    expect(all.find(({ personId }) => personId === id)).toEqual({
      personId: id,
      creditsCycle: '7.50',
      creditsConcentrated: '4.00',
      creditsYear: '6.00',
      creditsEntriesYear: '2',
      hoursCycle: '9.00',
      hoursYear: '6.00',
    })
    const district = await found([world.district.path], true)
    expect(district).toEqual(await found([world.district.path], false))
    expect(district.length).toBeLessThan(all.length)
    expect(await found([world.city.path], true, ['hours.year'])).toEqual(
      all.map(({ personId, hoursYear }) => ({ personId, hoursYear })),
    )
  })
})

describe('what if', () => {
  const ask = () => ({ set: 'training.credit.cycle', orgId: world.district.id, asOf: '2025-12-31' })

  it('tells who gains and who loses by school, and names them with their facts', async () => {
    const [third] = world.teachers[1]!
    await enter(earned(third!.id, 2022, '100', { kind: 'online' }), earned(third!.id, 2023, '16'))
    const trainer = await world.as('trainer@district')
    const total = (rows: { before: string; after: string; people: number }[], before: string, after: string) =>
      rows.filter((row) => row.before === before && row.after === after).reduce((sum, { people }) => sum + people, 0)

    const same = await trainer.policy.whatIf(ask())
    const people = same.rows.reduce((sum, row) => sum + row.people, 0)
    expect(same.rows.every(({ before, after }) => before === after)).toBe(true)

    const lower = {
      ...ask(),
      changes: { 'training.credit.cycle_total': 116, 'training.credit.concentrated_floor': 16 },
    }
    const eased = await trainer.policy.whatIf(lower)
    expect(total(eased.rows, 'unmet', 'met')).toBe(1)
    expect(eased.rows.reduce((sum, row) => sum + row.people, 0)).toBe(people)
    expect(eased.parameters).toMatchObject([
      { id: 'training.credit.cycle_total', value: 120, changed: 116, clause: { number: '渝教师发〔2019〕4号' } },
      { id: 'training.credit.concentrated_floor', value: 20, changed: 16 },
    ])
    const gaining = await trainer.policy.whatIfPeople({ ...lower, group: 'gain' })
    expect(gaining).toMatchObject({
      total: 1,
      rows: [
        {
          personId: third!.id,
          facts: [
            { id: 'credits.concentrated', value: '16.00' },
            { id: 'credits.cycle', value: '116.00' },
          ],
        },
      ],
    })
    // One by one they are judged as the statement judged them all.
    const why = await trainer.policy.explain({ set: ask().set, personId: third!.id, asOf: ask().asOf })
    expect([why.outcome, why.trial]).toEqual(['unmet', false])
    const tried = await trainer.policy.explain({
      set: ask().set,
      personId: third!.id,
      asOf: ask().asOf,
      changes: lower.changes,
    })
    expect([tried.outcome, tried.trial]).toEqual(['met', true])
    expect(tried.parameters).toMatchObject([
      { id: 'training.credit.cycle_total', value: 116, packVersion: 'trial' },
      { id: 'training.credit.concentrated_floor', value: 16, packVersion: 'trial' },
    ])
    await expect(
      trainer.policy.explain({ set: ask().set, personId: third!.id, changes: { 'training.credit.cycle': 1 } }),
    ).rejects.toMatchObject({ data: { code: 'policy.not_changeable' } })
  })

  it('tells people apart by school, district, stage and age, and names those of a part', async () => {
    const trainer = await world.as('trainer@district')
    const whole = (await trainer.policy.whatIf(ask())).rows.reduce((sum, { people }) => sum + people, 0)
    for (const by of ['school', 'district', 'stage', 'age'] as const) {
      const { rows } = await trainer.policy.whatIf({ ...ask(), by })
      expect(rows.reduce((sum, { people }) => sum + people, 0)).toBe(whole)
      for (const [key, some] of Map.groupBy(rows, (row) => row.key)) {
        const met = some.filter(({ before }) => before === 'met').reduce((sum, { people }) => sum + people, 0)
        const { total } = await trainer.policy.whatIfPeople({ ...ask(), by, part: key, group: 'before' })
        expect(total).toBe(met)
      }
    }
    const names = async (by: 'district' | 'stage' | 'age') =>
      (await trainer.policy.whatIf({ ...ask(), by })).rows.map(({ name }) => name.zh)
    expect(new Set(await names('district'))).toEqual(new Set([expect.stringMatching(/[区县]$/)]))
    expect(await names('stage')).toContain('小学')
    expect((await names('age')).every((name) => /岁|未知/.test(name))).toBe(true)
  })

  it('keeps to the scope, and to figures that the rule uses', async () => {
    const other = await world.as('trainer@other')
    await expect(other.policy.whatIf(ask())).rejects.toMatchObject({ data: { kind: 'not_found' } })
    const trainer = await world.as('trainer@district')
    await expect(
      trainer.policy.whatIf({ ...ask(), changes: { 'training.completion.attendance_share': 1 } }),
    ).rejects.toMatchObject({ data: { code: 'policy.not_changeable' } })
    await expect(
      trainer.policy.whatIf({ ...ask(), changes: { 'training.credit.cycle_total': 'many' } }),
    ).rejects.toMatchObject({ data: { code: 'policy.bad_value' } })
  })
})
