/** What is refused when packs are loaded, each with file, line, column and words in both languages. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Refusal } from '../../../base/errors.ts'
import { FactBook, type FactSource } from '../facts.ts'
import type { Type } from '../rules/expression/value.ts'
import type { Problem } from '../yaml-file.ts'
import { readPacks } from './read.ts'

const words = { zh: '事实', en: 'fact' }
const types: Record<string, Type> = {
  'hours.cycle': 'number',
  'title.level': 'text',
  'title.since': 'date',
  'service.rural': 'number',
}
const source: FactSource = {
  facts: Object.fromEntries(Object.entries(types).map(([id, type]) => [id, { type, title: words, ask: words }])),
  rows: ({ people }) => sql`select q.person_id from ${people} q`,
}
const facts = new FactBook([source])

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'packs-'))
  await write('national/pack.yaml', 'authority: national\nname: { zh: 国家, en: National }\n')
  await write('city/pack.yaml', 'authority: city\nname: { zh: 某市, en: City }\nextends: national\n')
  await write(
    'national/parameters/hours.yaml',
    parameter('hours.least', 'hour', [['2010-01-01', '360']], 'below: raise'),
  )
  await write('national/requirements/hours.yaml', set('training.hours', ['test: hours.cycle >= param.hours.least']))
})
afterEach(() => rm(folder, { recursive: true }))

const write = async (name: string, text: string) => {
  await mkdir(dirname(join(folder, name)), { recursive: true })
  await writeFile(join(folder, name), text)
}
const problems = async (): Promise<Problem[]> => {
  const refusal = await readPacks(folder, facts).then(
    () => expect.unreachable('the packs were taken'),
    (error: unknown) => error as Refusal,
  )
  expect(refusal).toBeInstanceOf(Refusal)
  expect(refusal.code).toBe('policy.pack_invalid')
  const told = refusal.data.problems as Problem[]
  for (const { zh, en } of told) {
    expect(zh).toMatch(/\p{Script=Han}/u)
    expect(en).toMatch(/[a-z]/)
  }
  return told
}
const places = async () => (await problems()).map(({ file, line, column }) => `${file}:${line}:${column}`)

const parameter = (id: string, unit: string, values: [from: string, value: string][], ...more: string[]) => `parameters:
  - id: ${id}
    title: { zh: 参数, en: parameter }
    unit: ${unit}
${more.map((line) => `    ${line}\n`).join('')}    values:
${values.map(([from, value]) => `      - from: ${from}\n        value: ${value}\n        clause: { document: 某办法 }\n        confidence: F\n`).join('')}`

const set = (id: string, conditions: string[], ...more: string[]) => `requirements:
  - id: ${id}
    title: { zh: 条件集, en: set }
    about: person
${more.map((line) => `    ${line}\n`).join('')}    versions:
      - from: 2015-01-01
        needs:
          all:
${conditions.map((lines, nth) => `            - id: c${nth}\n              says: { zh: 条件, en: condition }\n              clause: { document: 某办法 }\n              confidence: F\n              ${lines.replaceAll('\n', '\n              ')}\n`).join('')}`

test('packs without a mistake are taken', async () => {
  expect((await readPacks(folder, facts)).map(({ authority }) => authority).sort()).toEqual(['city', 'national'])
})

describe('the version in force stays, for', () => {
  test.each<[string, string, string, string]>([
    [
      'a date that does not exist',
      parameter('a.b', 'hour', [['2023-02-29', '1']]),
      'city/parameters/x.yaml:6:15',
      'ISO date',
    ],
    [
      'values that overlap',
      parameter('a.b', 'hour', [
        ['2020-01-01', '1'],
        ['2020-01-01', '2'],
      ]),
      'city/parameters/x.yaml:10:15',
      'follow each other',
    ],
    [
      'no clause',
      parameter('a.b', 'hour', [['2020-01-01', '1']]).replace(/ +clause.*\n/, ''),
      'city/parameters/x.yaml:8:21',
      'unverified',
    ],
    [
      'an unknown key',
      parameter('a.b', 'hour', [['2020-01-01', '1']], 'colour: red'),
      'city/parameters/x.yaml:5:13',
      'colour',
    ],
    [
      'seven decimals',
      parameter('a.b', 'hour', [['2020-01-01', '0.0000001']]),
      'city/parameters/x.yaml:7:16',
      'six decimals',
    ],
    ['a tab for indentation', 'parameters:\n\t- id: a.b\n', 'city/parameters/x.yaml:2:1', 'Tabs'],
    ['a key twice', 'parameters: []\nparameters: []\n', 'city/parameters/x.yaml:2:1', 'unique'],
    [
      'anchors that multiply',
      `a0: &a0 [x, x, x, x, x, x, x, x]\n${Array.from({ length: 9 }, (_, n) => `a${n + 1}: &a${n + 1} [${Array(9).fill(`*a${n}`).join(', ')}]`).join('\n')}\nparameters: *a9\n`,
      'city/parameters/x.yaml:1:1',
      'anchors',
    ],
    ['a huge file', `# ${'x'.repeat(1_000_001)}\nparameters: []\n`, 'city/parameters/x.yaml:1:1', 'larger than'],
    [
      'brackets without end',
      `parameters: ${'['.repeat(60)}${']'.repeat(60)}\n`,
      'city/parameters/x.yaml:1:1',
      'nested deeper',
    ],
    ['brackets past the stack', `parameters: ${'['.repeat(100_000)}`, 'city/parameters/x.yaml:1:', 'YAML'],
    ['no YAML', '\u0000\u0001', 'city/parameters/x.yaml:1:1', 'expected object'],
    ['nothing', '', 'city/parameters/x.yaml:1:1', 'expected object'],
    [
      'below for what is neither higher nor lower',
      parameter('a.b', 'codes', [['2020-01-01', '[x]']], 'below: raise'),
      'city/parameters/x.yaml:5:12',
      'free or fixed',
    ],
  ])('%s', async (_, text, place, said) => {
    await write('city/parameters/x.yaml', text)
    const told = await problems()
    expect(told.map(({ file, line, column }) => `${file}:${line}:${column}`)[0]).toContain(place)
    expect(told[0]!.en).toContain(said)
  })

  test.each<[string, string, string, string]>([
    ['an unknown fact', 'test: hours.circle > 1', '13:21', 'there is no fact hours.circle'],
    ['an unknown parameter', 'test: hours.cycle > param.x', '13:35', 'there is no parameter x'],
    ['an expression of runaway length', `test: ${'hours.cycle > 1 && '.repeat(300)}true`, '13:4021', 'longer than'],
    ['an expression of runaway size', `test: ${'1+'.repeat(500)}1 > 1`, '13:', 'too large'],
    ['an expression of runaway depth', `test: ${'('.repeat(60)}true${')'.repeat(60)}`, '13:', 'too large'],
    ['a way out of the subset', 'test: hours.cycle.map(x, x) == 1', '13:21', 'outside the subset'],
    ['no clause', 'test: hours.cycle > 1\nnote: 无', '', 'unverified'],
  ])('%s', async (name, lines, place, said) => {
    const text = set('city.rule', [lines])
    await write('city/requirements/x.yaml', name === 'no clause' ? text.replace(/ +clause.*\n/, '') : text)
    const told = await problems()
    expect(`${told[0]!.line}:${told[0]!.column}`).toContain(place)
    expect(told[0]!.en).toContain(said)
  })

  test('packs that extend each other in a circle', async () => {
    await write('national/pack.yaml', 'authority: national\nname: { zh: 国家, en: National }\nextends: city\n')
    expect((await places()).sort()).toEqual(['city/pack.yaml:1:12', 'national/pack.yaml:1:12'])
  })
})

const table = (...rows: string[]) => `parameters:
  - id: pay.allowance
    title: { zh: 补助, en: Allowance }
    unit: table
    of: yuan
    axes:
      - { id: km, title: { zh: 距离, en: Distance }, unit: km, bands: true }
      - { id: house, title: { zh: 家庭, en: Household }, names: { single: { zh: 单身, en: Single }, family: { zh: 已婚, en: Family } } }
    values:
      - from: 2016-09-01
        clause: { document: 某办法 }
        confidence: F
        value:
${rows.map((row) => `          - ${row}\n`).join('')}`

describe('tables', () => {
  test('one cell for every combination', async () => {
    await write(
      'city/parameters/x.yaml',
      table(
        '{ km: [0, 30], house: [single, family], is: 1 }',
        '{ km: [30, null], house: single, is: 2 }',
        '{ km: [30, null], house: family, is: null }',
      ),
    )
    await write(
      'city/requirements/x.yaml',
      set('city.paid', ['test: lookup(param.pay.allowance, service.rural, title.level) > 1']),
    )
    const [value] = (await readPacks(folder, facts)).find(({ authority }) => authority === 'city')!.parameters[0]!
      .values
    expect(value!.value).toMatchObject({
      of: 'yuan',
      rows: [{ km: [0, 30], house: ['single', 'family'], is: 1 }, { house: ['single'] }, { is: null }],
    })
  })

  test.each<[string, string[], string, string]>([
    [
      'a gap between bands',
      ['{ km: [0, 30], house: [single, family], is: 1 }', '{ km: [40, 50], house: [single, family], is: 1 }'],
      '14:11',
      'no cell for km 30–40 km, house single',
    ],
    ['a name left out', ['{ km: [0, 30], house: single, is: 1 }'], '14:11', 'no cell for km 0–30 km, house family'],
    [
      'an overlap',
      ['{ km: [0, 30], house: [single, family], is: 1 }', '{ km: [20, 50], house: [single, family], is: 1 }'],
      '15:13',
      'overlaps row 1: km 20–30 km, house single',
    ],
    ['a band the wrong way', ['{ km: [30, 0], house: single, is: 1 }'], '14:19', 'ends before'],
    ['a name that is not there', ['{ km: [0, 30], house: couple, is: 1 }'], '14:35', 'no name couple'],
    ['an axis that is not there', ['{ km: [0, 30], house: single, age: 3, is: 1 }'], '14:48', 'no axis age'],
    ['an axis left out', ['{ km: [0, 30], is: 1 }'], '14:13', 'house is missing'],
  ])('%s is refused', async (_, rows, place, said) => {
    await write('city/parameters/x.yaml', table(...rows))
    const told = await problems()
    expect(`${told[0]!.line}:${told[0]!.column}`).toBe(place)
    expect(told[0]!.en).toContain(said)
  })

  test('looked up by other keys than its axes', async () => {
    await write('city/parameters/x.yaml', table('{ km: [0, null], house: [single, family], is: 1 }'))
    await write('city/requirements/x.yaml', set('city.paid', ['test: lookup(param.pay.allowance, title.level) > 1']))
    expect((await problems())[0]).toMatchObject({
      line: 13,
      column: 21,
      en: 'this table is looked up by a number, text',
    })
  })
})

describe('over a higher authority', () => {
  const least = (value: string, ...more: string[]) => parameter('hours.least', 'hour', [['2020-01-01', value]], ...more)

  test('a figure may be raised where only that is left open', async () => {
    await write('city/parameters/x.yaml', least('400'))
    await readPacks(folder, facts)
    await write('city/parameters/x.yaml', least('300'))
    expect((await problems())[0]).toMatchObject({
      file: 'city/parameters/x.yaml',
      line: 7,
      column: 16,
      en: expect.stringContaining('may only be raised'),
    })
    await write('city/parameters/x.yaml', least('300', 'permission: { document: 准许的文件 }'))
    await readPacks(folder, facts)
  })

  test('only days on which both hold count', async () => {
    await write(
      'national/parameters/hours.yaml',
      parameter(
        'hours.least',
        'hour',
        [
          ['2010-01-01', '360'],
          ['2025-01-01', '200'],
        ],
        'below: fixed',
      ),
    )
    await write('city/parameters/x.yaml', parameter('hours.least', 'hour', [['2025-01-01', '200']]))
    await readPacks(folder, facts)
    await write('city/parameters/x.yaml', parameter('hours.least', 'hour', [['2024-12-31', '200']]))
    expect(await places()).toEqual(['city/parameters/x.yaml:7:16'])
  })

  const over = (tests: string[], ...more: string[]) => set('training.hours', tests, ...more)
  test.each<[string, string, boolean]>([
    ['a stricter figure', over(['test: hours.cycle >= 400'], 'extends: { how: replaces }'), true],
    ['a looser figure', over(['test: hours.cycle >= 300'], 'extends: { how: replaces }'), false],
    [
      'a looser figure that a clause permits',
      over(['test: hours.cycle >= 300'], 'extends: { how: replaces, permission: { document: 某文件 } }'),
      true,
    ],
    ['something else beside', over(['test: service.rural >= 1'], 'extends: { how: tightens }'), true],
    ['something else instead', over(['test: service.rural >= 1'], 'extends: { how: replaces }'), false],
    [
      'for fewer people',
      over(['test: service.rural >= 1'], 'extends: { how: tightens }').replace(
        '        needs',
        '        applies: service.rural > 0\n        needs',
      ),
      false,
    ],
  ])('%s', async (_, text, right) => {
    await write('city/requirements/x.yaml', text)
    if (right) await readPacks(folder, facts)
    else
      expect((await problems())[0]).toMatchObject({
        file: 'city/requirements/x.yaml',
        line: 5,
        column: 14,
        en: expect.stringContaining('cannot be proved as strict as that of national'),
      })
  })

  test('a figure that is raised above later is no longer reached', async () => {
    await write(
      'national/parameters/hours.yaml',
      parameter('hours.least', 'hour', [
        ['2010-01-01', '360'],
        ['2026-01-01', '450'],
      ]),
    )
    await write('city/requirements/x.yaml', over(['test: hours.cycle >= 400'], 'extends: { how: replaces }'))
    expect((await problems())[0]!.en).toContain('from 2026-01-01')
  })
})

describe('two exceptions that can hold at once and disagree', () => {
  const exceptions = (first: string, second: string, gives = 'unmet') =>
    set('city.rule', [
      `test: hours.cycle >= 360\nexceptions:\n  - { id: rural, says: { zh: 乡村, en: rural }, clause: { document: 甲 }, when: '${first}' }\n  - { id: recent, says: { zh: 新, en: recent }, clause: { document: 乙 }, when: '${second}', gives: ${gives} }`,
    ])

  test.each<[string, string, string, string]>([
    ['figures', 'service.rural >= 10', 'hours.cycle < 100', 'service.rural = 10, hours.cycle = '],
    ['words', 'title.level == "senior"', 'title.level in ["senior", "full"]', 'title.level = "senior"'],
    ['days', 'years(title.since, asOf) >= 5', 'title.since < date("2008-01-01")', 'title.since = "'],
    ['a figure of a parameter', 'hours.cycle >= param.hours.least', 'hours.cycle < 400', 'hours.cycle = '],
  ])('%s', async (_, first, second, said) => {
    await write('city/requirements/x.yaml', exceptions(first, second))
    const [told] = await problems()
    expect(told).toMatchObject({ file: 'city/requirements/x.yaml', line: 16 })
    expect(told!.column).toBeGreaterThan(70)
    expect(told!.en).toContain(said)
  })

  test.each([
    ['that exclude each other', exceptions('service.rural >= 10', 'service.rural < 10')],
    ['that agree', exceptions('service.rural >= 10', 'hours.cycle < 100', 'met')],
  ])('not those %s', async (_, text) => {
    await write('city/requirements/x.yaml', text)
    await readPacks(folder, facts)
  })
})
