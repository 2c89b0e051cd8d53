import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Refusal } from '../../base/errors.ts'
import { facts } from '../../server/modules.ts'
import { PACKS } from './packs/pack.ts'
import { readPacks } from './packs/read.ts'
import { loadPlan } from './plan.ts'
import { schemaFiles } from './schema-files.ts'
import type { Problem } from './yaml-file.ts'

/** The packs that come with the product ask for facts of the domains: here it is only their names and types that matter. */

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'packs-'))
  await cp(PACKS, folder, { recursive: true })
})
afterEach(() => rm(folder, { recursive: true }))

const edit = async (name: string, change: (text: string) => string) => {
  const file = join(folder, name)
  await writeFile(file, change(await readFile(file, 'utf8')))
}
const problemsOf = async (work: Promise<unknown>): Promise<Problem[]> => {
  const refusal = await work.then(
    () => undefined,
    (error: unknown) => error,
  )
  expect(refusal).toBeInstanceOf(Refusal)
  return (refusal as Refusal).data.problems as Problem[]
}

describe('packs', () => {
  test('the packs that come with the product are right', async () => {
    const packs = await readPacks(PACKS, facts)
    expect(packs.map(({ authority, extends: above }) => [authority, above]).sort()).toEqual([
      ['beijing', 'national'],
      ['chongqing', 'national'],
      ['dalian', 'national'],
      ['guangxi', 'national'],
      ['hebei', 'national'],
      ['henan', 'national'],
      ['hubei', 'national'],
      ['national', null],
      ['qianjiang', 'chongqing'],
      ['shandong', 'national'],
      ['shanghai', 'national'],
      ['tianjin', 'national'],
    ])
  })

  test('nothing unverified passes for more', async () => {
    const values = (await readPacks(PACKS, facts)).flatMap((pack) =>
      pack.parameters.flatMap((parameter) => parameter.values.map((value) => ({ ...value, id: parameter.id }))),
    )
    for (const { clause, confidence, note } of values) {
      expect(clause === undefined ? confidence : 'held').toMatch(/^(U|held)$/)
      if (confidence === 'U') expect(note).toBeTruthy()
    }
    expect(values.filter(({ id, value }) => id === 'training.funds.payroll_share' && value !== 0.015)).toEqual([])
  })

  test('the version names the content, not its layout', async () => {
    const before = await readPacks(folder, facts)
    await edit(
      'national/parameters/product.yaml',
      (text) => `# a remark\n${text.replace('unit: day', 'unit:   "day"')}`,
    )
    expect((await readPacks(folder, facts)).map(({ version }) => version).sort()).toEqual(
      before.map(({ version }) => version).sort(),
    )
    await edit('national/parameters/product.yaml', (text) => text.replace('value: 0.8', 'value: 0.9'))
    const changed = (await readPacks(folder, facts)).filter(
      ({ version }) => !before.some((pack) => pack.version === version),
    )
    expect(changed.map(({ authority }) => authority)).toEqual(['national'])
  })

  test('a wrong value is told with file, line and column, in both languages', async () => {
    await edit('chongqing/parameters/training.yaml', (text) => text.replace('value: 120', 'value: many'))
    const text = await readFile(join(folder, 'chongqing/parameters/training.yaml'), 'utf8')
    const line = text.split('\n').findIndex((each) => each.includes('value: many')) + 1
    const problems = await problemsOf(readPacks(folder, facts))
    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatchObject({
      file: 'chongqing/parameters/training.yaml',
      line,
      column: 16,
      path: 'parameters.1.values.0.value',
    })
    expect(problems[0]!.zh).toMatch(/\p{Script=Han}/u)
    expect(problems[0]!.en).toMatch(/[a-z]/)
  })

  test.each<[name: string, file: string, change: (text: string) => string, path: RegExp]>([
    [
      'a share above one',
      'national/parameters/product.yaml',
      (text) => text.replace('value: 0.1', 'value: 10'),
      /values\.0\.value$/,
    ],
    [
      'a date that does not exist',
      'national/parameters/training.yaml',
      (text) => text.replace('2015-10-01', '2015-02-30'),
      /values\.0\.from$/,
    ],
    [
      'values out of order',
      'chongqing/parameters/training.yaml',
      (text) => text.replace('from: 2019-01-01', 'from: 2016-01-01'),
      /values\.1\.from$/,
    ],
    [
      'no clause and not marked unverified',
      'chongqing/parameters/training.yaml',
      (text) => text.replace('confidence: U', 'confidence: F'),
      /confidence$/,
    ],
    [
      'an unknown key',
      'national/parameters/training.yaml',
      (text) => text.replace('    unit: share', '    unit: share\n    colour: red'),
      /colour$/,
    ],
    [
      'an unknown unit',
      'national/parameters/training.yaml',
      (text) => text.replace('unit: share', 'unit: cups'),
      /unit$/,
    ],
    [
      'a parameter twice',
      'national/parameters/product.yaml',
      (text) =>
        text.replace('training.objection.answer_days', 'training.induction.hours').replace('unit: day', 'unit: hour'),
      /training\.induction\.hours/,
    ],
    [
      'another unit than above',
      'beijing/parameters/training.yaml',
      (text) =>
        text
          .replace('unit: hour\n    values:\n      - from: 2022', 'unit: day\n    values:\n      - from: 2022')
          .replace('training.induction.extra_hours_non_normal', 'training.class_teacher.hours'),
      /training\.class_teacher\.hours/,
    ],
    [
      'no such parent',
      'qianjiang/pack.yaml',
      (text) => text.replace('extends: chongqing', 'extends: sichuan'),
      /extends/,
    ],
    ['a circle', 'national/pack.yaml', (text) => `${text}extends: qianjiang\n`, /extends/],
    [
      'another name than the folder',
      'beijing/pack.yaml',
      (text) => text.replace('authority: beijing', 'authority: peking'),
      /authority/,
    ],
    ['broken YAML', 'beijing/pack.yaml', (text) => `${text}more: [`, /^$/],
  ])('%s is refused', async (_name, file, change, path) => {
    await edit(file, change)
    const problems = await problemsOf(readPacks(folder, facts))
    expect(problems.some((problem) => path.test(problem.path) && problem.line >= 1 && problem.column >= 1)).toBe(true)
  })

  test('the published JSON Schema files have not drifted: write them with `node src/platform/policy/schema-files.ts`', async () => {
    for (const [name, text] of schemaFiles())
      expect(await readFile(join(PACKS, 'schema', name), 'utf8'), name).toBe(text)
  })
})

