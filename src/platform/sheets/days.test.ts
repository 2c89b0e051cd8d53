import { describe, expect, test } from 'vitest'
import { dayOf } from './days.ts'
import type { Cell } from './rows.ts'

const cell = (type: Cell['type'], text: string): Cell => ({ type, text })

/** Name, cell, expected day or reason; as people write days in personnel lists. */
const cases: [string, Cell, string][] = [
  ['a date cell', cell('date', '2023-02-28'), '2023-02-28'],
  ['a date cell with time', cell('date', '2023-02-28 09:30:00'), '2023-02-28'],
  ['ISO', cell('text', '2023-02-28'), '2023-02-28'],
  ['ISO with time and zone', cell('text', '2023-02-28T00:00:00Z'), '2023-02-28'],
  ['with time', cell('text', '2023-2-28 8:05'), '2023-02-28'],
  ['slashes', cell('text', '2023/2/28'), '2023-02-28'],
  ['points', cell('text', '2023.2.28'), '2023-02-28'],
  ['compact text', cell('text', '20230228'), '2023-02-28'],
  ['compact number', cell('number', '20230228'), '2023-02-28'],
  ['Chinese', cell('text', '2023年2月28日'), '2023-02-28'],
  ['Chinese with blanks and 号', cell('text', ' 2023 年 2 月 28 号 '), '2023-02-28'],
  ['full-width', cell('text', '２０２３／２／２８'), '2023-02-28'],
  ['typed apostrophe', cell('text', "'2023-02-28"), '2023-02-28'],
  ['serial number', cell('number', '44985'), '2023-02-28'],
  ['serial number as text', cell('text', '44985'), '2023-02-28'],
  ['29 February of a leap year', cell('text', '2000-02-29'), '2000-02-29'],
  ['30 February', cell('text', '2023-02-30'), 'impossible'],
  ['29 February of a common year', cell('text', '2023年2月29日'), 'impossible'],
  ['29 February 1900', cell('text', '1900.2.29'), 'impossible'],
  ['month 13', cell('number', '20231301'), 'impossible'],
  ['day 0', cell('text', '2023-02-00'), 'impossible'],
  ['year and month', cell('text', '1995.07'), 'without_day'],
  ['Chinese year and month', cell('text', '1995年7月'), 'without_day'],
  ['compact year and month', cell('number', '199507'), 'without_day'],
  ['month 13 without a day', cell('text', '1995-13'), 'impossible'],
  ['1995.1 as a number: January or October', cell('number', '1995.1'), 'unreadable'],
  ['a year is no serial number', cell('number', '1995'), 'unreadable'],
  ['two-digit year', cell('text', '23-2-28'), 'unreadable'],
  ['day first', cell('text', '28/02/2023'), 'unreadable'],
  ['nine digits', cell('text', '202302281'), 'unreadable'],
  ['words', cell('text', '不详'), 'unreadable'],
  ['a negative number', cell('number', '-1'), 'unreadable'],
  ['true', cell('boolean', 'TRUE'), 'unreadable'],
]

describe('days', () => {
  test.each(cases)('%s', (_name, given, expected) => {
    const day = dayOf(given)
    expect('value' in day ? day.value : day.error).toBe(expected)
  })

  test.each([
    ['text', '1995.07'],
    ['text', '1995年7月'],
    ['number', '199507'],
  ] as const)('a month can be enough: %s %s', (type, text) => {
    expect(dayOf(cell(type, text), true)).toEqual({ value: '1995-07-01' })
  })

  test('where a month is enough, a full date stays what it is', () => {
    expect(dayOf(cell('text', '1995.7.15'), true)).toEqual({ value: '1995-07-15' })
  })
})
