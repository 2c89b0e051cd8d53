/** Pure calculations that expressions call, as dated cases: working days, retirement, seats, tables. */
import { describe, expect, it } from 'vitest'
import { capped, countOf, largest, largestRemainder, reaches, smallest } from './amounts.ts'
import { addWorkingDays, workingDays } from './calendar.ts'
import { retirementOn } from './retirement.ts'
import { cellOf, readTable } from './table.ts'
import { type Amounts, amount, plain, readValue } from './value.ts'

const OFF = ['2023-09-29', '2023-10-02', '2023-10-03', '2023-10-04', '2023-10-05', '2023-10-06', '2024-01-01']
const ON = ['2023-10-07', '2023-10-08']

describe('working days', () => {
  it.each([
    ['a week', '2023-09-04', '2023-09-11', 5],
    ['the first day does not count, the last does', '2023-09-08', '2023-09-11', 1],
    ['a weekend', '2023-09-08', '2023-09-10', 0],
    ['National Day of 2023, with the weekend worked', '2023-09-28', '2023-10-09', 3],
    ['back', '2023-09-11', '2023-09-04', -5],
    ['the same day', '2023-09-11', '2023-09-11', 0],
    ['into a year of which no notice speaks', '2023-12-29', '2025-01-02', null],
    ['from such a year', '2022-12-29', '2023-01-02', null],
  ])('%s', (_, from, to, expected) => {
    expect(workingDays(from, to, OFF, ON)).toBe(expected)
  })

  it.each([
    ['three days over National Day', '2023-09-28', 3, '2023-10-09'],
    ['seven days from a Friday', '2023-09-15', 7, '2023-09-26'],
    ['none', '2023-09-16', 0, '2023-09-16'],
    ['one back over the turn of the year', '2024-01-02', -1, '2023-12-29'],
    ['three back over National Day', '2023-10-09', -3, '2023-09-28'],
    ['past what is known', '2024-12-30', 2, null],
    ['more than can be meant', '2023-09-15', 10_001, null],
  ])('%s', (_, day, count, expected) => {
    expect(addWorkingDays(day, count, OFF, ON)).toBe(expected)
  })

  it('adding and counting agree', () => {
    for (let count = -120; count <= 120; count++)
      expect(workingDays('2024-03-07', addWorkingDays('2024-03-07', count, OFF, ON)!, OFF, ON)).toBe(count)
  })

  it('nothing is counted without a calendar', () => {
    expect(workingDays('2023-09-04', '2023-09-05', [], [])).toBeNull()
  })
})

const figures = (given: Record<string, number>) => readValue('amounts', given) as Amounts
const MEN = figures({ age: 60, born_from: 1965, step: 4, most: 36 })
const WOMEN_55 = figures({ age: 55, born_from: 1970, step: 4, most: 36 })
const WOMEN_50 = figures({ age: 50, born_from: 1975, step: 2, most: 60 })

describe('the default day of retirement (2024-09-13)', () => {
  it.each([
    ['born before it begins', '1964-12-31', MEN, '2024-12-31'],
    ['the first four months', '1965-01-01', MEN, '2025-02-01'],
    ['their last day', '1965-04-30', MEN, '2025-05-30'],
    ['the next four', '1965-05-01', MEN, '2025-07-01'],
    ['the end of a shorter month', '1965-01-31', MEN, '2025-02-28'],
    ['a man of September 1976: 63', '1976-09-10', MEN, '2039-09-10'],
    ['no later than 36 months', '1990-09-10', MEN, '2053-09-10'],
    ['a woman of September 1981: 58', '1981-09-01', WOMEN_55, '2039-09-01'],
    ['a woman of November 1984: 55', '1984-11-15', WOMEN_50, '2039-11-15'],
    ['two months of birth for one', '1975-03-01', WOMEN_50, '2025-05-01'],
    ['figures before 2025', '1970-05-05', figures({ age: 60 }), '2030-05-05'],
    ['figures without an age', '1970-05-05', figures({ step: 4 }), null],
  ])('%s', (_, born, given, expected) => {
    expect(retirementOn(born, given)).toBe(expected)
  })
})

describe('amounts', () => {
  it.each<[string, Record<string, number>, number, Record<string, string> | null]>([
    ['all whole', { a: 30, b: 70 }, 10, { a: '3', b: '7' }],
    ['the largest rest first', { a: 47, b: 16, c: 37 }, 10, { a: '5', b: '1', c: '4' }],
    ['of equal rests the larger amount', { a: 1.5, b: 0.5 }, 1, { a: '1', b: '0' }],
    ['of equal amounts the name', { 乙: 1, 丁: 1, 甲: 1 }, 2, { 乙: '1', 丁: '1', 甲: '0' }],
    ['nobody gets by nothing', { a: 0, b: 5 }, 3, { a: '0', b: '3' }],
    ['no seats', { a: 1 }, 0, { a: '0' }],
    ['part of a seat is none', { a: 1 }, 2.9, { a: '2' }],
    ['nothing to share by', { a: 0 }, 3, null],
    ['below nothing', { a: -1, b: 2 }, 3, null],
    ['fewer than no seats', { a: 1 }, -1, null],
  ])('seats: %s', (_, given, seats, expected) => {
    expect(plain(largestRemainder(figures(given), amount(seats)))).toEqual(expected)
  })

  it('are kept under caps and held against minima', () => {
    const earned = figures({ paper: 9, lesson: 2, other: 4 })
    expect(plain(capped(earned, figures({ paper: 5, lesson: 3 })))).toEqual({ paper: '5', lesson: '2', other: '4' })
    expect(reaches(earned, figures({ lesson: 2, other: 4 }))).toBe(true)
    expect(reaches(earned, figures({ lesson: 2.5 }))).toBe(false)
    expect(reaches(earned, figures({ city: 0 }))).toBe(true)
    expect([countOf(earned, amount(4)), smallest(earned), largest(earned)]).toEqual([2, amount(2), amount(9)])
    expect([smallest(new Map()), largest(new Map())]).toEqual([null, null])
  })
})

describe('tables', () => {
  const words = { zh: '维度', en: 'axis' }
  const allowance = readTable({
    of: 'yuan',
    axes: [
      { id: 'distance', title: words, bands: true },
      { id: 'household', title: words, names: { single: words, family: words } },
    ],
    rows: [
      { distance: [0, 30], household: ['single'], is: 1400 },
      { distance: [0, 30], household: ['family'], is: 1500.5 },
      { distance: [30, null], household: ['single', 'family'], is: null },
    ],
  })
  it.each<[string, (number | string)[], string | null]>([
    ['at the lower bound', [0, 'single'], '1400'],
    ['just below the upper', [29.999999, 'family'], '1500.5'],
    ['at the upper bound, where nothing is laid down', [30, 'single'], null],
    ['below all bands', [-1, 'single'], null],
    ['another name', [5, 'couple'], null],
    ['too few keys', [5], null],
    ['keys of another kind', ['single', 5], null],
  ])('%s', (_, keys, expected) => {
    const asked = keys.map((key) => (typeof key === 'number' ? amount(key) : key))
    expect(plain(cellOf(allowance, asked))).toBe(expected)
  })
})
