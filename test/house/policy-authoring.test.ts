/** Writing conditions in a draft: names to complete, checking with its place, and the worked cases under the draft's rules. */
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Caller } from '../../src/server/caller.ts'
import type { OpenHouse } from '../../src/server/house.ts'
import { openTestHouse } from '../harness/house.ts'
import { buildWorld, refusalOf, type World } from '../harness/world.ts'

const SET = 'training.credit.cycle'
let house: OpenHouse
let world: World
let policy: Caller['policy']
let draftId: string
beforeAll(async () => {
  house = await openTestHouse()
  world = await buildWorld(house, 2)
  await sql`update directory.organisation set authority = 'chongqing' where id = ${world.other.id}`.execute(house.owner)
  policy = (await world.as('trainer@district')).policy
  const { id: orgId } = world.district
  draftId = (await policy.createDraft({ orgId, title: '调整学分', from: '2023-01-01' })).draftId
})
afterAll(() => house?.close())

describe('names', () => {
  it('are facts, parameters with what holds on the draft’s day, and functions with their types', async () => {
    const { facts, parameters, functions } = await policy.words({ draftId })
    expect(facts.find(({ id }) => id === 'credits.cycle')).toMatchObject({
      type: 'number',
      title: { zh: '本周期学分' },
    })
    expect(parameters.find(({ id }) => id === 'training.credit.cycle_total')).toMatchObject({
      type: 'number',
      value: 120,
    })
    // What expressions cannot use is not offered.
    expect(parameters.map(({ id }) => id)).not.toContain('training.credit.hours_per_credit')
    expect(functions.find(({ name }) => name === 'years')).toEqual({
      name: 'years',
      forms: [{ takes: ['date', 'date'], gives: 'number' }],
    })
    expect(functions.map(({ name }) => name)).not.toContain('==')
  })
})

describe('checking', () => {
  const check = (expression: string) => policy.check({ draftId, expression })

  it('says nothing against what can be read, and what it names', async () => {
    expect(await check('credits.cycle >= param.training.credit.cycle_total')).toEqual({
      problems: [],
      type: 'bool',
      facts: ['credits.cycle'],
      parameters: ['training.credit.cycle_total'],
    })
  })

  it.each([
    ['credits.cycel >= 1', 0, 13, 'there is no fact credits.cycel'],
    ['credits.cycle >= param.training.nothing', 17, 39, 'there is no parameter training.nothing'],
    ['credits.cycle + 1', 0, 17, 'must give yes or no, not a number'],
  ])('marks %s', async (expression, start, end, en) => {
    expect((await check(expression)).problems).toEqual([expect.objectContaining({ start, end, en })])
  })

  it('refuses what is no expression, and goes on with what is half typed', async () => {
    expect((await check('credits.cycle >= ')).problems).toHaveLength(1)
    expect((await check('')).problems).toHaveLength(1)
  })
})

describe('cases', () => {
  it('come out as the packs say while the draft changes nothing', async () => {
    const { cases, others } = await policy.runCases({ draftId, set: SET })
    expect(cases.length).toBeGreaterThan(4)
    expect(cases.filter(({ before, after }) => !before || !after)).toEqual([])
    // The rule of 2017 is another one: the draft does not take its place.
    expect(others).toBeGreaterThan(0)
  })

  it('fail where the figures of the draft change the outcome, and say how', async () => {
    const { revision } = await policy.draft({ draftId })
    const parameters = { 'training.credit.cycle_total': { value: 130 } }
    await policy.saveDraft({ draftId, revision, parameters })
    const { cases } = await policy.runCases({ draftId, set: SET })
    expect(cases[0]).toMatchObject({ before: true, after: false })
    expect(cases.flatMap(({ differs }) => differs)).toContainEqual({ what: 'outcome', wanted: 'met', found: 'unmet' })
    expect(cases.filter(({ after }) => after).length).toBeGreaterThan(1)
  })

  it('before the day of the draft are judged by the rules in force, and not broken by it', async () => {
    const { revision } = await policy.draft({ draftId })
    const late = await policy.saveDraft({ draftId, revision, from: '2099-01-01' })
    const { cases, others } = await policy.runCases({ draftId, set: SET })
    expect(cases.length + others).toBeGreaterThan(4)
    expect(cases.filter(({ before, after, governed }) => governed || before !== after)).toEqual([])
    await policy.saveDraft({ draftId, revision: late.revision, from: '2023-01-01' })
  })

  it('run against a set that is not saved yet, and tell what cannot be read in it', async () => {
    const { declared } = await policy.draftSet({ draftId, set: SET })
    const edited = structuredClone(declared) as {
      extends?: object
      versions: { needs: { all: { id: string; test: string }[] } }[]
    }
    const [condition] = edited.versions[0]!.needs.all
    edited.extends = { how: 'tightens' }
    condition!.test = 'credits.cycle >= 1000'
    const { cases } = await policy.runCases({ draftId, set: SET, declared: edited })
    expect(cases.filter(({ before, after }) => before && !after).length).toBeGreaterThan(0)
    condition!.test = 'credits.cycle >= param.nothing.there'
    await expect(policy.runCases({ draftId, set: SET, declared: edited })).rejects.toMatchObject({
      data: { code: 'policy.draft_set_invalid', problems: [expect.objectContaining({ condition: condition!.id })] },
    })
  })

  it('without a draft are those in force', async () => {
    const { cases, others } = await policy.runCases({ authority: 'beijing' })
    expect(cases.length).toBeGreaterThan(5)
    expect(cases.filter(({ after }) => !after)).toEqual([])
    // A case of the country that Beijing judges otherwise is not Beijing’s.
    expect(others).toBeLessThan(cases.length / 2)
  })
})

it('a draft is nobody else’s to try', async () => {
  const foreign = (await world.as('trainer@other')).policy
  for (const call of [
    () => foreign.words({ draftId }),
    () => foreign.check({ draftId, expression: 'true' }),
    () => foreign.runCases({ draftId }),
  ])
    expect(await refusalOf(call())).toBe('not_found not_found')
})
