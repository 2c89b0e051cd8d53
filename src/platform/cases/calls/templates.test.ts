/** Calls in packs: those that come with the product are right; what is wrong is told with its place, and then what was offered before stays. */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestHouse } from '../../../../test/harness/house.ts'
import type { OpenHouse } from '../../../server/house.ts'
import { facts } from '../../../server/modules.ts'
import { PACKS, readPacks } from '../../policy/index.ts'
import { SCHEMA_FILE, schemaText } from './schema-file.ts'
import { callsBeside, loadTemplates } from './templates.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'calls-'))
  await cp(PACKS, folder, { recursive: true })
})
afterAll(() => rm(folder, { recursive: true }))

const FILE = 'national/calls/title-senior.yaml'
/** The file with something else in it, and as it was again. */
async function changed<R>(from: string, to: string, work: (line: number) => Promise<R>): Promise<R> {
  const file = join(folder, FILE)
  const text = await readFile(file, 'utf8')
  expect(text).toContain(from)
  await writeFile(file, text.replace(from, to))
  try {
    return await work(text.slice(0, text.indexOf(from)).split('\n').length)
  } finally {
    await writeFile(file, text)
  }
}
const packs = await readPacks(PACKS, facts)
const read = () => callsBeside(folder, packs, facts)

it('the calls that come with the product are right', async () => {
  const { templates, problems } = await read()
  expect(problems).toEqual([])
  expect(templates.map(({ id }) => id).sort()).toEqual([
    'case.double_reduction',
    'honour.city_2022',
    'talent.city_backbone.round_2020',
    'talent.district_backbone.candidates_7',
    'talent.studio',
    'title.senior',
    'training.model_school',
  ])
})

it('the schema for editors is that of the product', async () => {
  expect(await readFile(SCHEMA_FILE, 'utf8'), 'run node src/platform/cases/calls/schema-file.ts').toBe(schemaText())
})

describe('is told with its place, in both languages', () => {
  it.each([
    ['an unknown set', 'title.senior, ethics.eligible', 'title.senor, ethics.eligible', '没有条件集 title.senor'],
    [
      'an unknown parameter',
      'seats: title.senior.panel_seats',
      'seats: title.senior.seats',
      '没有参数 title.senior.seats',
    ],
    ['a parameter of several numbers', 'seats: title.senior.panel_seats', 'seats: title.senior.years', '不是单个数值'],
    ['an unknown fact in the form', 'from: title.since', 'from: title.cince', '系统中没有“title.cince”'],
    ['a name that blind reviewers would see', 'from: person.name, identifies: true,', 'from: person.name,', '匿名'],
    [
      'a stage that is not there',
      'at: decide, per: call, track: ordinary',
      'at: decision, per: call, track: ordinary',
      '没有环节 decision',
    ],
    ['a track that is not there', 'track: rural', 'track: village', '没有申报类别 village'],
    ['a question that is not there', 'field: subject', 'field: topic', '没有选择题“topic”'],
    ['half of the votes', 'pass: [2, 3]', 'pass: [1, 2]', '通过比例须超过半数'],
    ['a key that is not known', 'odd: true', 'odds: true', ''],
    ['a form without English', '{ default: 基本情况, en: Basics }', '{ default: 基本情况 }', ''],
  ])('%s', async (_, from, to, said) => {
    const { problems, templates } = await changed(from, to, async (line) => {
      const told = await read()
      expect(told.problems[0]).toMatchObject({ file: FILE, line })
      return told
    })
    expect(templates).toEqual([])
    expect(problems[0]!.zh).toContain(said)
    expect(problems[0]!.zh).toMatch(/\p{Script=Han}/u)
    expect(problems[0]!.en).not.toMatch(/\p{Script=Han}/u)
  })
})

describe('at a start', () => {
  let house: OpenHouse
  beforeAll(async () => {
    house = await openTestHouse()
  })
  afterAll(() => house.close())
  const offered = async () => {
    const { rows } = await sql<{
      id: string
      version: string
    }>`select t.id, t.version from cases.template t where t.offered
      order by t.id`.execute(house.owner)
    return rows
  }
  it('one mistake leaves everything as it was, and is kept to be shown', async () => {
    const before = await offered()
    expect(before).toHaveLength(7)
    const problems = await changed('pass: [2, 3]', 'pass: [1, 2]', () => loadTemplates(house.owner, facts, folder))
    expect(problems).toHaveLength(1)
    expect(await offered()).toEqual(before)
    const { rows } = await sql<{ problems: unknown[] }>`select r.problems from cases.refused_templates r`.execute(
      house.owner,
    )
    expect(rows[0]!.problems).toMatchObject([{ file: FILE }])
  })
  it('another content is another version, and the old one stays for its calls', async () => {
    const before = await offered()
    expect(
      await changed('seats: title.senior.panel_seats', 'seats: 13', () => loadTemplates(house.owner, facts, folder)),
    ).toEqual([])
    const after = await offered()
    expect(after).toHaveLength(7)
    expect(after).not.toEqual(before)
    expect(await loadTemplates(house.owner, facts, folder)).toEqual([])
    expect(await offered()).toEqual(before)
    const { rows } = await sql`select from cases.refused_templates`.execute(house.owner)
    expect(rows).toEqual([])
  })
})
