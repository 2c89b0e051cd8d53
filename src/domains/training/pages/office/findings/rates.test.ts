import { expect, it } from 'vitest'
import { issuedRate, shareOf, stepOf, wholeOf } from './rates.ts'

const school = (numerator: number, denominator: number) => ({ rates: [{ id: 'pass', numerator, denominator }] })

it('counts the district over people, so that a small school weighs as much as it has people', () => {
  const whole = wholeOf([school(1, 1), school(0, 9), { rates: [] }], 'pass')
  expect(whole).toEqual({ id: 'pass', numerator: 1, denominator: 10 })
  expect(shareOf(whole)).toBe(0.1)
})

it('has no share where nothing was due', () => {
  expect(shareOf({ numerator: 0, denominator: 0 })).toBeNull()
  expect(shareOf(undefined)).toBeNull()
  expect(stepOf(null)).toBeNull()
})

it('puts the borders of the steps to the better side', () => {
  expect([0, 0.5999, 0.6, 0.75, 0.85, 0.95, 1].map(stepOf)).toEqual([0, 0, 1, 2, 3, 4, 4])
})

it('finds what the circular said, where there is one', () => {
  const rates = [{ id: 'pass', numerator: 1, denominator: 2 }]
  const circular = { issuedAt: '2023-12-28T01:00:00Z', acknowledgedAt: null, rates }
  expect(issuedRate({ circular }, 'pass')).toEqual(rates[0])
  expect(issuedRate({ circular }, 'credit')).toBeUndefined()
  expect(issuedRate({ circular: null }, 'pass')).toBeUndefined()
})
