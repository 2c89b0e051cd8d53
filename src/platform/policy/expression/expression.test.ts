/** Expressions: what is read and what is refused, and that a run here and a run in the database give the same, over random rounds. */
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import { type Scratch, scratch } from '../../../../test/harness/scratch.ts'
import { compile } from '../rules/expression/evaluate.ts'
import { bind, factsOf, parametersOf } from '../rules/expression/term.ts'
import { amount, decimal, plain, readValue, TYPES, type Type, type Value } from '../rules/expression/value.ts'
import { Chance, FACTS, parameterOf, randomFacts, randomText, SCOPE } from './random.fixture.ts'
import { Misread, readExpression, type Scope } from './read.ts'
import { SQL_TYPES, toSql } from './sql.ts'

const scope: Scope = {
  fact: (id) => (Object.hasOwn(FACTS, id) ? FACTS[id] : undefined),
  parameter: (id) =>
    ({ 'credit.total': 'number', 'credit.cap': 'number', 'school.types': 'texts' })[id] as Type | undefined,
}
const parameters: Record<string, Value> = {
  'credit.total': amount(36),
  'credit.cap': null,
  'school.types': ['211', '311'],
}
const run = (text: string, facts: Record<string, unknown> = {}): unknown =>
  plain(
    compile(bind(readExpression(text, scope), (id) => parameters[id] ?? null))((id) =>
      readValue(FACTS[id]!, facts[id]),
    ),
  )

describe('here', () => {
  it.each<[string, unknown, Record<string, unknown>?]>([
    ['a.count >= param.credit.total', true, { 'a.count': '36.00' }],
    ['a.count >= param.credit.total', false, { 'a.count': '35.999999' }],
    ['a.count >= param.credit.total', null],
    ['0.1 + 0.2 == 0.3', true],
    ['10 / 4', '2.5'],
    ['1 / 3 * 3', '0.999999'],
    ['-(2 / 3)', '-0.666667'],
    ['1 / 0', null],
    // Unknown decides nothing, but does not hinder what does.
    ['a.flag || true', true],
    ['a.flag && false', false],
    ['a.flag && true', null],
    ['!a.flag', null],
    ['a.flag ? 1 : 2', null],
    ['known(a.flag)', false, {}],
    ['known(a.flag)', true, { 'a.flag': false }],
    // No limit: the comparison is unknown, so a condition names the case.
    ['!known(param.credit.cap) || a.count <= param.credit.cap', true, { 'a.count': 500 }],
    ['"a" in ["a", "b"]', true],
    ['a.kind in []', false],
    ['a.kind in ["x"]', null],
    ['overlaps(a.subjects, ["语文"])', true, { 'a.subjects': ['数学', '语文'] }],
    ['size(a.subjects)', '2', { 'a.subjects': ['数学', '语文'] }],
    ['a.credits["b"]', '1.5', { 'a.credits': { a: '2', b: '1.5' } }],
    ['a.credits["none"]', '0', { 'a.credits': { a: '2' } }],
    ['sum(a.credits, ["a", "b", "b"])', '3.5', { 'a.credits': { a: '2', b: '1.5', c: '9' } }],
    ['years(date("2000-02-29"), date("2021-02-28"))', '20'],
    ['years(date("2000-02-29"), date("2021-03-01"))', '21'],
    ['months(date("2023-01-31"), date("2023-02-28"))', '0'],
    ['months(date("2023-01-31"), date("2023-03-31"))', '2'],
    ['days(date("2024-02-28"), date("2024-03-01"))', '2'],
    ['add_months(date("2023-01-31"), 1)', '2023-02-28'],
    ['add_months(date("2023-03-31"), -1)', '2023-02-28'],
    ['add_years(date("2020-02-29"), 1)', '2021-02-28'],
    ['add_days(date("2023-12-31"), 1.9)', '2024-01-01'],
    ['add_years(date("2023-12-31"), 9000)', null],
    ['least(3, 2) + most(3, 2)', '5'],
  ])('%s is %s', (text, expected, facts) => {
    expect(run(text, facts)).toEqual(expected)
  })

  it('tells what it asks for', () => {
    const term = readExpression('a.flag && (a.count > param.credit.total || a.count > 1)', scope)
    expect([factsOf(term), parametersOf(term)]).toEqual([new Set(['a.flag', 'a.count']), new Set(['credit.total'])])
  })
})

