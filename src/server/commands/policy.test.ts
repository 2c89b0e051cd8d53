import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { PACKS } from '../../platform/policy/index.ts'
import { run } from './policy.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'packs-'))
  await cp(PACKS, folder, { recursive: true })
})
afterEach(async () => {
  process.exitCode = undefined
  await rm(folder, { recursive: true })
})
const edit = async (name: string, from: string, to: string) => {
  const file = join(folder, name)
  const text = await readFile(file, 'utf8')
  expect(text).toContain(from)
  await writeFile(file, text.replace(from, to))
}

test('the packs that come with the product are right and their cases come out', async () => {
  const checked = await run({ json: true }, 'test')
  expect(checked).toMatchObject({ sound: true, problems: [] })
  expect(checked.cases.length).toBeGreaterThan(15)
  expect(process.exitCode).toBeUndefined()
})

test('a case that comes out otherwise is told with what came', async () => {
  await edit('beijing/cases/training.yaml', 'credits.cycle: 35.99', 'credits.cycle: 36.01')
  const { sound, cases } = await run({ json: true }, 'test', folder)
  expect(sound).toBe(false)
  expect(cases.filter(({ passed }) => !passed)).toMatchObject([
    { authority: 'beijing', differs: ['outcome: met instead of unmet'] },
  ])
  expect(process.exitCode).toBe(1)
})

test.each([
  [
    'an unknown fact',
    'credits.cycle >= param.training.credit.cycle_total',
    'credits.circle >= param.training.credit.cycle_total',
    'there is no fact credits.circle',
  ],
  [
    'an unknown parameter',
    'param.training.credit.concentrated_floor',
    'param.training.credit.floor',
    'there is no parameter training.credit.floor',
  ],
  [
    'text for a number',
    'credits.concentrated >= param',
    'credits.concentrated >= "x" + param',
    '+ does not take text, a number',
  ],
])('%s is refused with file, line and column', async (_, from, to, said) => {
  await edit('chongqing/requirements/training.yaml', from, to)
  const { problems } = await run({ json: true }, 'check', folder)
  const lines = (await readFile(join(folder, 'chongqing/requirements/training.yaml'), 'utf8')).split('\n')
  expect(problems).toHaveLength(1)
  expect(problems[0]).toMatchObject({ file: 'chongqing/requirements/training.yaml', en: said })
  expect(lines[problems[0]!.line - 1]).toContain(to.split(' ').at(-1))
})

test('a set over one of a higher authority must say how, and by what permission', async () => {
  const own = (extension: string, least = 400) => `requirements:
  - id: training.hours.cycle
    title: { zh: 学时, en: Hours }
    about: person
${extension}    versions:
      - from: 2020-01-01
        needs: { all: [{ id: more, says: { zh: 更多, en: More }, confidence: U, test: hours.cycle >= ${least} }] }
`
  const file = join(folder, 'chongqing/requirements/hours.yaml')
  await writeFile(file, own(''))
  expect((await run({ json: true }, 'check', folder)).problems[0]!.en).toContain('national has a set of this id')
  await writeFile(file, own('    extends: { how: replaces }\n', 300))
  expect((await run({ json: true }, 'check', folder)).problems[0]!.en).toContain('name the clause that permits it')
  await writeFile(file, own('    extends: { how: replaces }\n'))
  expect((await run({ json: true }, 'check', folder)).problems).toEqual([])
  await writeFile(file, own('    extends: { how: tightens }\n'))
  expect((await run({ json: true }, 'check', folder)).problems).toEqual([])
})

test('a change of packs is told by date', async () => {
  await edit('beijing/parameters/training.yaml', 'value: 36\n', 'value: 40\n')
  const { packs, added, removed } = await run({ json: true }, 'diff', PACKS, folder)
  expect([added, removed]).toEqual([[], []])
  expect(packs).toHaveLength(1)
  expect(packs[0]).toMatchObject({
    before: { authority: 'beijing' },
    parameters: [
      {
        id: 'training.credit.cycle_total',
        values: [{ before: { value: 36 }, after: { value: 40 }, fields: ['value'] }],
      },
    ],
    sets: [],
  })
  await rm(join(folder, 'qianjiang'), { recursive: true })
  expect((await run({ json: true }, 'diff', PACKS, folder)).removed).toEqual(['qianjiang'])
})

test('a call in a pack is checked with it, at its line', async () => {
  await edit('qianjiang/calls/studios.yaml', 'years: talent.studio.years', 'years: talent.studio.year')
  const { sound, problems } = await run({ json: true }, 'check', folder)
  expect(sound).toBe(false)
  expect(problems).toMatchObject([
    { file: 'qianjiang/calls/studios.yaml', en: 'there is no parameter talent.studio.year' },
  ])
  expect(problems[0]!.line).toBeGreaterThan(100)
})
