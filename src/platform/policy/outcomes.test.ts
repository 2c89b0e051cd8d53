/** Everything that is asked of a teacher, or of a school, at a glance. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestHouse } from '../../../test/harness/house.ts'
import { buildWorld, type World } from '../../../test/harness/world.ts'
import type { OpenHouse } from '../../server/house.ts'

const DAY = '2023-03-01'

let house: OpenHouse
let world: World
beforeAll(async () => {
  house = await openTestHouse()
  world = await buildWorld(house, 2)
})
afterAll(() => house?.close())

it('all rules about a school come out at once', async () => {
  const clerk = await world.as('clerk@0')
  const { about, rows } = await clerk.policy.outcomes({ orgId: world.schools[0].id, asOf: DAY })
  expect(about.kind).toBe('organisation')
  const found = new Map(rows.map((row) => [row.set, row]))
  expect(found.get('funding.training')).toMatchObject({ outcome: 'unknown', conditions: 1, missing: 1, unknown: 2 })
  expect(found.get('staffing.kindergarten')?.outcome).toBe('exempt')
  expect(rows.some(({ set }) => set.startsWith('title.'))).toBe(false)
  await expect(clerk.policy.outcomes({ orgId: world.schools[1].id })).rejects.toMatchObject({
    data: { kind: 'not_found' },
  })
})

describe('what a teacher qualifies for', () => {
  const own = async (given?: Record<string, unknown>) =>
    (await world.as(world.teachers[0]![0]!.account)).policy.outcomes({ asOf: DAY, ...(given ? { given } : {}) })

  it('is judged by all rules about people, each as its explanation says', async () => {
    const self = await world.as(world.teachers[0]![0]!.account)
    const { rows, about } = await own()
    expect(about).toMatchObject({ kind: 'person', id: world.teachers[0]![0]!.id })
    expect(rows.length).toBeGreaterThan(10)
    expect(rows.some(({ set }) => set.startsWith('funding.'))).toBe(false)
    expect(rows.find(({ set }) => set === 'retirement.reached')?.nature).toBe('status')
    expect(rows.find(({ set }) => set === 'qualification.registration')?.nature).toBeNull()
    // Of a state, nothing is missing that somebody would work towards.
    expect(rows.some(({ nature, outcome }) => nature === 'status' && outcome === 'unknown')).toBe(true)
    for (const { set, outcome, missing, nature } of rows) {
      const why = await self.policy.explain({ set, personId: about.id, asOf: DAY })
      expect([set, why.outcome]).toEqual([set, outcome])
      if (outcome === 'unmet' || outcome === 'unknown')
        expect([set, missing]).toEqual([set, nature === null ? why.way.length : 0])
    }
  })

  it('may rest on what the teacher states, where nothing is on record', async () => {
    const { rows } = await own({ 'person.born': '1950-01-01', 'person.sex': '1' })
    const plain = await own()
    const retirement = (of: typeof rows) => of.find(({ set }) => set === 'retirement.reached')!
    expect(retirement(plain.rows)).toMatchObject({ outcome: 'unknown', stated: false })
    expect(retirement(rows)).toMatchObject({ outcome: 'met', stated: true })
  })

  it('is for people in the records', async () => {
    const commission = await world.as('commission@district')
    await expect(commission.policy.outcomes({})).rejects.toMatchObject({ data: { code: 'policy.person_needed' } })
  })

  it('codes come with their words', async () => {
    const self = await world.as(world.teachers[0]![0]!.account)
    const why = await self.policy.explain({ set: 'retirement.reached', personId: world.teachers[0]![0]!.id, asOf: DAY })
    const sex = why.facts.find(({ id }) => id === 'person.sex')!
    expect(sex.codes).toContainEqual({ code: '1', zh: '男', en: 'Male' })
  })
})
