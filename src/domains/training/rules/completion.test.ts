import { describe, expect, it } from 'vitest'
import { judge, type Presence } from './completion.ts'

const sessions = (compulsory: string) =>
  [...compulsory].map((mark, i) => ({ sessionId: `s${i}`, compulsory: mark === '!' }))
// One letter a session: p present, l leave, - absent.
const presence = (marks: string) =>
  new Map<string, Presence>(
    [...marks].flatMap((mark, i) => (mark === '-' ? [] : [[`s${i}`, mark === 'p' ? 'present' : 'leave'] as const])),
  )

describe('completion: at least 80 % of what counts, and every compulsory session', () => {
  it.each([
    // name, compulsory (!), attendance, passed, attended, required, reasons
    ['all attended', '.....', 'ppppp', true, 5, 5, []],
    ['exactly the share', '.....', 'pppp-', true, 4, 5, []],
    ['one below the share', '.....', 'ppp--', false, 3, 5, ['attendance_short']],
    ['granted leave does not count', '.....', 'ppppl', true, 4, 4, []],
    ['leave does not mend absence', '.....', 'pp--l', false, 2, 4, ['attendance_short']],
    ['a compulsory part missed', '!....', '-pppp', false, 4, 5, ['compulsory_missed']],
    ['a compulsory part on granted leave', '!....', 'lpppp', true, 4, 4, []],
    [
      'short and a compulsory part missed: both reasons',
      '....!',
      'ppp--',
      false,
      3,
      5,
      ['attendance_short', 'compulsory_missed'],
    ],
    ['never there', '...', '---', false, 0, 3, ['no_sessions']],
    ['on leave from everything', '...', 'lll', false, 0, 0, ['no_sessions']],
    ['a class without sessions', '', '', false, 0, 0, ['no_sessions']],
  ])('%s', (_name, kinds, marks, passed, attended, required, reasons) => {
    expect(judge({ attendanceShare: '0.8' }, sessions(kinds), presence(marks))).toMatchObject({
      passed,
      attended,
      required,
      reasons,
    })
  })

  it('compares shares exactly', () => {
    expect(judge({ attendanceShare: '0.7' }, sessions('..........'), presence('ppppppp---')).passed).toBe(true)
    expect(judge({ attendanceShare: '1' }, sessions('..'), presence('p-')).passed).toBe(false)
  })
})
