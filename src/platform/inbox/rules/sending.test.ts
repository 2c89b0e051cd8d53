import { expect, test } from 'vitest'
import { at } from '../../../base/dates.ts'
import { AGAIN_IN, afterQuiet, againIn, nextLetter, type Wishes } from './sending.ts'

const wishes = (some: Partial<Wishes>): Wishes => ({
  frequency: 'daily',
  sendAt: '07:30',
  weekday: 1,
  quietFrom: null,
  quietUntil: null,
  ...some,
})
const overnight = { quietFrom: '21:30', quietUntil: '07:00' }
const noon = { quietFrom: '12:00', quietUntil: '14:00' }

test.each([
  ['no quiet hours', {}, '23:00', '2023-04-10 23:00'],
  ['before they begin', overnight, '21:29', '2023-04-10 21:29'],
  ['from the first minute', overnight, '21:30', '2023-04-11 07:00'],
  ['over midnight', overnight, '03:00', '2023-04-10 07:00'],
  ['at their end', overnight, '07:00', '2023-04-10 07:00'],
  ['within a day', noon, '13:59', '2023-04-10 14:00'],
  ['within a day, after it', noon, '14:00', '2023-04-10 14:00'],
  ['of no length', { quietFrom: '08:00', quietUntil: '08:00' }, '08:00', '2023-04-10 08:00'],
] as const)('quiet hours: %s', (_, quiet, time, until) => {
  const [day = '', hour = ''] = until.split(' ')
  expect(afterQuiet(wishes(quiet), at('2023-04-10', time))).toEqual(at(day, hour))
})

// 10 April 2023 is a Monday.
test.each([
  ['daily, later today', {}, '06:00', false, '2023-04-10 07:30'],
  ['daily, tomorrow once it is past', {}, '07:30', true, '2023-04-11 07:30'],
  ['daily, at the end of quiet hours', { quietFrom: '22:00', quietUntil: '08:00' }, '09:00', true, '2023-04-11 08:00'],
  ['weekly, today', { frequency: 'weekly' }, '06:00', false, '2023-04-10 07:30'],
  ['weekly, in a week', { frequency: 'weekly' }, '07:30', true, '2023-04-17 07:30'],
  ['weekly, on Sunday', { frequency: 'weekly', weekday: 7 }, '12:00', false, '2023-04-16 07:30'],
  ['at once, nothing to wait for', { frequency: 'at_once' }, '12:00', false, null],
  ['at once, the next together', { frequency: 'at_once' }, '12:00', true, '2023-04-10 12:05'],
  ['at once, in quiet hours', { frequency: 'at_once', ...overnight }, '22:00', false, '2023-04-11 07:00'],
  ['at once, quiet hours begin meanwhile', { frequency: 'at_once', ...overnight }, '21:27', true, '2023-04-11 07:00'],
  ['never', { frequency: 'never' }, '12:00', false, null],
] as const)('the next letter: %s', (_, some, time, sent, expected) => {
  const [day = '', hour = ''] = expected?.split(' ') ?? []
  expect(nextLetter(wishes(some as Partial<Wishes>), at('2023-04-10', time), sent)).toEqual(expected && at(day, hour))
})

test('tries come ever later and end', () => {
  expect(AGAIN_IN).toEqual(AGAIN_IN.toSorted((a, b) => a - b))
  expect(againIn(1)).toBe(1)
  expect(againIn(AGAIN_IN.length + 1)).toBeUndefined()
})
