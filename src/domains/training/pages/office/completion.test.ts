import { describe, expect, it } from 'vitest'
import { previewOf } from './completion.ts'
import { type Mark, putTogether } from './whole-attendance.ts'

const sessions = ['a', 'b', 'c', 'd', 'e'].map((id) => ({ id, compulsory: id === 'e' }))
const marks = (text: string): Record<string, Mark> =>
  Object.fromEntries(
    [...text].map((sign, at) => [
      sessions[at]?.id,
      ({ '+': 'present', '-': 'absent', l: 'leave', '.': 'expected' } as const)[sign],
    ]),
  )

describe('preview of completion', () => {
  it.each([
    ['+++++', { attended: 5, required: 5, passes: true, reason: null }],
    ['-++++', { attended: 4, required: 5, passes: true, reason: null }],
    ['--+++', { attended: 3, required: 5, passes: false, reason: 'short' }],
    ['++++-', { attended: 4, required: 5, passes: false, reason: 'compulsory' }],
    ['ll+++', { attended: 3, required: 3, passes: true, reason: null }],
    ['l-+++', { attended: 3, required: 4, passes: false, reason: 'short' }],
    ['-----', { attended: 0, required: 5, passes: false, reason: 'never' }],
    ['lllll', { attended: 0, required: 0, passes: false, reason: 'never' }],
    ['++...', { attended: 2, required: 2, passes: true, reason: null }],
  ])('%s', (text, expected) => {
    expect(previewOf(marks(text), sessions, '0.8')).toEqual(expected)
  })
})

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
