/** Random requirement sets, groups in groups with exceptions and grades, and random people in a table; the same chance gives the same. */
import { sql } from 'kysely'
import { type Chance, FACTS, randomFacts, randomText } from '../expression/random.fixture.ts'
import { SQL_TYPES } from '../expression/sql.ts'
import type { Condition, Group, Node, SetVersion } from '../rules/requirements/declared.ts'

export const words = { zh: '条件', en: 'condition' }
export const clause = { document: '某办法' }

export const condition = (id: string, test: string, more: Partial<Condition> = {}): Condition => ({
  id,
  says: words,
  clause,
  confidence: 'F',
  test,
  ...more,
})

export const version = (needs: Group, more: Partial<SetVersion> = {}): SetVersion => ({
  from: '2000-01-01',
  needs,
  ...more,
})

export function randomVersion(chance: Chance): SetVersion {
  let count = 0
  const test = () => randomText(chance, 'bool', 1 + chance.below(2))
  const exceptions = () =>
    Array.from({ length: 1 + chance.below(2) }, (_, nth) => ({
      id: `e${nth}`,
      says: words,
      clause,
      when: test(),
      gives: chance.one(['met', 'unmet'] as const),
    }))
  const one = (): Condition =>
    condition(`c${count++}`, test(), chance.below(3) === 0 ? { exceptions: exceptions() } : {})
  const group = (depth: number): Group => {
    const parts = Array.from(
      { length: 1 + chance.below(3) },
      (): Node => (depth > 0 && chance.below(2) === 0 ? group(depth - 1) : one()),
    )
    const how = chance.below(3)
    return how === 0
      ? { all: parts }
      : how === 1
        ? { any: parts }
        : { at_least: 1 + chance.below(parts.length), of: parts }
  }
  const grades = Array.from({ length: chance.below(3) }, (_, nth) => ({
    id: `grade${nth}`,
    title: words,
    when: group(0),
  }))
  return version(group(2), {
    ...(chance.below(2) ? { applies: test() } : {}),
    ...(grades.length > 0 ? { grades } : {}),
  })
}

/** Facts of so many people, here as `given`, and there as rows `r` in the order of `r.nth`. */
export function randomPeople(chance: Chance, count: number) {
  const given = Array.from({ length: count }, () => randomFacts(chance))
  const named = (id: string) => id.replace('.', '_')
  const rows = given.map((row, nth) => ({
    nth,
    ...Object.fromEntries(Object.keys(FACTS).map((id) => [named(id), row[id]])),
  }))
  const typed = Object.entries(FACTS).map(([id, type]) => `${named(id)} ${SQL_TYPES[type]}`)
  return {
    given,
    people: sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(nth int, ${sql.raw(typed.join(', '))})`,
    column: (id: string) => sql.ref(`r.${named(id)}`),
  }
}
