import { describe, expect, test } from 'vitest'
import { ahead, daysUntil, grouped, mayAskLeave, mayCheckIn, nextUp, presenceIn, unscheduled } from './agenda.ts'
import type { MyClass, MySession } from './training.ts'

const leave = (state: string) => ({ state, reason: '监考', answer: null, askedAt: '', decidedAt: null })

/** Doors open half an hour before it begins. */
const session = (id: string, starts: string, ends: string, more: Partial<MySession> = {}): MySession => ({
  id,
  title: id,
  place: '302',
  starts: `${starts}:00+08:00`,
  ends: `${ends}:00+08:00`,
  term: 1,
  compulsory: false,
  opensAt: new Date(Date.parse(`${starts}:00+08:00`) - 1_800_000).toISOString(),
  attendance: null,
  checkedInAt: null,
  leave: null,
  ...more,
})

const course = (state: string, sessions: MySession[]): MyClass => ({
  classId: state,
  code: 'TS-01',
  name: '培训',
  nameEn: '',
  project: '提升工程',
  projectEn: '',
  enrolment: 'delegated',
  classState: 'confirmed',
  terms: 1,
  term: null,
  wayOut: null,
  outcome: null,
  hours: '24.00',
  level: 'district',
  state,
  reason: null,
  deadline: null,
  credits: null,
  attended: null,
  required: null,
  certificate: null,
  sessions,
  clashes: [],
})

const instant = (text: string) => Date.parse(`${text}:00+08:00`)
const lesson = (more: Partial<MySession> = {}) => session('a', '2023-03-24T14:00', '2023-03-24T17:30', more)

describe('how one stands in a session', () => {
  test.each([
    ['long before', lesson(), '2023-03-24T13:29', 'ahead'],
    ['when the doors open', lesson(), '2023-03-24T13:30', 'open'],
    ['in its last minute', lesson(), '2023-03-24T17:29', 'open'],
    ['when it is over', lesson(), '2023-03-24T17:30', 'absent'],
    ['checked in, over or not', lesson({ attendance: 'present' }), '2023-03-25T09:00', 'present'],
    ['leave granted, not yet entered', lesson({ leave: leave('granted') }), '2023-03-24T14:00', 'leave'],
    ['leave entered', lesson({ attendance: 'leave' }), '2023-03-25T09:00', 'leave'],
    ['leave asked for', lesson({ leave: leave('asked') }), '2023-03-24T14:00', 'asked'],
    ['leave never decided', lesson({ leave: leave('asked') }), '2023-03-24T18:00', 'absent'],
    ['leave refused', lesson({ leave: leave('refused') }), '2023-03-24T14:00', 'open'],
  ] as const)('%s', (_, of, now, expected) => {
    expect(presenceIn(of, instant(now))).toBe(expected)
  })

  test('who is on leave may check in after all, who is in may not again', () => {
    const now = instant('2023-03-24T14:00')
    expect(mayCheckIn(lesson({ attendance: 'leave', leave: leave('granted') }), now)).toBe(true)
    expect(mayCheckIn(lesson({ attendance: 'present' }), now)).toBe(false)
  })

  test('leave is asked for once, and again only when it was refused, until the session is over', () => {
    const now = instant('2023-03-24T14:00')
    expect(mayAskLeave(lesson(), now)).toBe(true)
    expect(mayAskLeave(lesson({ leave: leave('asked') }), now)).toBe(false)
    expect(mayAskLeave(lesson({ leave: leave('refused') }), now)).toBe(true)
    expect(mayAskLeave(lesson({ attendance: 'present' }), now)).toBe(false)
    expect(mayAskLeave(lesson(), instant('2023-03-24T17:30'))).toBe(false)
  })
})

describe('what is next', () => {
  const morning = session('morning', '2023-03-24T09:00', '2023-03-24T12:00')
  const noon = session('noon', '2023-03-24T11:00', '2023-03-24T13:00')
  const later = session('later', '2023-03-31T09:00', '2023-03-31T12:00')

  test('only confirmed classes count, the earliest first, and what is over is gone', () => {
    const classes = [course('accepted', [morning]), course('confirmed', [later, noon, morning])]
    const ids = (now: string) => ahead(classes, instant(now)).map((one) => one.session.id)
    expect(ids('2023-03-24T08:00')).toEqual(['morning', 'noon', 'later'])
    expect(ids('2023-03-24T12:00')).toEqual(['noon', 'later'])
  })

  test('a session to check in to comes before one where the person is in already', () => {
    const classes = [course('confirmed', [{ ...morning, attendance: 'present' }, noon])]
    expect(nextUp(classes, instant('2023-03-24T09:30'))?.session.id).toBe('morning')
    expect(nextUp(classes, instant('2023-03-24T10:45'))?.session.id).toBe('noon')
  })

  test('a session on leave is passed over while there is another', () => {
    const away = { ...morning, leave: leave('granted') }
    expect(nextUp([course('confirmed', [away, later])], instant('2023-03-24T08:00'))?.session.id).toBe('later')
    expect(nextUp([course('confirmed', [away])], instant('2023-03-24T08:00'))?.session.id).toBe('morning')
    expect(nextUp([course('passed', [later])], instant('2023-03-24T08:00'))).toBeUndefined()
  })
})

test('days are counted in China, not in the zone of the instant', () => {
  expect(daysUntil('2023-03-24T16:30:00Z', instant('2023-03-24T23:00'))).toBe(1)
  expect(daysUntil('2023-03-24T00:10:00+08:00', instant('2023-03-24T23:00'))).toBe(0)
})

test('every state has its group', () => {
  const states = ['proposed', 'accepted', 'waiting', 'confirmed', 'declined', 'withdrawn', 'passed', 'failed']
  const groups = grouped(states.map((state) => course(state, [])))
  expect(Object.values(groups).flat()).toHaveLength(states.length)
  expect(groups.answer.map(({ state }) => state)).toEqual(['proposed'])
})

test('a class that one is in and that has no session yet is named; one waited for or done with is not', () => {
  const classes = [course('confirmed', []), course('accepted', [lesson()]), course('waiting', []), course('passed', [])]
  expect(unscheduled(classes).map(({ state }) => state)).toEqual(['confirmed'])
})
