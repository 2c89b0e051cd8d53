import { describe, expect, it } from 'vitest'
import { creditsFor, creditYearOf, cycleOf, standing } from './credits.ts'

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

describe('standing: Chongqing, 120 credits in five years, at least 20 from district level or above', () => {
  const demand = { total: '120', fromDistrict: '20', cycleYears: 5 }
  const earned = (school: string, district: string) => [
    { kind: 'school_based', level: 'school', hours: '0', credits: school },
    { kind: 'concentrated', level: 'district', hours: '0', credits: district },
  ]
  it.each([
    // name, school, district, year of the cycle, missing, missing from district, on pace, complete
    ['exactly on pace', '62', '10', 3, '48', '10', true, false],
    ['a hundredth below pace', '61.99', '10', 3, '48.01', '10', false, false],
    ['complete', '100', '20', 5, '0', '0', true, true],
    ['enough in all, too little from the district', '110', '19.99', 5, '0', '0.01', true, false],
    ['nothing yet', '0', '0', 1, '120', '20', false, false],
  ] as const)('%s', (_name, school, district, year, missing, fromDistrict, onPace, complete) => {
    expect(standing(earned(school, district), demand, year)).toMatchObject({
      missing,
      onPace,
      complete,
      fromDistrict: { missing: fromDistrict },
    })
  })
  it('only concentrated training counts for the floor', () => {
    const online = { kind: 'online', level: 'city', hours: '0', credits: '30' }
    const stand = standing([...earned('100', '5'), online], demand, 5)
    expect(stand).toMatchObject({ earned: '135', complete: false, fromDistrict: { earned: '5', missing: '15' } })
  })
  it('counter-entries take away', () => {
    expect(
      standing(
        [...earned('50', '10'), { kind: 'concentrated', level: 'district', hours: '-6', credits: '-2' }],
        demand,
        3,
      ).earned,
    ).toBe('58')
  })
})
