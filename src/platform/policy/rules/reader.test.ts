import { describe, expect, test } from 'vitest'
import { HoursPerCredit } from '../units.ts'
import { hoursPerCredit } from './hours-per-credit.ts'
import { type Declared, Parameters } from './reader.ts'

const declared = (depth: number, id: string, from: string, until: string | null, value: unknown): Declared => ({
  depth,
  authority: ['district', 'city', 'nation'][depth]!,
  packVersion: `v${depth}`,
  id,
  unit: 'credit',
  from,
  until,
  value,
  clause: null,
  confidence: 'U',
})

const reader = new Parameters('district', [
  declared(2, 'a.total', '2000-01-01', '2021-01-01', 100),
  declared(2, 'a.total', '2021-01-01', null, 110),
  declared(1, 'a.total', '2017-01-01', '2019-01-01', 120),
  declared(1, 'a.cap', '2017-01-01', '2019-01-01', 20),
  declared(1, 'a.cap', '2019-01-01', null, null),
  declared(0, 'a.table', '2020-01-01', null, { default: 3, by: {} }),
])

describe('what holds', () => {
  test.each<[name: string, asOf: string, value: number, authority: string]>([
    ['above, where the city is silent yet', '2016-12-31', 100, 'nation'],
    ['the city from its first day', '2017-01-01', 120, 'city'],
    ['the city to its last day', '2018-12-31', 120, 'city'],
    ['above again, where the city says nothing more', '2019-01-01', 100, 'nation'],
    ['the next value above', '2021-01-01', 110, 'nation'],
  ])('%s', (_name, asOf, value, authority) => {
    expect(reader.number('a.total', asOf)).toMatchObject({ value, authority })
  })

  test('“no limit” is a value, but no figure', () => {
    expect(reader.value('a.cap', '2020-05-01').value).toBeNull()
    expect(() => reader.number('a.cap', '2020-05-01')).toThrow('policy.parameter_shape')
  })

  test('what nobody declares is refused, before the first day too', () => {
    expect(() => reader.value('a.nothing', '2020-01-01')).toThrow('policy.parameter_absent')
    expect(() => reader.value('a.total', '1999-12-31')).toThrow('policy.parameter_absent')
    expect(reader.find('a.total', '1999-12-31')).toBeUndefined()
  })

  test('a table is read by its shape', () => {
    expect(reader.as('a.table', '2020-01-01', HoursPerCredit).value.default).toBe(3)
    expect(() => reader.as('a.total', '2020-01-01', HoursPerCredit)).toThrow('policy.parameter_shape')
  })
})

test.each<[kind: string, level: string, hours: number]>([
  ['online', 'district', 20],
  ['online', 'national', 15],
  ['concentrated', 'district', 10],
])('hours that make one credit: %s at %s level', (kind, level, hours) => {
  expect(hoursPerCredit({ default: 10, by: { online: { default: 20, national: 15 } } }, kind, level)).toBe(hours)
})

test('a cell of a table carries the clause of the table', () => {
  const words = { zh: '距离', en: 'Distance' }
  const value = {
    of: 'yuan',
    axes: [{ id: 'km', title: words, bands: true }],
    rows: [
      { km: [0, 30], is: 1400.5 },
      { km: [30, null], is: null },
    ],
  }
  const reader = new Parameters('beijing', [
    {
      depth: 0,
      authority: 'beijing',
      packVersion: 'beijing@1',
      id: 'pay.rural',
      unit: 'table',
      from: '2016-09-01',
      until: null,
      value,
      clause: { document: '某办法' },
      confidence: 'F',
    },
  ])
  expect(reader.cell('pay.rural', '2023-01-01', [29.9])).toMatchObject({
    value: 1400.5,
    clause: { document: '某办法' },
  })
  expect(reader.cell('pay.rural', '2023-01-01', [30]).value).toBeNull()
  expect(reader.cell('pay.rural', '2023-01-01', ['near']).value).toBeNull()
  expect(() => reader.cell('pay.rural', '2016-08-31', [5])).toThrow('policy.parameter_absent')
})
