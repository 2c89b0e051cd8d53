import { describe, expect, it } from 'vitest'
import { creditsFor, creditYearOf, cycleOf } from './credits.ts'

describe('hours to credits', () => {
  it.each([
    // hours, hours per credit, credits
    ['40', '3', '13.33'],
    ['24', '3', '8'],
    ['20', '20', '1'],
    ['5', '10', '0.5'],
    ['0.02', '3', '0.01'],
    ['0', '10', '0'],
  ])('%s hours at %s a credit', (hours, per, credits) => expect(creditsFor(hours, per)).toBe(credits))
})

describe('the credit year of a date', () => {
  it.each([
    ['2023-12-31', '01-01', 2023],
    ['2024-01-01', '01-01', 2024],
    ['2023-06-30', '07-01', 2022],
    ['2023-07-01', '07-01', 2023],
    ['2023-01-31', '02-01', 2022],
  ])('%s with years from %s', (date, start, year) => expect(creditYearOf(date, start)).toBe(year))
})

describe('the cycle a year lies in', () => {
  it.each([
    [2021, { from: 2021, to: 2025, elapsed: 1 }],
    [2023, { from: 2021, to: 2025, elapsed: 3 }],
    [2025, { from: 2021, to: 2025, elapsed: 5 }],
    [2026, { from: 2026, to: 2030, elapsed: 1 }],
    [2020, { from: 2016, to: 2020, elapsed: 5 }],
  ])('%i', (year, cycle) => expect(cycleOf(year, { from: 2021, years: 5 })).toEqual(cycle))
})
