import { describe, expect, it } from 'vitest'
import { alternativesIn, type WhyCondition, type WhyGroup } from './why-answer.ts'

const condition = (id: string, holds: boolean | null) => ({
  kind: 'condition' as const,
  condition: { id, holds } as WhyCondition,
})
const group = (least: number, ...parts: WhyGroup['parts']): WhyGroup => ({ says: null, holds: false, least, parts })
const inner = (of: WhyGroup) => ({ kind: 'group' as const, group: of })
const ids = (found: WhyCondition[][]) => found.map((some) => some.map(({ id }) => id))

describe('other ways to a yes', () => {
  const needs = group(
    2,
    condition('term', false),
    inner(
      group(
        1,
        condition('doctor', false),
        inner(group(2, condition('bachelor', true), condition('years', false))),
        inner(group(2, condition('associate', null), condition('longer', false))),
      ),
    ),
  )

  it('are what would do instead, each with all that it lacks', () => {
    expect(ids(alternativesIn(needs, new Set(['term', 'doctor'])))).toEqual([['years'], ['associate', 'longer']])
  })

  it('are none where everything is asked for', () => {
    expect(alternativesIn(group(2, condition('a', false), condition('b', true)), new Set(['a']))).toEqual([])
  })
})
