import { expect, test } from 'vitest'
import { suppressed } from './suppress.ts'

test.each<[name: string, sizes: Record<string, number>, minimum: number, held: string]>([
  ['none is small', { a: 5, b: 9 }, 5, ''],
  ['the boundary is shown', { a: 5, b: 5 }, 5, ''],
  ['one is small: the next smallest goes with it', { a: 4, b: 5, c: 90 }, 5, 'a b'],
  ['two small ones that together are enough', { a: 3, b: 4, c: 90 }, 5, 'a b'],
  ['two small ones that together are not enough', { a: 1, b: 2, c: 7, d: 90 }, 5, 'a b c'],
  ['nobody there is no secret', { a: 0, b: 9 }, 5, ''],
  ['an empty sibling cannot hide a small one', { a: 0, b: 2, c: 9 }, 5, 'b c'],
  ['a small one alone', { a: 2 }, 5, 'a'],
])('%s', (_name, sizes, minimum, held) => {
  const groups = Object.entries(sizes).map(([key, people]) => ({ key, parent: 'district', people }))
  expect([...suppressed(groups, minimum)].sort().join(' ')).toBe(held)
})

test('siblings of one parent do not answer for those of another, and without a parent there is no total to subtract from', () => {
  const groups = [
    { key: 'a', parent: 'p', people: 2 },
    { key: 'b', parent: 'p', people: 50 },
    { key: 'c', parent: 'q', people: 50 },
    { key: 'r', parent: null, people: 3 },
    { key: 's', parent: null, people: 50 },
  ]
  expect([...suppressed(groups, 5)].sort()).toEqual(['a', 'b', 'r'])
})
