import { expect, it } from 'vitest'
import { orderOf } from './server-order.ts'

it.each([
  [{ sort: 'name' }, { sort: 'name', desc: false }],
  [
    { sort: 'year', desc: true },
    { sort: 'year', desc: true },
  ],
  [{ sort: 'shoe_size', desc: true }, {}],
  [{}, {}],
])('%o', (query, expected) => {
  expect(orderOf(query, ['name', 'year'])).toEqual(expected)
})
