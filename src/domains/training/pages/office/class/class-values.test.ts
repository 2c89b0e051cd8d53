import { expect, it } from 'vitest'
import { fenOf, periodOf, tidyTarget } from './class-values.ts'

it('takes a planned period whole or not at all', () => {
  expect(periodOf({ from: '2023-07-01', until: '2023-08-31' })).toEqual({ from: '2023-07-01', until: '2023-08-31' })
  expect(periodOf({ from: '', until: '2023-08-31' })).toBeNull()
  expect(periodOf({})).toBeNull()
})

it('takes money exactly', () => {
  expect(fenOf('0.29')).toBe(29)
  expect(fenOf('123456.70')).toBe(12_345_670)
  expect(fenOf(null)).toBe(0)
})

it('leaves out of the rule what was left empty, and keeps what was asked for', () => {
  expect(tidyTarget(undefined)).toEqual({})
  expect(tidyTarget({ stages: [], posts: ['class_teacher'], serviceYears: {}, hiredWithinMonths: undefined })).toEqual({
    posts: ['class_teacher'],
  })
  expect(tidyTarget({ serviceYears: { from: 0, to: 3 } })).toEqual({ serviceYears: { from: 0, to: 3 } })
  expect(tidyTarget({ serviceYears: { from: 3 }, hiredWithinMonths: 12 })).toEqual({
    serviceYears: { from: 3 },
    hiredWithinMonths: 12,
  })
})
