import { expect, it } from 'vitest'
import { needOf } from './class-need.ts'

const row = { state: 'planned', places: 100, deadline: null, sessions: 0, nextSession: null }
const now = Date.parse('2023-03-10T00:00:00Z')

it.each([
  [{}, 'share'],
  [{ places: null }, null],
  [{ state: 'open', deadline: '2023-03-11T00:00:00Z' }, null],
  [{ state: 'open', deadline: '2023-03-10T00:00:00Z' }, 'confirm'],
  [{ state: 'confirmed' }, 'sessions'],
  [{ state: 'confirmed', sessions: 4, nextSession: '2023-03-12T01:00:00Z' }, null],
  [{ state: 'confirmed', sessions: 4 }, 'complete'],
  [{ state: 'completed', sessions: 4 }, null],
  [{ state: 'cancelled' }, null],
])('%o needs %s', (change, need) => {
  expect(needOf({ ...row, ...change }, now)).toBe(need)
})
