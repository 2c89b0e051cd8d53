/** Reasons written by the database are those that the program gives: over random sets with exceptions and grades, and random facts. */
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Scratch, scratch } from '../../../../test/harness/scratch.ts'
import { Chance, FACTS, parameterOf, randomFacts, randomText, SCOPE } from '../expression/random.fixture.ts'
import { SQL_TYPES } from '../expression/sql.ts'
import { readRequirement } from '../requirements/read.ts'
import { readValue } from '../rules/expression/value.ts'
import type { Condition, SetVersion } from '../rules/requirements/declared.ts'
import { judge } from '../rules/requirements/judge.ts'
import { bindRequirement } from '../rules/requirements/requirement.ts'
import { reasonsOf, reasonsSql } from './reasons.ts'

let base: Scratch
beforeAll(async () => {
  base = await scratch()
})
afterAll(() => base?.drop())

const words = { zh: '条件', en: 'condition' }
const clause = { document: '某办法' }

function randomVersion(chance: Chance): SetVersion {
  let count = 0
  const test = () => randomText(chance, 'bool', 1 + chance.below(2))
  const one = (): Condition => ({
    id: `c${count++}`,
    says: words,
    clause,
    confidence: 'F',
    test: test(),
    exceptions: Array.from({ length: chance.below(3) }, (_, nth) => ({
      id: `e${nth}`,
      says: words,
      clause,
      when: test(),
      gives: chance.one(['met', 'unmet'] as const),
    })),
  })
  return {
    from: '2000-01-01',
    needs: { all: [one(), { any: [one(), one()] }] },
    grades: chance.below(2) ? [{ id: 'grade', title: words, when: { all: [one()] } }] : [],
  }
}

test.each([21, 22])(
  'the same, seed %i',
  async (seed) => {
    const chance = new Chance(seed)
    const given = Array.from({ length: 12 }, () => randomFacts(chance))
    const rows = given.map((row, nth) => ({
      nth,
      ...Object.fromEntries(Object.keys(FACTS).map((id) => [id.replace('.', '_'), row[id]])),
    }))
    const typed = sql.raw(
      Object.entries(FACTS)
        .map(([id, type]) => `${id.replace('.', '_')} ${SQL_TYPES[type]}`)
        .join(', '),
    )
    const column = (id: string) => sql.ref(`r.${id.replace('.', '_')}`)
    const excepted = new Set<string | null>()
    for (let round = 0; round < 60; round++) {
      const { requirement, mistakes } = readRequirement(randomVersion(chance), SCOPE)
      expect(mistakes).toEqual([])
      const bound = bindRequirement(requirement, parameterOf)
      const { rows: found } = await sql<{ reasons: unknown }>`select ${reasonsSql(bound, column)} as reasons
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(nth int, ${typed}) order by r.nth`.execute(base.db)
      const judged = judge(bound)
      const own = given.map((row) => reasonsOf(judged((id) => readValue(FACTS[id]!, row[id]))))
      for (const reasons of own) for (const [, , exception] of reasons) excepted.add(exception)
      expect(found.map(({ reasons }) => reasons)).toEqual(own)
    }
    expect(excepted).toEqual(new Set([null, 'e0', 'e1']))
  },
  60_000,
)
