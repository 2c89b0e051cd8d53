import { expect, it } from 'vitest'
import { shortTerms } from './session-hours.ts'

const held = (term: number, from: string, until: string) => ({
  term,
  starts: `2023-04-01T${from}:00+08:00`,
  ends: `2023-04-01T${until}:00+08:00`,
})

it.each([
  // what is laid out, declared hours, terms, the terms that are short
  ['exactly as long', '4', 1, [held(1, '09:00', '12:00')], []],
  ['a minute too short', '4', 1, [held(1, '09:00', '11:59')], [{ term: 1, scheduled: 3.9, declared: 4 }]],
  ['longer', '3.5', 1, [held(1, '09:00', '12:00')], []],
  ['two sessions together', '8.00', 1, [held(1, '09:00', '12:00'), held(1, '14:00', '17:00')], []],
  ['nothing yet', '8', 1, [], []],
  ['no hours declared', null, 1, [held(1, '09:00', '09:10')], []],
  [
    'one of two terms',
    '4',
    2,
    [held(1, '09:00', '12:00'), held(2, '09:00', '10:30')],
    [{ term: 2, scheduled: 2, declared: 4 }],
  ],
  ['a term without sessions', '4', 2, [held(1, '09:00', '12:00')], [{ term: 2, scheduled: 0, declared: 4 }]],
])('%s', (_name, declared, terms, sessions, short) => expect(shortTerms(declared, terms, sessions)).toEqual(short))
