import { describe, expect, it } from 'vitest'
import { type Happened, heardBy } from './heard.ts'

const happened = (type: string, paths: string[], more: Partial<Happened> = {}): Happened => ({
  type,
  key: 'a',
  paths,
  data: {},
  at: '2023-03-01T01:00:00Z',
  goesOn: false,
  ...more,
})
const ALL = ['person.joined', 'person.moved', 'person.left', 'person.changed', 'account.disabled', 'notice.published']
const heard = (all: Happened[], paths: string[], types = ALL) => heardBy(all, { types, paths }).map(({ type }) => type)

describe('what an endpoint hears', () => {
  it.each([
    ['of both schools', ['m.q'], ['person.moved']],
    ['of the one that was left', ['m.q.s1'], ['person.left']],
    ['of the one that was entered', ['m.q.s2'], ['person.joined']],
    ['of another', ['m.w'], []],
    ['of a path that only begins alike', ['m.q.s'], []],
  ])('of a move, by whoever is told %s', (_, paths, expected) => {
    expect(heard([happened('person.moved', ['m.q.s1', 'm.q.s2'])], paths)).toEqual(expected)
  })

  it.each([
    ['both sides', ['m.q'], { from: 's1', to: 's2', on: '2023-03-01' }],
    ['where they were', ['m.q.s1'], { from: 's1', on: '2023-03-01' }],
    ['where they are', ['m.q.s2'], { to: 's2', on: '2023-03-01' }],
  ])('of a move no place beyond its own, seen from %s', (_, paths, expected) => {
    const data = { from: 's1', to: 's2', on: '2023-03-01' }
    const [one] = heardBy([happened('person.moved', ['m.q.s1', 'm.q.s2'], { data })], { types: ALL, paths })
    expect(one!.data).toEqual(expected)
  })

  it.each([
    ['another begins', true, []],
    ['none begins', false, ['person.left']],
  ])('of an employment that ended, where %s', (_, goesOn, expected) => {
    expect(heard([happened('employment.ended', ['m.q.s1'], { goesOn })], ['m.q'])).toEqual(expected)
  })

  it('only what it asked for', () => {
    expect(heard([happened('account.disabled', ['m.q'])], ['m'], ['person.left'])).toEqual([])
  })

  it('of changes once, and not beside what says more', () => {
    const changed = happened('person.changed', ['m.q'])
    const other = happened('person.changed', ['m.q'], { key: 'b' })
    expect(heard([changed, other, changed], ['m'])).toEqual(['person.changed', 'person.changed'])
    expect(heard([happened('person.joined', ['m.q']), changed, other], ['m'])).toEqual([
      'person.joined',
      'person.changed',
    ])
  })
})
