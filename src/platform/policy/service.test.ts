import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Planted, plantOrganisations, type Scratch, scratch } from '../../../test/harness/scratch.ts'
import { facts } from '../../server/modules.ts'
import { PACKS } from './packs/pack.ts'
import { authorityOf, packsInForce, parameters, parametersWithHistory } from './queries.ts'
import { loadPacks } from './service.ts'
import { HoursPerCredit } from './units.ts'

/** The packs that come with the product ask for facts of the domains: here it is only their names and types that matter. */

let base: Scratch
let orgs: Planted
let folder: string
/** How many packs there are. */
let many: number
beforeAll(async () => {
  base = await scratch()
  orgs = await plantOrganisations(base.owner)
  folder = await mkdtemp(join(tmpdir(), 'packs-'))
  await cp(PACKS, folder, { recursive: true })
  many = (await loadPacks(base.owner, facts, folder)).length
})
afterAll(async () => {
  await base?.drop()
  await rm(folder, { recursive: true })
})

const counts = async () => {
  const { rows } = await sql<{
    versions: number
    held: number
    trail: number
  }>`select (select count(*) from policy.pack_version) as versions,
    (select count(*) from policy.parameter_value) as held, (select count(*) from audit.event where action = 'policy.pack_in_force') as trail`.execute(
    base.owner,
  )
  return rows[0]!
}

describe('loading packs', () => {
  test('loading again changes nothing', async () => {
    const before = await counts()
    expect(before).toMatchObject({ versions: many, trail: many })
    expect((await loadPacks(base.owner, facts, folder)).every(({ changed }) => !changed)).toBe(true)
    expect(await counts()).toEqual(before)
  })

  test('loading at the same time loads once', async () => {
    const other = await scratch()
    const all = await Promise.all([1, 2, 3].map(() => loadPacks(other.owner, facts, folder)))
    expect(all.flat().filter(({ changed }) => changed)).toHaveLength(many)
    await other.drop()
  })

  test('a new version comes into force beside the old one, and the old one can come back', async () => {
    const file = join(folder, 'qianjiang/parameters/training.yaml')
    const text = await readFile(file, 'utf8')
    const read = () =>
      base.as({}, async (act) =>
        (await parameters(act, 'qianjiang')).value('training.scorecard.indicators', '2023-06-01'),
      )
    const first = await read()
    await writeFile(file, text.replace('name: { zh: 送培率', 'name: { zh: 选派率'))
    expect(
      (await loadPacks(base.owner, facts, folder)).filter(({ changed }) => changed).map(({ authority }) => authority),
    ).toEqual(['qianjiang'])
    const second = await read()
    expect(second.packVersion).not.toBe(first.packVersion)
    expect(JSON.stringify(second.value)).toContain('选派率')
    await writeFile(file, text)
    await loadPacks(base.owner, facts, folder)
    expect(await read()).toEqual(first)
    expect((await counts()).versions).toBe(many + 1)
  })

  test('a bad folder is refused whole and what is in force stays', async () => {
    const file = join(folder, 'beijing/parameters/training.yaml')
    const other = join(folder, 'national/parameters/product.yaml')
    const [text, untouched] = [await readFile(file, 'utf8'), await readFile(other, 'utf8')]
    const before = await base.as({}, packsInForce)
    await writeFile(file, text.replace('value: 36', 'value: -36'))
    await writeFile(other, untouched.replace('value: 0.8', 'value: 0.7'))
    await expect(loadPacks(base.owner, facts, folder)).rejects.toMatchObject({
      code: 'policy.pack_invalid',
      data: { count: 1 },
    })
    expect(await base.as({}, packsInForce)).toEqual(before)
    await writeFile(file, text)
    await writeFile(other, untouched)
  })

  test('a version cannot be changed, not even by the owner', async () => {
    await expect(sql`update policy.parameter_value set value = '1'`.execute(base.owner)).rejects.toThrow('append-only')
    await expect(sql`delete from policy.pack_version`.execute(base.owner)).rejects.toThrow('append-only')
    await expect(
      base.as({}, (act) => sql`insert into policy.parameter values ('x', 'y', '{}', 'z')`.execute(act.tx)),
    ).rejects.toThrow('permission denied')
  })
})

