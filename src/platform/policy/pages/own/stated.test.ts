import { describe, expect, it } from 'vitest'
import type { Explanation, Outcomes } from '../../contract.ts'
import { factsToState, fieldOf, read, sumOf, typedOf, unreadable } from './stated.ts'

const fact = (id: string, type: string, value: unknown = null, more = {}) => ({
  id,
  title: { zh: id, en: id },
  type,
  unit: null,
  value,
  codes: [],
  ask: value === null ? { zh: '人事', en: 'the office' } : null,
  stated: false,
  owner: null,
  ...more,
})
const condition = (id: string, holds: boolean | null, facts: string[]) => ({
  kind: 'condition',
  condition: { id, holds, facts },
})
const told = (outcome: string, parts: unknown[], facts: unknown[]) =>
  ({ outcome, needs: { parts }, grades: [], facts }) as unknown as Explanation

describe('what a person may state', () => {
  const facts = [fact('a', 'bool'), fact('b', 'number'), fact('c', 'date', '2020-01-01'), fact('d', 'text')]

  it('is what conditions wait for, first; nothing that is on record', () => {
    const { first, more } = factsToState(
      told('unknown', [condition('one', null, ['a', 'c']), condition('two', false, ['b'])], facts),
    )
    expect(first.map(({ id }) => id)).toEqual(['a'])
    expect(more.map(({ id }) => id)).toEqual(['b', 'd'])
  })

  it('is all that is unknown where it is open whether the rule applies', () => {
    const { first, more } = factsToState(told('unknown', [condition('one', true, ['c'])], facts))
    expect(first.map(({ id }) => id)).toEqual(['a', 'b', 'd'])
    expect(more).toEqual([])
  })

  it('keeps what was stated, to be changed, once it is met', () => {
    const stated = [fact('a', 'bool', true, { stated: true }), fact('b', 'number')]
    const { first, more } = factsToState(told('met', [condition('one', true, ['a'])], stated))
    expect([first.map(({ id }) => id), more]).toEqual([['a'], []])
  })
})

describe('fields', () => {
  const codes = [{ code: '1', zh: '男', en: 'Male' }]
  it('fit the type of the fact', () => {
    expect(
      (
        [
          ['bool', []],
          ['number', []],
          ['date', []],
          ['text', []],
          ['text', codes],
          ['texts', codes],
          ['texts', []],
          ['amounts', []],
        ] as const
      ).map(([type, known]) => fieldOf({ type, codes: [...known] })),
    ).toEqual(['yes_no', 'number', 'date', 'text', 'choice', 'choices', null, null])
  })

  it('stop at what is no number where one is asked for; what is empty is only not stated', () => {
    const wrong = (type: string, typed: string) => unreadable({ type, codes: [] }, typed)
    expect([wrong('number', 'abc'), wrong('number', '-3'), wrong('number', '3.5'), wrong('number', '')]).toEqual([
      true,
      true,
      false,
      false,
    ])
    expect(wrong('text', 'abc')).toBe(false)
  })

  it('are read back as they were stated; what is empty or no number is not', () => {
    const back = (type: string, value: unknown, known = codes) => read({ type, codes: known }, typedOf(value))
    expect([back('bool', false, []), back('number', '3.5', []), back('texts', ['1'])]).toEqual([false, '3.5', ['1']])
    expect([
      read({ type: 'number', codes: [] }, 'x'),
      read({ type: 'bool', codes: [] }, ''),
      read({ type: 'texts', codes }, []),
    ]).toEqual([undefined, undefined, undefined])
  })
})

it('sums up what one works towards, and no state that one is in', () => {
  const row = (outcome: string, nature: 'status' | null = null) => ({ outcome, nature }) as Outcomes['rows'][number]
  const rows = [row('met'), row('unmet'), row('unknown'), row('exempt'), row('met', 'status'), row('unknown', 'status')]
  expect(sumOf(rows)).toEqual({ all: 3, met: 1, unknown: 1 })
})
