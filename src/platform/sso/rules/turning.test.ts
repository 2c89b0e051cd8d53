import { describe, expect, it } from 'vitest'
import { inOrder, type KeyDates, stateOf, turn } from './turning.ts'

const day = (text: string) => Date.parse(`${text}T00:00:00Z`)
const key = (kid: string, signsFrom: string, madeAt = signsFrom): KeyDates => ({
  kid,
  madeAt: `${madeAt}T00:00:00Z`,
  signsFrom: `${signsFrom}T00:00:00Z`,
})
const [a, b] = [key('a', '2023-01-01'), key('b', '2023-04-01', '2023-03-25')]

describe('a key is made', () => {
  it.each([
    ['at once where there is none', [], '2023-01-01', '2023-01-01'],
    ['not while one signs', [a], '2023-03-24', null],
    ['a week before it signs', [a], '2023-03-25', '2023-04-01'],
    ['once', [a, b], '2023-03-26', null],
    ['a week ahead where the day was missed', [a], '2023-06-01', '2023-06-08'],
    ['not while the only one has yet to begin', [b], '2023-03-26', null],
  ])('%s', (_, keys, now, from) => {
    expect(turn(keys as KeyDates[], day(now)).signsFrom).toBe(from === null ? null : day(from))
  })
})

describe('the key that signs', () => {
  it('is the last one that has begun, and those to come and those past stand behind it', () => {
    expect(inOrder([a, b], day('2023-03-31')).map(({ kid }) => kid)).toEqual(['a', 'b'])
    expect(inOrder([a, b], day('2023-04-01')).map(({ kid }) => kid)).toEqual(['b', 'a'])
    expect([a, b].map((one) => stateOf(one, [a, b], day('2023-03-31')))).toEqual(['signing', 'coming'])
    expect([a, b].map((one) => stateOf(one, [a, b], day('2023-04-02')))).toEqual(['past', 'signing'])
  })
})

describe('a key is dropped', () => {
  it.each([
    ['never while it signs', [a], '2029-01-01', []],
    ['not while what it signed may be good', [a, b], '2023-05-06', []],
    ['thirty-five days after the next began', [a, b], '2023-05-07', ['a']],
  ])('%s', (_, keys, now, dropped) => {
    expect(turn(keys as KeyDates[], day(now)).drop).toEqual(dropped)
  })
})