describe('the plan of Qianjiang for 2023', () => {
  test('has the head-counts of the document: 3,060 places', async () => {
    const plan = await loadPlan('qianjiang', 2023)
    const counted = plan.classes.filter(({ places }) => places !== null)
    expect(counted.map(({ name, places }) => [name.zh, places])).toEqual([
      ['义务教育阶段学科教师培训', 1000],
      ['高中教师复习备考能力提升培训', 400],
      ['高中教师新课程新高考专题培训', 150],
      ['幼儿园教师保教能力提升培训', 300],
      ['学校财务管理人员专题培训', 200],
      ['中小学班主任教师心理健康教育能力专项培训', 300],
      ['教师培训管理专题培训', 150],
      ['区级名师培养对象培训', 60],
      ['第7批区级骨干教师对象专项培训', 200],
      ['新教师岗前集中培训', 150],
      ['3—5年教龄青年教师助力培训', 150],
    ])
    expect(counted.reduce((sum, { places }) => sum + places!, 0)).toBe(3060)
    expect(plan.classes.flatMap(({ terms }) => terms).reduce((sum, { places }) => sum + places, 0)).toBe(3060)
    expect(plan.classes.find(({ code }) => code === 'TS-06')!.terms.map(({ places }) => places)).toEqual([
      100, 100, 100,
    ])
  })

  test('has the five projects and special management, each with something in it', async () => {
    const plan = await loadPlan('qianjiang', 2023)
    expect(plan.projects.map(({ name }) => name.zh)).toEqual([
      '铸魂工程',
      '领航工程',
      '提升工程',
      '卓越工程',
      '曙光工程',
      '专项管理',
    ])
    for (const { code } of plan.projects) expect(plan.classes.some(({ project }) => project === code)).toBe(true)
    expect(plan.document).toMatchObject({ number: '黔江教发〔2023〕18号', date: '2023-02-28' })
  })

  test('a plan whose terms do not add up is refused at its place', async () => {
    await edit('qianjiang/plans/2023.yaml', (text) =>
      text.replace('- { places: 100, starts: 2023-05-12 }', '- { places: 90, starts: 2023-05-12 }'),
    )
    const problems = await problemsOf(loadPlan('qianjiang', 2023, folder))
    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatchObject({ path: 'classes.5.terms' })
    expect(problems[0]!.zh).toContain('290')
  })

  test('no plan, no file of elsewhere', async () => {
    await expect(loadPlan('qianjiang', 1999)).rejects.toMatchObject({ code: 'not_found' })
    await expect(loadPlan('../qianjiang', 2023)).rejects.toMatchObject({ code: 'not_found' })
  })
})
