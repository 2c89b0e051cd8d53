import { describe, expect, it } from 'vitest'
import type { WhatIf } from '../contract.ts'
import { changesIn, cutOf, figuresOf, linesOf, wholeChanges } from './trial.ts'

const parameter = (id: string, value: unknown) => ({ id, value }) as WhatIf['parameters'][number]

describe('a trial in the address', () => {
  it('reads changed figures, names and “no limit”, and nothing else', () => {
    expect(
      changesIn({
        set: 'a.b',
        'f.credit.total': '40',
        'f.credit.cap': 'none',
        'f.credit.parts:online': '2.5',
        'f.credit.bad': 'x',
        'f.credit.empty': '',
      }),
    ).toEqual({ 'credit.total': 40, 'credit.cap': null, 'credit.parts': { online: 2.5 } })
  })

  it('sends amounts under names whole', () => {
    const parts = [parameter('credit.parts', { online: 1, on_site: 3 })]
    expect(wholeChanges({ 'credit.parts': { online: 2.5 } }, parts)).toEqual({
      'credit.parts': { online: 2.5, on_site: 3 },
    })
    expect(figuresOf(parts).map(({ key, value }) => [key, value])).toEqual([
      ['f.credit.parts:online', 1],
      ['f.credit.parts:on_site', 3],
    ])
  })

  it('changes a table cell by cell', () => {
    const table = {
      of: 'ratio',
      axes: [{ id: 'stage', title: { zh: '学段', en: 'Stage' }, names: {} }],
      rows: [
        { stage: ['primary'], is: 19 },
        { stage: ['junior'], is: 13.5 },
      ],
    }
    const held = [{ ...parameter('posts', table), unit: 'table' }] as WhatIf['parameters']
    expect(figuresOf(held).map(({ key, unit, value }) => [key, unit, value])).toEqual([
      ['f.posts:0', 'ratio', 19],
      ['f.posts:1', 'ratio', 13.5],
    ])
    const { posts } = wholeChanges(changesIn({ 'f.posts:1': '14' }), held)
    expect(posts).toEqual({ ...table, rows: [table.rows[0], { stage: ['junior'], is: 14 }] })
  })

  const row = (key: string, before: string, after: string, people: number) => ({
    key,
    name: { zh: key, en: key },
    before,
    after,
    people,
  })

  it('puts the parts that change most first', () => {
    const lines = linesOf(
      [
        row('A', 'met', 'met', 5),
        row('A', 'unmet', 'met', 1),
        row('B', 'met', 'unmet', 3),
        row('B', 'unknown', 'unknown', 1),
      ],
      'school',
    )
    expect(lines.map(({ name: _name, ...line }) => line)).toEqual([
      { key: 'B', people: 4, before: 3, after: 0, lost: 3, gained: 0, unknown: 1, exempt: 0 },
      { key: 'A', people: 6, before: 5, after: 6, lost: 0, gained: 1, unknown: 0, exempt: 0 },
    ])
  })

  it('tells schools apart only by what schools have', () => {
    expect([cutOf('age', 'person'), cutOf('age', 'organisation'), cutOf('type', 'organisation')]).toEqual([
      'age',
      'school',
      'type',
    ])
  })

  it('leaves ages in their order', () => {
    const lines = linesOf([row('30', 'met', 'unmet', 9), row('', 'met', 'met', 1), row('0', 'met', 'met', 1)], 'age')
    expect(lines.map(({ key }) => key)).toEqual(['', '0', '30'])
  })
})
