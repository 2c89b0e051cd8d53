import { expect, it } from 'vitest'
import type { ParameterRow } from '../../contract.ts'
import { linesOf } from './lines.ts'

type Declaration = ParameterRow['declarations'][number]
const says = (
  authority: string,
  origin: 'file' | 'adopted',
  values: [string, string | null, number][],
): Declaration => ({
  authority,
  authorityName: { zh: authority, en: authority },
  origin,
  packVersion: `${authority}@${origin}`,
  values: values.map(([from, until, value]) => ({ from, until, value, clause: null, confidence: 'F', note: null })),
})
const row = (declarations: Declaration[], own: string | null = null): ParameterRow => ({
  id: 'training.total',
  title: { zh: '学分', en: 'Credits' },
  unit: 'credit',
  inForce: own === null ? null : ({ authority: own } as ParameterRow['inForce']),
  declarations,
})
const DECLARED = [
  says('city', 'adopted', [['2023-09-01', null, 40]]),
  says('city', 'file', [['2017-01-01', null, 36]]),
  says('district', 'file', [['2024-01-01', null, 50]]),
]
const told = (today: string, own: string | null = null) =>
  linesOf([row(DECLARED, own)], today, own !== null).map(({ key, now, coming }) => [key, now!.value, coming])

it('has one line for each authority: what it adopted stands over its file', () => {
  expect(told('2023-12-01')).toEqual([
    ['city/training.total', 40, false],
    ['district/training.total', 50, true],
  ])
  expect(told('2023-03-01')[0]).toEqual(['city/training.total', 36, false])
})

it('has only the nearest where an authority is asked for', () => {
  expect(told('2023-12-01', 'city')).toEqual([['city/training.total', 40, false]])
})
