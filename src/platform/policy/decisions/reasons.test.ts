/** Reasons written by the database are those that the program gives: over random sets with exceptions and grades, and random facts. */
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Scratch, scratch } from '../../../../test/harness/scratch.ts'
import { Chance, FACTS, parameterOf, SCOPE } from '../expression/random.fixture.ts'
import { randomPeople, randomVersion } from '../requirements/random-sets.fixture.ts'
import { readRequirement } from '../requirements/read.ts'
import { readValue } from '../rules/expression/value.ts'
import { judge } from '../rules/requirements/judge.ts'
import { bindRequirement } from '../rules/requirements/requirement.ts'
import { reasonsOf, reasonsSql } from './reasons.ts'

let base: Scratch
beforeAll(async () => {
  base = await scratch()
})
afterAll(() => base?.drop())

test.each([21, 22])(
  'the same, seed %i',
  async (seed) => {
    const chance = new Chance(seed)
    const { given, people, column } = randomPeople(chance, 12)
    const excepted = new Set<string | null>()
    for (let round = 0; round < 60; round++) {
      const { requirement, mistakes } = readRequirement(randomVersion(chance), SCOPE)
      expect(mistakes).toEqual([])
      const bound = bindRequirement(requirement, parameterOf)
      const { rows: found } = await sql<{ reasons: unknown }>`select ${reasonsSql(bound, column)} as reasons
      from ${people} order by r.nth`.execute(base.db)
      const judged = judge(bound)
      const own = given.map((row) => reasonsOf(judged((id) => readValue(FACTS[id]!, row[id]))))
      for (const reasons of own) for (const [, , exception] of reasons) excepted.add(exception)
      expect(found.map(({ reasons }) => reasons)).toEqual(own)
    }
    expect(excepted).toEqual(new Set([null, 'e0', 'e1']))
  },
  60_000,
)
