import { describe, expect, it } from 'vitest'
import { add, atLeast, compare, divide, subtract, times } from './decimal.ts'

describe('exact decimals', () => {
  it.each([
    ['0.1', '0.2', '0.3'],
    ['120', '-0.5', '119.5'],
    ['1.25', '2.75', '4'],
  ])('adds %s and %s', (a, b, sum) => expect(add(a, b)).toBe(sum))

  it.each([
    ['40', '3', 2, '13.33'],
    ['20', '3', 2, '6.67'],
    ['1', '8', 2, '0.13'],
    ['-1', '8', 2, '-0.13'],
    ['0', '3', 2, '0'],
    ['2', '3', 0, '1'],
  ] as const)('divides %s by %s to %i places', (a, b, places, quotient) => expect(divide(a, b, places)).toBe(quotient))

  it('subtracts, multiplies and compares', () => {
    expect(subtract('0.3', '0.1')).toBe('0.2')
    expect(times('0.8', '6')).toBe('4.8')
    expect(compare('10', '9.99')).toBe(1)
    expect(atLeast('20.00', '20')).toBe(true)
  })

  it('refuses what is no decimal', () => {
    expect(() => add('1e3', '1')).toThrow(RangeError)
    expect(() => divide('1', '0')).toThrow(RangeError)
  })
})