describe('refused, with the place', () => {
  it.each([
    ['a.count >', 'not an expression', 9],
    ['a.count > a.wage', 'there is no fact a.wage', 10],
    ['a.count > param.credit.none', 'there is no parameter credit.none', 10],
    ['a.count > "x"', '> does not take a number, text', 0],
    ['a.count', 'must give yes or no, not a number', 0],
    ['a.flag && a.count', 'must be yes or no, not a number', 10],
    ['a.flag ? 1 : "x"', 'the two results differ', 13],
    ['a.subjects.exists(s, s == "x")', 'outside the subset: rcall', 0],
    ['a.count > 1.2345678', 'at most six decimals', 10],
    ['a.hired > date("2023-02-30")', 'needs a real day', 10],
    ['a.hired > date(a.kind)', 'needs a real day', 10],
    ['process.exit(1) == 1', 'outside the subset', 0],
    ['constructor == 1', 'there is no fact constructor', 0],
    ['toString(1) == 1', 'there is no function toString', 0],
    [`${'('.repeat(60)}a.flag${')'.repeat(60)}`, 'too large', 0],
    [Array.from({ length: 300 }, () => 'a.flag').join(' && '), 'too large', 0],
    ['a.flag || '.repeat(500), 'longer than', 4000],
  ])('%s', (text, said, start) => {
    try {
      readExpression(text, scope, 'bool')
      expect.unreachable()
    } catch (error) {
      expect(error).toBeInstanceOf(Misread)
      const { message, at, zh } = error as Misread
      expect(message).toContain(said)
      expect(zh).toMatch(/[一-龥]/)
      if (start > 0) expect(at.start).toBe(start)
    }
  })
})

it('amounts are exact', () => {
  expect(decimal(amount('-0.050000'))).toBe('-0.05')
  expect(() => amount('0.0000001')).toThrow('six places')
  expect(() => amount('1e3')).toThrow('six places')
  expect(() => readValue('date', '2023-02-29')).toThrow('not of type date')
})

describe('here and in the database', () => {
  let base: Scratch
  beforeAll(async () => {
    base = await scratch()
  })
  afterAll(() => base?.drop())

  const columns = Object.keys(FACTS).map((id) => [id, id.replace('.', '_')] as const)
  const SEEDS = [1, 2, 3, 4]
  const EXPRESSIONS = 250
  const ROWS = 12

  test.each(SEEDS)(
    'the same, seed %i',
    async (seed) => {
      const chance = new Chance(seed)
      const facts = Array.from({ length: ROWS }, () => randomFacts(chance))
      const rows = facts.map((row, nth) => ({
        nth,
        ...Object.fromEntries(columns.map(([id, column]) => [column, row[id]])),
      }))
      const typed = columns.map(([id, column]) => `${column} ${SQL_TYPES[FACTS[id]!]}`).join(', ')
      const made = Array.from({ length: EXPRESSIONS }, () => randomText(chance, chance.one(TYPES), 1 + chance.below(4)))
      const terms = made.flatMap((text) => {
        try {
          return [{ text, term: bind(readExpression(text, SCOPE), parameterOf) }]
        } catch (error) {
          if (error instanceof Misread && error.message.includes('too large')) return []
          throw error
        }
      })
      expect(terms.length).toBeGreaterThan(EXPRESSIONS / 2)
      const differing: string[] = []
      for (let at = 0; at < terms.length; at += 25) {
        const some = terms.slice(at, at + 25)
        const asked = sql.join(
          some.map(({ term }, nth) => {
            const built = toSql(term, (id) => sql.ref(`r.${id.replace('.', '_')}`))
            const shown =
              term.type === 'number'
                ? sql`trim_scale(${built})::text`
                : term.type === 'date'
                  ? sql`${built}::text`
                  : built
            return sql`to_jsonb(${shown}) as ${sql.ref(`e${nth}`)}`
          }),
        )
        const { rows: found } = await sql<Record<string, unknown>>`select ${asked}
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(nth int, ${sql.raw(typed)}) order by r.nth`.execute(
          base.db,
        )
        for (const [nth, { text, term }] of some.entries()) {
          const here = compile(term)
          for (const [row, given] of facts.entries()) {
            const own = JSON.stringify(sorted(plain(here((id) => readValue(FACTS[id]!, given[id])))))
            const there = JSON.stringify(sorted(normal(term.type, found[row]![`e${nth}`])))
            if (own !== there) differing.push(`${text}\n  ${JSON.stringify(given)}\n  here ${own}, there ${there}`)
          }
        }
      }
      expect(differing).toEqual([])
    },
    60_000,
  )
})

/** Amounts come back as they went in, with zeros at their end. */
const normal = (type: Type, given: unknown): unknown => plain(readValue(type, given))
const sorted = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(sorted)
    : value !== null && typeof value === 'object'
      ? Object.fromEntries(
          Object.entries(value)
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .map(([key, held]) => [key, sorted(held)]),
        )
      : value
