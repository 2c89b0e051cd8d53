/** What changes between two packs, and that a loaded version is the pack again. */
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import { type Scratch, scratch } from '../../../../test/harness/scratch.ts'
import { facts } from '../../../server/modules.ts'
import type { Condition } from '../rules/requirements/declared.ts'
import { loadPacks } from '../service.ts'
import { diffPacks } from './diff.ts'
import { overlaid } from './overlaid.ts'
import { PACKS, type Pack } from './pack.ts'
import { readPacks } from './read.ts'
import { storedPack } from './stored.ts'

const words = { zh: '词', en: 'word' }
const clause = { document: '某办法' }
const value = (from: string, size: unknown) => ({ from, value: size, clause, confidence: 'F' as const })
const condition = (id: string, testing: string): Condition => ({
  id,
  says: words,
  clause,
  confidence: 'F',
  test: testing,
})
const pack = (more: Partial<Pack> = {}): Pack => ({
  authority: 'city',
  name: words,
  extends: 'national',
  version: 'city@0',
  parameters: [
    { id: 'hours.least', title: words, unit: 'hour', values: [value('2010-01-01', 360), value('2020-01-01', 400)] },
  ],
  requirements: [
    {
      id: 'hours.rule',
      title: words,
      about: 'person',
      versions: [
        {
          from: '2015-01-01',
          needs: { all: [condition('a', 'x > 1'), { any: [condition('b', 'y > 1'), condition('c', 'z > 1')] }] },
        },
      ],
    },
  ],
  cases: [{ name: 'one', set: 'hours.rule', on: '2020-01-01', facts: {}, outcome: 'unknown' }],
  ...more,
})

describe('changes', () => {
  it('are none where the content is the same, whatever the order of keys', () => {
    const again = JSON.parse(JSON.stringify(pack({ version: 'city@1' }))) as Pack
    again.parameters[0]!.values[0] = { confidence: 'F', clause, value: 360, from: '2010-01-01' }
    expect(diffPacks(pack(), again)).toMatchObject({ fields: [], parameters: [], sets: [], cases: [] })
  })

  it('of figures are told by date, from and until when', () => {
    const { parameters } = diffPacks(
      pack(),
      pack({
        parameters: [
          {
            id: 'hours.least',
            title: words,
            unit: 'hour',
            values: [value('2010-01-01', 360), value('2018-01-01', 380), value('2020-01-01', 400)],
          },
          { id: 'new.one', title: words, unit: 'share', values: [value('2020-01-01', 0.5)] },
        ],
      }),
    )
    expect(parameters).toMatchObject([
      {
        id: 'hours.least',
        how: 'changed',
        values: [
          { from: '2018-01-01', until: '2020-01-01', before: { value: 360 }, after: { value: 380 }, fields: ['value'] },
        ],
      },
      {
        id: 'new.one',
        how: 'added',
        values: [{ from: '2020-01-01', until: null, before: null, after: { value: 0.5 } }],
      },
    ])
  })

  it('of a clause alone are no change of the figure', () => {
    const other = { ...value('2020-01-01', 400), clause: { document: '新办法' } }
    const { parameters } = diffPacks(
      pack(),
      pack({
        parameters: [{ id: 'hours.least', title: words, unit: 'hour', values: [value('2010-01-01', 360), other] }],
      }),
    )
    expect(parameters[0]!.values).toMatchObject([{ from: '2020-01-01', fields: ['clause'] }])
  })

  it('of rules are told condition by condition', () => {
    const needs = { all: [condition('a', 'x > 2'), { any: [condition('b', 'y > 1'), condition('d', 'w > 1')] }] }
    const { sets, cases } = diffPacks(
      pack(),
      pack({
        requirements: [{ ...pack().requirements[0]!, versions: [{ from: '2015-01-01', needs, applies: 'v' }] }],
        cases: [],
      }),
    )
    expect(sets).toMatchObject([{ id: 'hours.rule', how: 'changed' }])
    const [version] = sets[0]!.versions
    expect(
      version!.conditions.map(({ id, how, fields }) => [id, how, fields.map(({ field }) => field).join()]),
    ).toEqual([
      ['a', 'changed', 'test'],
      ['c', 'removed', 'says,test,clause,confidence'],
      ['d', 'added', 'says,test,clause,confidence'],
    ])
    expect(version!.fields.map(({ field }) => field)).toEqual(['applies', 'structure'])
    expect(cases).toEqual([{ name: 'one', set: 'hours.rule', how: 'removed' }])
  })
})

test('what was adopted is compared together with its file: nothing else shows as changed', () => {
  const [rule] = pack().requirements
  const adopted = pack({
    version: 'city@1',
    parameters: [{ ...pack().parameters[0]!, values: [value('2024-01-01', 420)] }],
    requirements: [{ ...rule!, versions: [{ from: '2024-01-01', needs: { all: [condition('a', 'x > 2')] } }] }],
    cases: [],
  })
  const both = overlaid(pack(), adopted)
  const { parameters, sets, cases, after } = diffPacks(pack(), both)
  expect(after.version).toBe('city@1')
  expect(parameters).toMatchObject([
    {
      id: 'hours.least',
      values: [{ from: '2024-01-01', until: null, before: { value: 400 }, after: { value: 420 }, fields: ['value'] }],
    },
  ])
  expect(sets.map(({ how, versions }) => [how, versions.map(({ from }) => from)])).toEqual([
    ['changed', ['2024-01-01']],
  ])
  expect(cases).toEqual([])
  const early = overlaid(pack(), {
    ...adopted,
    parameters: [{ ...adopted.parameters[0]!, values: [value('2018-01-01', 390)] }],
  })
  expect(early.parameters[0]!.values.map((one) => [one.from, one.value])).toEqual([
    ['2010-01-01', 360],
    ['2018-01-01', 390],
  ])
})

describe('a loaded version', () => {
  let base: Scratch
  beforeAll(async () => {
    base = await scratch()
  })
  afterAll(() => base?.drop())

  test('is the pack again: figures, tables, review dates, rules and cases', async () => {
    await loadPacks(base.owner, facts)
    for (const read of await readPacks(PACKS, facts)) {
      const stored = await base.as({}, (act) => storedPack(act, read.version))
      expect(diffPacks(read, stored), read.version).toMatchObject({ fields: [], parameters: [], sets: [], cases: [] })
      expect(stored.cases).toHaveLength(read.cases.length)
    }
    await expect(base.as({}, (act) => storedPack(act, 'nobody@000000000000'))).rejects.toMatchObject({
      code: 'not_found',
    })
  })
})
