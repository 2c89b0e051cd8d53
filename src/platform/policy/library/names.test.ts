import { expect, it } from 'vitest'
import { namesIn } from './names.ts'

it('finds names as they are written, and nothing in quoted text', () => {
  const { facts, parameters } = namesIn(
    'credits.by_kind["param.x.y"] >= param.training.credit.total && known(person.born) || asOf > param . a . b',
  )
  expect([...facts]).toEqual(['credits.by_kind', 'person.born'])
  expect([...parameters]).toEqual(['training.credit.total', 'a.b'])
})

it('does not take the beginning of a longer name for the name', () => {
  expect([...namesIn('param.training.credit.total_two > 1').parameters]).toEqual(['training.credit.total_two'])
})
