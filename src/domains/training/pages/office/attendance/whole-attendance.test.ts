import { expect, it } from 'vitest'
import { putTogether } from './whole-attendance.ts'

it('puts lists of sessions together by person, with nobody absent before a session is over', () => {
  const person = (personId: string, state: string | null) => ({
    personId,
    name: personId,
    number: personId,
    orgName: 'x',
    state,
    mode: null,
    at: null,
    reason: null,
    leave: null,
  })
  const lists = [
    { session: { id: 'a', ends: '2023-03-01T04:00:00Z' }, people: [person('1', 'present'), person('2', null)] },
    { session: { id: 'b', ends: '2023-03-02T04:00:00Z' }, people: [person('1', null), person('3', 'leave')] },
  ]
  const together = putTogether(lists, Date.parse('2023-03-01T12:00:00Z'))
  expect(together.map(({ personId, marks: found }) => [personId, found])).toEqual([
    ['1', { a: 'present', b: 'expected' }],
    ['2', { a: 'absent' }],
    ['3', { b: 'leave' }],
  ])
})