describe('asking', () => {
  test('resolves through the chain and says where a figure comes from', async () => {
    const { total, share, tables, beijing } = await base.as({}, async (act) => {
      const reader = await parameters(act, 'qianjiang')
      const capital = await parameters(act, 'beijing')
      return {
        total: reader.number('training.credit.cycle_total', '2023-06-01'),
        share: reader.number('training.credit.audit_sample_share', '2023-06-01'),
        tables: reader.as('training.credit.hours_per_credit', '2023-06-01', HoursPerCredit),
        beijing: capital.as('training.credit.hours_per_credit', '2018-06-01', HoursPerCredit),
      }
    })
    expect(total).toMatchObject({
      value: 120,
      unit: 'credit',
      authority: 'chongqing',
      confidence: 'F',
      from: '2019-01-01',
      clause: { number: '渝教师发〔2019〕4号' },
    })
    expect(total.packVersion).toMatch(/^chongqing@[0-9a-f]{12}$/)
    expect(share).toMatchObject({ value: 0.1, authority: 'national', confidence: 'U', clause: null })
    expect(tables.value).toEqual({ default: 3, by: {} })
    expect(beijing.value.by.online).toEqual({ default: 20 })
  })

  test('keeps “no limit” apart from absent', async () => {
    const reader = await base.as({}, (act) => parameters(act, 'qianjiang'))
    expect(reader.value('training.credit.self_study_cap', '2018-12-31').value).toBe(20)
    expect(reader.value('training.credit.self_study_cap', '2019-01-01').value).toBeNull()
    expect(() => reader.value('training.credit.composition', '2023-01-01')).toThrow('policy.parameter_absent')
  })

  test('an authority without a pack is refused', async () => {
    await expect(base.as({}, (act) => parameters(act, 'atlantis'))).rejects.toMatchObject({ code: 'policy.no_pack' })
  })

  test('a school’s authority is that of its nearest ancestor', async () => {
    expect(await base.as({}, (act) => authorityOf(act, orgs.first))).toBe('qianjiang')
    expect(await base.as({}, (act) => authorityOf(act, orgs.abroad))).toBe('chongqing')
    await expect(base.as({}, (act) => authorityOf(act, '00000000-0000-7000-8000-000000000000'))).rejects.toMatchObject({
      code: 'not_found',
    })
  })
})

describe('the list', () => {
  test('shows what holds and the whole history, nearest authority first', async () => {
    const rows = await base.as({}, (act) => parametersWithHistory(act, { authority: 'qianjiang', asOf: '2023-06-01' }))
    const year = rows.find(({ id }) => id === 'training.credit.year_start')!
    expect(year.declarations.map(({ authority, values }) => [authority, values.length])).toEqual([
      ['chongqing', 2],
      ['national', 1],
    ])
    expect(year.inForce).toMatchObject({ value: '01-01', authority: 'chongqing', from: '2017-01-01' })
    expect(year.declarations[0]!.values[0]).toMatchObject({ from: '2010-01-01', until: '2017-01-01', confidence: 'P' })
    expect(rows.some(({ declarations }) => declarations.some(({ authority }) => authority === 'beijing'))).toBe(false)
    expect(rows.map(({ id }) => id)).toEqual(rows.map(({ id }) => id).sort())
  })

  test('is searched by title and id; without an authority it shows all packs', async () => {
    const rows = await base.as({}, (act) => parametersWithHistory(act, { search: '学分构成' }))
    expect(rows.map(({ id }) => id)).toEqual(['training.credit.composition'])
    expect(rows[0]!.inForce).toBeNull()
    expect((await base.as({}, (act) => parametersWithHistory(act, { search: '100%_' }))).length).toBe(0)
  })
})
