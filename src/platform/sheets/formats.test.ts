import { expect, test } from 'vitest'
import { columnIndex, columnLetter, numberStyle, serialDate } from './formats.ts'

test.each([
  [0, 'A'],
  [25, 'Z'],
  [26, 'AA'],
  [701, 'ZZ'],
  [702, 'AAA'],
  [16383, 'XFD'],
])('column %i is %s', (index, letter) => {
  expect(columnLetter(index)).toBe(letter)
  expect(columnIndex(`${letter}12`)).toBe(index)
})

test.each([
  [14, undefined, true],
  [31, undefined, true],
  [57, undefined, true],
  [0, undefined, false],
  [49, undefined, false],
  [164, 'yyyy-mm-dd', true],
  [164, 'yyyy"年"m"月"d"日"', true],
  [164, '[$-804]yyyy/m/d;@', true],
  [164, '[DBNum1][$-804]yyyy"年"', true],
  [164, 'h:mm', true],
  [164, 'General', false],
  [164, '0.00_ ', false],
  [164, '#,##0"days"', false],
  [164, '[Red]0.0', false],
  [164, '@', false],
  [164, '0.00E+00', false],
])('number format %s %s is a date: %s', (id, format, expected) => {
  expect(numberStyle(id, format).date).toBe(expected)
})

test('a format of zeros fills up', () => expect(numberStyle(164, '000000').zeros).toBe(6))

test.each([
  [44985, false, '2023-02-28'],
  [44985.5, false, '2023-02-28 12:00:00'],
  [44984.99999999, false, '2023-02-28'],
  [61, false, '1900-03-01'],
  [43523, true, '2023-02-28'],
  [0.354166666666667, false, '08:30:00'],
  [2958465, false, '9999-12-31'],
  [2958466, false, undefined],
  [-1, false, undefined],
  [Number.NaN, false, undefined],
])('serial number %d (since 1904: %s) is %s', (serial, since1904, expected) => {
  expect(serialDate(serial, since1904)).toBe(expected)
})
