import { expect, it } from 'vitest'
import { factsIn, meant, tidiedCases, typed } from './cases.ts'
import { keyed, lifted, moved, nameFrom, newCondition, newGrade, takenIn, wrapped } from './parts.ts'
import { keysOn, toldIn } from './problems.ts'
import { type Condition, combined, type EditedSet, type Group, partsOf, tidied, withParts } from './set.ts'

const says = { zh: '条件', en: 'condition' }
const one: Condition = {
  id: 'one',
  says,
  confidence: 'F',
  test: 'a.b > 1',
  clause: { document: '某办法', number: ' ', words: '' },
}
const named = (id: string): Condition => ({ ...one, id })
const set: EditedSet = {
  id: 'a.b',
  title: says,
  about: 'person',
  extends: { how: 'replaces', permission: { document: '' } },
  versions: [{ from: '2024-01-01', needs: { all: [{ ...one, note: ' ', cure: { zh: '', en: '' } }] }, grades: [] }],
}
const idsOf = (nodes: readonly unknown[]): unknown[] =>
  nodes.map((node) => (node as Condition).id ?? idsOf(partsOf(node as Group)))

it('leaves out what is empty, and the keys that tell parts apart', () => {
  const { extends: over, versions } = tidied(keyed(set))
  expect(over).toEqual({ how: 'replaces' })
  expect(versions).toEqual([
    {
      from: '2024-01-01',
      needs: { all: [{ id: 'one', says, confidence: 'F', test: 'a.b > 1', clause: { document: '某办法' } }] },
    },
  ])
})

it('combines the same parts otherwise, never asking for more than there are', () => {
  const group = { says, all: [one, named('two')] }
  expect(combined(group, 'at_least', partsOf(group), 5)).toEqual({ says, at_least: 2, of: group.all })
  expect(withParts({ at_least: 2, of: group.all }, [one])).toEqual({ at_least: 1, of: [one] })
  expect(combined(group, 'any')).toEqual({ says, any: group.all })
})

it('names a new condition as no other is named, also where it stands in an outcome', () => {
  const grades = [newGrade([], ['one', 'condition_3'])]
  const taken = takenIn({ ...set, versions: [{ ...set.versions[0]!, grades }] })
  expect(taken).toEqual(['one', 'condition_4'])
  expect(newCondition(taken).id).toBe('condition_3')
})

it('moves a part among its like, into a group, and out again', () => {
  const parts = [named('a'), named('b'), named('c')]
  expect(idsOf(moved(parts, 2, -1))).toEqual(['a', 'c', 'b'])
  expect(idsOf(moved(parts, 0, -1))).toEqual(['a', 'b', 'c'])
  const inside = wrapped(parts, 1)
  expect(idsOf(inside)).toEqual(['a', ['b'], 'c'])
  const two = { any: [named('b'), named('d')] }
  expect(idsOf(lifted([named('a'), two], 1, two, 0))).toEqual(['a', ['d'], 'b'])
  // A group that would be empty is gone.
  expect(idsOf(lifted(inside, 1, inside[1] as Group, 0))).toEqual(['a', 'b', 'c'])
})

it('tells what is wrong in a part apart from what is only empty, and what must open to show it', () => {
  const problem = (path: string, missing: boolean) => ({
    ...{ path, missing, condition: null, line: 1, column: 1, zh: '', en: '' },
  })
  const at = 'versions.0.needs.all.1'
  const problems = [
    problem(`${at}.test`, false),
    problem(`${at}.says.en`, true),
    problem(`${at}.confidence`, false),
    problem('versions.0.needs.all.10.test', false),
  ]
  expect(toldIn(problems, at)).toEqual({ wrong: 1, missing: 2 })
  const group = { any: [named('b')] }
  const held = keyed({ ...set, versions: [{ from: '2024-01-01', needs: { all: [one, group] } }] })
  const [, inner] = partsOf(held.versions[0]!.needs) as [Condition, Group]
  expect(keysOn(held, `${at}.any.0.test`)).toEqual(
    expect.arrayContaining([inner.key, partsOf(inner)[0]!.key].map((key) => key!)),
  )
})

it('makes a name of an English title', () => {
  expect(nameFrom('Ethics: a 2-year review!')).toBe('ethics_a_2_year_review')
  expect(nameFrom('学分')).toBe('')
})

it('reads facts of a case as their types are written, and shows them so again', () => {
  expect(meant('bool', 'false')).toBe(false)
  expect(meant('texts', 'a， b、c')).toEqual(['a', 'b', 'c'])
  expect(meant('amounts', 'x=10, y = 2')).toEqual({ x: '10', y: '2' })
  expect(typed(meant('amounts', 'x=10, y = 2'))).toBe('x=10, y=2')
  expect(meant('number', ' ')).toBe(undefined)
  const facts = { 'a.b': '3', 'c.d': undefined }
  expect(tidiedCases([{ key: 'k', name: ' 例 ', on: '2024-01-01', outcome: 'met', facts }])).toEqual([
    { name: '例', on: '2024-01-01', outcome: 'met', facts: { 'a.b': '3' } },
  ])
})

it('asks in a case for the facts that the expressions name', () => {
  const fact = (id: string) => ({
    ...{ id, type: 'number', title: says, unit: null, ask: says, ofSchools: false, codes: null },
  })
  expect(factsIn(set, [fact('a.b'), fact('a.bc'), fact('asOf')]).map(({ id }) => id)).toEqual(['a.b'])
})
