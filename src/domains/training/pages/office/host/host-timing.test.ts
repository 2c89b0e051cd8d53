import { expect, it } from 'vitest'
import { goodFor, nextAsk } from './host-timing.ts'

it('counts the seconds that are left from the server’s own instant', () => {
  expect(goodFor({ now: '2023-03-01T01:00:03.250Z', secondsLeft: 7 })).toBe(6750)
  expect(goodFor({ now: '2023-03-01T01:00:09.999Z', secondsLeft: 1 })).toBe(1)
})

it('asks at a steady pace, and just after the code has run out', () => {
  expect(nextAsk(6750)).toBe(1500)
  expect(nextAsk(1500)).toBe(1560)
  expect(nextAsk(400)).toBe(460)
  expect(nextAsk(0)).toBe(60)
  expect(nextAsk(400, 5000)).toBe(60)
})
