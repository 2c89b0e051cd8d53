import { describe, expect, it } from 'vitest'
import { proposeSessions, type Wish } from './session-proposal.ts'

const wish: Wish = {
  starts: ['2023-07-10'],
  days: 2,
  hoursPerDay: 6,
  morning: '09:00',
  afternoon: '14:00',
  weekends: false,
  title: ({ day, half }) => `${day} ${half}`,
}

describe('laying out sessions', () => {
  it('splits a full day into morning and afternoon', () => {
    expect(proposeSessions(wish)).toEqual([
      { title: '1 morning', term: 1, day: '2023-07-10', from: '09:00', until: '12:00' },
      { title: '1 afternoon', term: 1, day: '2023-07-10', from: '14:00', until: '17:00' },
      { title: '2 morning', term: 1, day: '2023-07-11', from: '09:00', until: '12:00' },
      { title: '2 afternoon', term: 1, day: '2023-07-11', from: '14:00', until: '17:00' },
    ])
  })
  it('holds a short day in one go', () => {
    expect(proposeSessions({ ...wish, days: 1, hoursPerDay: 3.5 })).toEqual([
      { title: '1 whole', term: 1, day: '2023-07-10', from: '09:00', until: '12:30' },
    ])
  })
  it('leaves weekends out unless asked', () => {
    const days = (weekends: boolean) => [
      ...new Set(proposeSessions({ ...wish, starts: ['2023-07-14'], days: 3, weekends }).map(({ day }) => day)),
    ]
    expect(days(false)).toEqual(['2023-07-14', '2023-07-17', '2023-07-18'])
    expect(days(true)).toEqual(['2023-07-14', '2023-07-15', '2023-07-16'])
  })
  it('numbers the terms by their first days', () => {
    const terms = proposeSessions({ ...wish, starts: ['2023-04-14', '2023-05-12'], days: 1 })
    expect(terms.map(({ term, day }) => [term, day])).toEqual([
      [1, '2023-04-14'],
      [1, '2023-04-14'],
      [2, '2023-05-12'],
      [2, '2023-05-12'],
    ])
  })
  it('gives the hours of the plan exactly, odd ones too', () => {
    const minutes = proposeSessions({ ...wish, days: 1, hoursPerDay: 6.5 }).map(({ from, until }) => {
      const [a = 0, b = 0, c = 0, d = 0] = `${from}:${until}`.split(':').map(Number)
      return c * 60 + d - a * 60 - b
    })
    expect(minutes).toEqual([210, 180])
  })
})
