import { describe, expect, it } from 'vitest'
import type { WhatIf } from '../contract.ts'
import { changesIn, figuresOf, schoolLines, wholeChanges } from './trial.ts'

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

  it('puts the schools that change most first', () => {
    const row = (orgName: string, before: string, after: string, people: number) => ({
      orgId: orgName,
      orgName,
      before,
      after,
      people,
    })
    expect(
      schoolLines([
        row('A', 'met', 'met', 5),
        row('A', 'unmet', 'met', 1),
        row('B', 'met', 'unmet', 3),
        row('B', 'unknown', 'unknown', 1),
      ]),
    ).toEqual([
      { orgId: 'B', orgName: 'B', people: 4, before: 3, after: 0, lost: 3, gained: 0 },
      { orgId: 'A', orgName: 'A', people: 6, before: 5, after: 6, lost: 0, gained: 1 },
    ])
  })
})
