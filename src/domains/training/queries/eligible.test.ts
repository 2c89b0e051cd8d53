import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestHouse } from '../../../../test/harness/house.ts'
import { buildWorld } from '../../../../test/harness/world.ts'
import { SYSTEM, transact } from '../../../platform/db/index.ts'
import type { OpenHouse } from '../../../server/house.ts'
import { isEligible, type Target } from '../rules/target.ts'
import { factsOf, targetSql } from './eligible.ts'

let house: OpenHouse
let people: string[]
let scope: { paths: string[]; self: boolean }

/** A small generator with a fixed seed: the same rules and people every time. */
let seed = 20_230_301
const draw = (below: number): number => {
  seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff
  return seed % below
}
const some = <T>(from: readonly T[]): T[] => from.filter(() => draw(2) === 0)
const pick = <T>(from: readonly T[]): T => from[draw(from.length)]!

const STAGES = ['1', '2', '3', '4']
const POSTS = ['class_teacher', 'finance_officer', 'training_manager', 'principal']
const HONOURS = ['district_backbone_candidate', 'district_master_candidate']
// Around the boundaries of whole years and months on the day of asking, 29 February among them.
const DAYS = [
  '2020-02-29',
  '2018-03-01',
  '2018-02-28',
  '2020-03-01',
  '2020-03-02',
  '2022-03-01',
  '2022-02-28',
  '2022-09-01',
  '1990-07-01',
  '2023-02-28',
]

beforeAll(async () => {
  house = await openTestHouse('2023-03-01T01:00:00Z')
  const world = await buildWorld(house, 0)
  for (let n = 0; n < 60; n++) {
    await world.addTeacher(world.schools[0], {
      category: pick(['11', '12', '13']),
      stages: some(STAGES),
      subject: pick(['13', '14', '41']),
      posts: some(POSTS),
      honours: some(HONOURS),
      since: pick(DAYS),
      hired: pick(DAYS),
    })
  }
  scope = { paths: [world.district.path], self: false }
  const { rows } = await sql<{ id: string }>`select p.id from directory.person p order by p.number`.execute(house.owner)
  people = rows.map(({ id }) => id)
})
afterAll(() => house?.close())

const rule = (): Target => ({
  ...(draw(2) ? { stages: some(STAGES) } : {}),
  ...(draw(3) ? {} : { categories: some(['11', '12', '13']) }),
  ...(draw(3) ? {} : { subjects: some(['13', '14', '41']) }),
  ...(draw(3) ? {} : { posts: some(POSTS) }),
  ...(draw(4) ? {} : { excludePosts: some(POSTS) }),
  ...(draw(4) ? {} : { honoursAny: some(HONOURS) }),
  ...(draw(4) ? {} : { titlesAny: ['level_1'] }),
  ...(draw(2) ? { serviceYears: { from: draw(6), to: draw(8) } } : {}),
  ...(draw(3) ? {} : { hiredWithinMonths: 1 + draw(40) }),
})

it('the rule in SQL chooses exactly whom the rule in words chooses', async () => {
  await transact(house.db, { actor: SYSTEM, permission: 'test', scope }, async (act) => {
    const facts = new Map<string, NonNullable<Awaited<ReturnType<typeof factsOf>>>>()
    for (const id of people) facts.set(id, (await factsOf(act, id))!)
    expect(facts.size).toBe(60)
    let chosen = 0
    for (let round = 0; round < 400; round++) {
      const target = rule()
      const { rows } = await sql<{
        id: string
      }>`select t.person_id as id from records.pub_teacher t where ${targetSql(target)}`.execute(act.tx)
      const bySql = rows.map(({ id }) => id).sort()
      const byWords = people.filter((id) => isEligible(target, facts.get(id)!, act.today)).sort()
      expect({ target, people: bySql }).toEqual({ target, people: byWords })
      chosen += bySql.length
    }
    expect(chosen).toBeGreaterThan(100)
  })
})
