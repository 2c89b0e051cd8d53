/** A city's draft over districts with rules of their own: what goes on holding there, and what of it would no longer keep to the city's. */
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Caller } from '../../../server/caller.ts'
import { facts } from '../../../server/modules.ts'
import { loadPacks } from '../index.ts'
import { type DraftHouse, openDraftHouse } from './drafts.fixture.ts'

const TOTAL = 'training.credit.cycle_total'
const BASIS = { document: '关于调整教师培训学分要求的通知', number: '渝教〔2023〕8号' }
const DAY = '2023-09-01'

let at: DraftHouse
let city: Caller['policy']
beforeAll(async () => {
  at = await openDraftHouse(1)
  const { house, world } = at
  // 测试市 is under Chongqing and so is 邻区; 测试区 is under Qianjiang, which extends it.
  await sql`update directory.organisation set authority = 'chongqing' where id = ${world.city.id}`.execute(house.owner)
  city = await at.office('trainer-city', 'trainer', world.city)
})
afterAll(() => at?.close())

const below = (how: string) => (text: string) => text.replace(`id: ${TOTAL}\n`, `id: ${TOTAL}\n    below: ${how}\n`)
const figures =
  (values: string, permission = '') =>
  (text: string) =>
    `${text}
  - id: ${TOTAL}
    title: { zh: 五年周期学分下限, en: Least credits in a five-year cycle }
    unit: credit${permission}
    values:
${values}
`
const own =
  figures(`      - { from: 2019-01-01, value: 121, confidence: F, clause: { document: 区办法, article: 第三条 } }
      - { from: 2024-01-01, value: 126, confidence: U, note: 试 }
      - { from: 2025-01-01, value: 140, confidence: F, clause: { document: 区新办法 } }`)

const beneath = async (parameters: Record<string, { value: unknown }>, from = DAY) => {
  const made = await city.createDraft({ orgId: at.world.city.id, title: '提高下限', from, basis: BASIS, parameters })
  return { draftId: made.draftId, ...(await city.draft(made)).beneath }
}
const load = () => loadPacks(at.house.owner, facts, at.folder)

it('names what a district says of a figure from the day on, with its clause', async () => {
  expect(await beneath({ [TOTAL]: { value: 130 } })).toMatchObject({ figures: [], sets: [] })
  await at.withFiles({ 'qianjiang/parameters/training.yaml': own }, async () => {
    await load()
    const { figures: found, draftId } = await beneath({ [TOTAL]: { value: 130 } })
    expect(found.map(({ authority, from, value, clause, breaks }) => [authority, from, value, clause, breaks])).toEqual(
      [
        ['qianjiang', '2019-01-01', 121, { document: '区办法', article: '第三条' }, null],
        ['qianjiang', '2024-01-01', 126, null, null],
        ['qianjiang', '2025-01-01', 140, { document: '区新办法' }, null],
      ],
    )
    expect(found[0]).toMatchObject({ authorityName: { zh: '重庆市黔江区' }, unit: 'credit' })
    expect((await beneath({ [TOTAL]: { value: 130 } }, '2024-06-01')).figures.map(({ value }) => value)).toEqual([
      126, 140,
    ])
    await city.withdrawDraft({ draftId })
    expect((await city.draft({ draftId })).beneath.figures).toEqual([])
  })
})

it('tells which of them would not keep to what the city leaves open', async () => {
  const chongqing = 'chongqing/parameters/training.yaml'
  const qianjiang = 'qianjiang/parameters/training.yaml'
  const breaking = async (how: string, permission = '') => {
    let found: (readonly [number, string | null])[] = []
    const values = (text: string) => own(text).replace('unit: credit\n', `unit: credit${permission}\n`)
    await at.withFiles({ [chongqing]: below(how), [qianjiang]: permission ? values : own }, async () => {
      await load()
      const all = (await beneath({ [TOTAL]: { value: 130 } })).figures
      found = all.map(({ value, breaks }) => [value as number, breaks] as const)
    })
    return found
  }
  expect(await breaking('raise')).toEqual([
    [121, 'raise'],
    [126, 'raise'],
    [140, null],
  ])
  expect(await breaking('raise', '\n    permission: { document: 批复 }')).toEqual([
    [121, null],
    [126, null],
    [140, null],
  ])
})

it('names a rule that stands in the place of the city’s, and one that a raised figure leaves looser', async () => {
  const set = (id: string, least: number, test: string) => `requirements:
  - id: ${id}
    title: { zh: 学分, en: Credits }
    about: person
    extends: { how: replaces }
    versions:
      - { from: 2020-01-01, needs: { all: [{ id: total, says: { zh: 学分不少于 ${least}, en: Least }, clause: { document: 区规定 }, confidence: F, test: ${test} }] } }
`
  const upper = `requirements:
  - id: training.own
    title: { zh: 学分, en: Credits }
    about: person
    versions:
      - { from: 2020-01-01, needs: { all: [{ id: total, says: { zh: 学分达标, en: Enough }, clause: { document: 市规定 }, confidence: F, test: credits.cycle >= param.${TOTAL} }] } }
`
  const written = {
    'chongqing/requirements/own.yaml': () => upper,
    'qianjiang/requirements/own.yaml': () => set('training.own', 125, 'credits.cycle >= 125'),
  }
  await at.withFiles(written, async () => {
    await load()
    const sets = async (value: number) =>
      (await beneath({ [TOTAL]: { value } })).sets.map(({ id, clause, loosened }) => [id, clause, loosened])
    const clause = { document: '区规定' }
    expect(await sets(124)).toEqual([['training.own', clause, []]])
    expect(await sets(130)).toEqual([['training.own', clause, [{ zh: '学分达标', en: 'Enough' }]]])
    expect((await beneath({ 'training.credit.self_study_cap': { value: 10 } })).sets).toEqual([])
  })
})
