import { describe, expect, it } from 'vitest'
import { alternativesIn, figuresBeside, type WhyCondition, type WhyFigure, type WhyGroup } from './why-answer.ts'

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

it('shows beside a condition the figures that rest on another text, on none, or are only tried', () => {
  const clause = { document: '某办法', article: '第三条' }
  const figure = (id: string, of: WhyFigure['clause'], packVersion = 'city@1'): WhyFigure => ({
    ...{ id, clause: of, confidence: of ? 'F' : 'U', packVersion },
  })
  const figures = [
    figure('same', { ...clause }),
    figure('other', { document: '另一办法' }),
    figure('none', null),
    figure('tried', null, 'trial'),
    figure('elsewhere', null),
  ]
  const beside = (own: typeof clause | null) =>
    figuresBeside({ parameters: ['same', 'other', 'none', 'tried'], clause: own } as WhyCondition, figures).map(
      ({ id }) => id,
    )
  expect(beside(clause)).toEqual(['other', 'none', 'tried'])
  expect(beside(null)).toEqual(['same', 'other', 'tried'])
})
