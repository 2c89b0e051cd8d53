import { expect, test } from 'vitest'
import { compareDecimals, decimalOf, hasLostDigits, plainNumber, scaleOf } from './numbers.ts'

test.each([
  ['12.5', '12.5'],
  ['0.30000000000000004', '0.3'],
  ['1.1000000000000001', '1.1'],
  ['-0.07000000000000001', '-0.07'],
  ['1E-3', '0.001'],
  ['1.2345E3', '1234.5'],
  ['13800000000', '13800000000'],
  ['4.4052418800101E+17', '440524188001010000'],
  ['-0', '0'],
  ['100', '100'],
  ['1000000000000000000000', '1000000000000000000000'],
  ['abc', 'abc'],
])('stored %s is %s', (raw, expected) => expect(plainNumber(raw)).toBe(expected))

test.each([
  ['12.50', '12.50'],
  ['1,234.50', '1234.50'],
  ['1,234,567', '1234567'],
  ['+007', '7'],
  ['-0.0', '0.0'],
  ['.5', '0.5'],
  ['-3', '-3'],
  ['99999999999999999999.01', '99999999999999999999.01'],
  ['12,34', undefined],
  ['12.', undefined],
  ['1e5', undefined],
  ['12%', undefined],
  ['12学时', undefined],
  ['', undefined],
  ['-', undefined],
])('typed %s is %s', (text, expected) => expect(decimalOf(text)).toBe(expected))

test.each([
  ['12.50', 1],
  ['12', 0],
  ['0.001', 3],
  ['10.00', 0],
])('%s has %i digits that count after the point', (decimal, scale) => expect(scaleOf(decimal)).toBe(scale))

test.each([
  ['0.1', '0.10', 0],
  ['-1', '0.5', -1],
  ['-0.5', '-0.6', 1],
  ['9007199254740993', '9007199254740992', 1],
  ['10', '9.99', 1],
])('%s against %s', (a, b, expected) => expect(compareDecimals(a, b)).toBe(expected))

test('a number of more than 15 digits has lost some', () => {
  expect(hasLostDigits('440524188001010000')).toBe(true)
  expect(hasLostDigits('999999999999999')).toBe(false)
  expect(hasLostDigits('0.1234567890123456')).toBe(false)
})
