import { expect, it } from 'vitest'
import { compared } from './compared.ts'
import { FACTS, SCOPE } from './expression/random.fixture.ts'
import { readExpression } from './expression/read.ts'
import { readValue } from './rules/expression/value.ts'

const GIVEN: Record<string, unknown> = {
  'a.count': 40,
  'a.share': 0.5,
  'a.kind': 'x',
  'a.born': '1990-01-01',
  'a.hired': '2015-06-01',
  'a.subjects': ['math', 'art'],
  'a.flag': true,
}
const of = (text: string) =>
  compared(
    readExpression(text, SCOPE, 'bool'),
    (id) => readValue(FACTS[id]!, GIVEN[id]),
    (id) => ({ 'a.count': 'hour', 'a.born': 'yuan' })[id] ?? null,
  )

it.each([
  ['held, and unmet', 'a.count >= 36', ['40', '36', 'hour', 'least']],
  ['at most', 'a.count <= 36', ['40', '36', 'hour', 'most']],
  ['years passed are years', 'years(a.born, a.hired) >= 30', ['25', '30', 'year', 'least']],
  ['days', 'a.hired < date("2020-01-01")', ['2015-06-01', '2020-01-01', null, 'below']],
  ['worked out by others', 'a.share >= a.count * 0.02', ['0.5', '0.8', 'hour', 'least']],
  ['one of several', 'a.kind in ["x", "y"]', ['x', ['x', 'y'], null, 'among']],
  ['in common', 'overlaps(a.subjects, ["pe"])', [['math', 'art'], ['pe'], null, 'among']],
  ['a code in the list of the person', '"math" in a.subjects', [null, null, null, null]],
  ['a fact alone', 'a.flag', [null, null, null, null]],
  ['several questions', 'a.flag || a.count >= 36', [null, null, null, null]],
])('%s', (_, text, [have, need, unit, relation]) => {
  expect(of(text)).toEqual({ have, need, unit, relation })
})
