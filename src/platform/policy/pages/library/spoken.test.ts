import { expect, it } from 'vitest'
import type { ParameterPage } from '../../contract.ts'
import { spokenBy } from './spoken.ts'

type Declaration = ParameterPage['declarations'][number]
const says = (authority: string, adopted: boolean, values: [string, string | null, number][]): Declaration => ({
  authority,
  authorityName: { zh: authority, en: authority },
  packVersion: `${authority}@${adopted ? 'adopted' : 'file'}`,
  adopted,
  below: null,
  permission: null,
  values: values.map(([from, until, value]) => ({
    from,
    until,
    value,
    clause: null,
    confidence: 'F',
    note: null,
    review: null,
  })),
})

it('tells what an authority wrote and what it adopted over it as one course of values', () => {
  const [one, other] = spokenBy([
    says('city', false, [
      ['2011-01-01', '2017-01-01', 48],
      ['2017-01-01', null, 36],
    ]),
    says('city', true, [['2020-01-01', '2022-01-01', 40]]),
    says('district', false, [['2015-01-01', '2016-01-01', 50]]),
  ])
  expect(one!.packVersions).toEqual(['city@adopted', 'city@file'])
  expect(one!.values.map(({ from, until, value, adopted }) => [from, until, value, adopted])).toEqual([
    ['2011-01-01', '2017-01-01', 48, false],
    ['2017-01-01', '2020-01-01', 36, false],
    ['2020-01-01', '2022-01-01', 40, true],
    ['2022-01-01', null, 36, false],
  ])
  expect(other!.values.map(({ from, until }) => [from, until])).toEqual([['2015-01-01', '2016-01-01']])
})

it('keeps beside it what never holds because something adopted holds throughout', () => {
  const [city] = spokenBy([
    says('city', false, [
      ['2011-01-01', '2017-01-01', 48],
      ['2017-01-01', '2018-01-01', 36],
      ['2025-01-01', null, 30],
    ]),
    says('city', true, [
      ['2016-01-01', '2020-01-01', 40],
      ['2020-01-01', null, 42],
    ]),
  ])
  const told = (values: NonNullable<typeof city>['values']) =>
    values.map(({ from, value, adopted }) => [from, value, adopted])
  expect(told(city!.superseded)).toEqual([
    ['2017-01-01', 36, false],
    ['2025-01-01', 30, false],
  ])
  expect(told(city!.values)).toEqual([
    ['2011-01-01', 48, false],
    ['2016-01-01', 40, true],
    ['2020-01-01', 42, true],
  ])
})
