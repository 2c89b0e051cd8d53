/** The library over small packs: who overrides whom, which rules name a parameter, what is due for review, what versions say otherwise. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { plantOrganisations, type Scratch, scratch } from '../../../../test/harness/scratch.ts'
import { FactBook } from '../facts.ts'
import { loadPacks } from '../service.ts'
import { parameterPage } from './parameter-page.ts'
import { comparePacks, dueForReview, packVersions } from './versions.ts'

const words = { zh: '学分', en: 'credits' }
const facts = new FactBook([
  {
    facts: { 'credits.cycle': { type: 'number', title: words, unit: 'credit', ask: words } },
    rows: ({ people }) => sql`select q.person_id from ${people} q`,
  },
])
const FILES: Record<string, string> = {
  'chongqing/pack.yaml': 'authority: chongqing\nname: { zh: 某市, en: City }\n',
  'chongqing/parameters/a.yaml': `parameters:
  - id: training.total
    title: { zh: 学分下限, en: Credits asked for }
    unit: credit
    below: raise
    values:
      - { from: 2017-01-01, value: 100, confidence: F, clause: { document: 市办法, article: 第三条 }, review: 2022-12-31 }
      - { from: 2025-01-01, value: 110, confidence: F, clause: { document: 市办法 }, review: 2029-12-31 }
  - id: training.total_two
    title: { zh: 另一个, en: Another }
    unit: credit
    values: [{ from: 2017-01-01, value: 1, confidence: U, note: 缺省 }]
`,
  'chongqing/requirements/a.yaml': `requirements:
  - id: training.cycle
    title: { zh: 周期达标, en: Cycle }
    about: person
    versions:
      - from: 2017-01-01
        needs:
          all:
            - id: total
              says: { zh: 学分达标, en: Enough credits }
              clause: { document: 市办法 }
              confidence: F
              test: credits.cycle >= param.training.total
            - id: other
              says: { zh: 另一项, en: The other }
              clause: { document: 市办法 }
              confidence: F
              test: credits.cycle >= param.training.total_two
`,
  'qianjiang/pack.yaml': 'authority: qianjiang\nname: { zh: 某区, en: District }\nextends: chongqing\n',
  'qianjiang/parameters/a.yaml': `parameters:
  - id: training.total
    title: { zh: 学分下限, en: Credits asked for }
    unit: credit
    values: [{ from: 2021-01-01, value: 120, confidence: F, clause: { document: 区办法 } }]
`,
}

let base: Scratch
let folder: string
let district: string
beforeAll(async () => {
  base = await scratch()
  district = (await plantOrganisations(base.owner)).district
  folder = await mkdtemp(join(tmpdir(), 'library-'))
  for (const [name, text] of Object.entries(FILES)) {
    await mkdir(join(folder, name, '..'), { recursive: true })
    await writeFile(join(folder, name), text)
  }
  await loadPacks(base.owner, facts, folder)
})
afterAll(async () => {
  await base?.drop()
  await rm(folder, { recursive: true })
})

const page = (asOf: string, id = 'training.total') =>
  base.as({}, (act) => parameterPage(act, { id, orgId: district, asOf }))

describe('the page of a parameter', () => {
  it('tells what holds where, the nearest first, and over what it stands', async () => {
    const { holds, own } = await page('2023-03-01')
    expect(
      holds.map(({ authority, said }) => [authority, said.map(({ authority: by, value }) => [by, value])]),
    ).toEqual([
      ['chongqing', [['chongqing', 100]]],
      [
        'qianjiang',
        [
          ['qianjiang', 120],
          ['chongqing', 100],
        ],
      ],
    ])
    expect(own).toBe('qianjiang')
    expect((await page('2016-12-31')).holds.map(({ said }) => said)).toEqual([[], []])
  })

  it('has the whole history with clause, review and what is left to lower authorities', async () => {
    const { declarations } = await page('2023-03-01')
    expect(declarations.map(({ authority, below }) => [authority, below])).toEqual([
      ['chongqing', 'raise'],
      ['qianjiang', 'free'],
    ])
    expect(declarations[0]!.values).toEqual([
      expect.objectContaining({ from: '2017-01-01', until: '2025-01-01', value: 100, review: '2022-12-31' }),
      expect.objectContaining({ from: '2025-01-01', until: null, value: 110, review: '2029-12-31' }),
    ])
  })

  it('names the conditions that use it, and not those of a longer name', async () => {
    const { rules } = await page('2023-03-01')
    expect(rules.map(({ set, authority, conditions }) => [set, authority, conditions.map(({ id }) => id)])).toEqual([
      ['training.cycle', 'chongqing', ['total']],
    ])
    expect((await page('2023-03-01', 'training.total_two')).rules[0]!.conditions.map(({ id }) => id)).toEqual(['other'])
  })

  it('is not found where no pack has it', async () => {
    await expect(page('2023-03-01', 'training.nothing')).rejects.toMatchObject({ code: 'not_found' })
  })
})

it('lists values in force whose day of review has come, and no others', async () => {
  const due = (asOf: string) => base.as({}, (act) => dueForReview(act, { asOf }))
  expect((await due('2023-03-01')).map(({ id, authority, review }) => [id, authority, review])).toEqual([
    ['training.total', 'chongqing', '2022-12-31'],
  ])
  expect(await due('2022-12-30')).toEqual([])
  expect(await due('2026-01-01')).toEqual([])
})

it('compares two versions of a pack, figure by figure and condition by condition', async () => {
  const before = (await base.as({}, packVersions)).find(({ authority }) => authority === 'chongqing')!
  for (const [name, from, to] of [
    ['parameters', 'value: 110', 'value: 115'],
    ['requirements', 'param.training.total\n', 'param.training.total + 1\n'],
  ]) {
    const file = join(folder, `chongqing/${name}/a.yaml`)
    await writeFile(file, (await readFile(file, 'utf8')).replace(from!, to!))
  }
  await loadPacks(base.owner, facts, folder)
  const versions = (await base.as({}, packVersions)).filter(({ authority }) => authority === 'chongqing')
  expect(versions.map(({ inForce }) => inForce).sort()).toEqual([false, true])
  const after = versions.find(({ inForce }) => inForce)!
  const { parameters, sets } = await base.as({}, (act) => comparePacks(act, { before: before.id, after: after.id }))
  expect(
    parameters.map(({ id, values }) => [id, values.map((one) => [one.from, one.before!.value, one.after!.value])]),
  ).toEqual([['training.total', [['2025-01-01', 110, 115]]]])
  expect(sets[0]!.versions[0]!.conditions).toEqual([
    expect.objectContaining({
      id: 'total',
      how: 'changed',
      fields: [
        {
          field: 'test',
          before: 'credits.cycle >= param.training.total',
          after: 'credits.cycle >= param.training.total + 1',
        },
      ],
    }),
  ])
  await expect(base.as({}, (act) => comparePacks(act, { before: 'x@1', after: after.id }))).rejects.toMatchObject({
    code: 'not_found',
  })
})

it('does not ask to review what something adopted stands over', async () => {
  const adopted = (from: string) =>
    sql`
    with made as (
      insert into policy.pack_version (id, authority, name, extends, origin)
        select 'chongqing@adopted' || ${from}, v.authority, v.name, v.extends, 'adopted' from policy.pack_version v
        join policy.pack p on p.version_id = v.id where p.authority = 'chongqing' and p.origin = 'file' returning id
    ), named as (
      insert into policy.parameter (version_id, id, title, unit) select m.id, 'training.total', '{"zh": "x", "en": "x"}', 'credit' from made m
        returning version_id
    ), valued as (
      insert into policy.parameter_value (version_id, parameter_id, during, value, clause, confidence)
        select n.version_id, 'training.total', daterange(${from}, null), '105', '{"document": "市新办法"}', 'S' from named n returning version_id
    )
    insert into policy.pack (authority, origin, version_id, since) select 'chongqing', 'adopted', w.version_id, now() from valued w
      on conflict (authority, origin) do update set version_id = excluded.version_id`.execute(base.owner)
  const due = async () => (await base.as({}, (act) => dueForReview(act, { asOf: '2023-03-01' }))).length
  await adopted('2023-06-01')
  expect(await due()).toBe(1)
  await adopted('2023-01-01')
  expect(await due()).toBe(0)
  await sql`delete from policy.pack where origin = 'adopted'`.execute(base.owner)
})
