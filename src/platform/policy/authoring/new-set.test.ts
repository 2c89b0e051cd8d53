/** A rule that nobody had, written in a draft: checked with its place and in people's words, tried by its own cases, adopted, and taken out again. */
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestHouse } from '../../../../test/harness/house.ts'
import { buildWorld, refusalOf, type World } from '../../../../test/harness/world.ts'
import type { Caller } from '../../../server/caller.ts'
import type { OpenHouse } from '../../../server/house.ts'

const BASIS = { document: '关于教师外出研修的规定', number: '测教〔2023〕9号' }
const SET = 'training.away'
const DAY = '2023-09-01'
const words = (zh: string) => ({ zh, en: zh })
const condition = (id: string, test: string) => ({
  ...{ id, says: words(`条件${id}`), confidence: 'S', clause: BASIS, test },
})
const grade = (id: string, test: string) => ({ id, title: words(id), when: { all: [condition(`${id}_when`, test)] } })
const written = (version: object = {}) => ({
  ...{ id: SET, title: words('外出研修'), about: 'person' },
  versions: [
    {
      from: DAY,
      needs: { all: [condition('enough', 'credits.cycle >= 60')] },
      grades: [grade('failed', 'credits.cycle < 20'), grade('deferred', 'credits.cycle < 40')],
      consequences: [{ says: words('不得外出'), clause: BASIS }],
      ...version,
    },
  ],
})
const worked = (name: string, credits: string, outcome: string) => ({
  ...{ name, on: DAY, outcome, facts: { 'credits.cycle': credits } },
})

let house: OpenHouse
let world: World
let policy: Caller['policy']
beforeAll(async () => {
  house = await openTestHouse()
  world = await buildWorld(house, 1)
  await sql`update directory.organisation set authority = 'chongqing' where id = ${world.other.id}`.execute(house.owner)
  policy = (await world.as('trainer@district')).policy
})
afterAll(() => house?.close())

const make = () => policy.createDraft({ orgId: world.district.id, title: '新增规定', from: DAY, basis: BASIS })
const wrong = async (declared: unknown, cases: ReturnType<typeof worked>[] = []) =>
  (await policy.checkSet({ draftId: (await make()).draftId, declared, added: true, cases })).problems

it('is told everything that is wrong at once, at its deepest place, and what is only empty apart', async () => {
  const empty = { id: 'x', says: words(''), confidence: 'S', clause: { document: '' }, test: '' }
  const problems = await wrong(
    written({ needs: { all: [condition('a', 'credits.cycle >= 1'), { any: [empty, { at_least: 1, of: [] }] }] } }),
  )
  const at = 'versions.0.needs.all.1.any'
  expect(problems.map(({ path, zh, missing }) => [path, zh, missing])).toEqual([
    [`${at}.0.says.zh`, '请填写', true],
    [`${at}.0.says.en`, '请填写', true],
    [`${at}.0.clause.document`, '请填写', true],
    [`${at}.0.test`, '请填写', true],
    [`${at}.1.of`, '至少要有一项', true],
  ])
  expect(problems.map(({ condition: one }) => one)).toEqual(['x', 'x', 'x', 'x', null])
  const [misread] = await wrong(written({ needs: { all: [condition('a', 'credits.cycle >= credit.least')] } }))
  expect(misread).toMatchObject({ path: 'versions.0.needs.all.0.test', condition: 'a', column: 18, missing: false })
  expect((await wrong({ ...written(), id: 'Away' }))[0]).toMatchObject({ path: 'id' })
})

it('has conditions of different names, and may not take the name of a rule that there is', async () => {
  const twice = written({ needs: { all: [condition('a', 'true'), condition('a', 'true')] } })
  expect(await wrong(twice)).toMatchObject([{ path: 'versions.0.needs.all.1.id' }])
  const taken = await wrong({ ...written(), id: 'training.credit.cycle' })
  expect(taken).toMatchObject([{ path: 'id', zh: expect.stringContaining('《五年周期学分达标》') }])
})

it('says of authorities, conditions and days what people call them', async () => {
  const made = await make()
  const set = 'training.credit.cycle'
  const { declared, above, added } = await policy.draftSet({ ...made, set })
  expect({ above, added }).toEqual({ above: { zh: '重庆市', en: expect.any(String) }, added: false })
  type Open = { extends?: object; versions: { needs: { all: { test: string }[] } }[] }
  const open = structuredClone(declared) as Open
  delete open.extends
  const [silent] = (await policy.checkSet({ ...made, declared: open })).problems
  expect(silent).toMatchObject({ path: 'extends', zh: expect.stringMatching(/^重庆市已有同名规定/) })
  open.extends = { how: 'replaces' }
  open.versions[0]!.needs.all[0]!.test = 'credits.cycle >= 1'
  const [looser] = (await policy.checkSet({ ...made, declared: open })).problems
  expect(looser!.path).toBe('extends.permission')
  expect(looser!.zh).toContain('自2023年9月1日起，不能证明不低于重庆市的规定')
  expect(looser!.en).toMatch(/^it cannot be proved from 1 September 2023/)
  expect(`${looser!.zh}${looser!.en}`).not.toMatch(/chongqing|condition total/)
})

it('is tried by cases of its own, which name facts and outcomes that there are', async () => {
  const made = await make()
  const cases = [worked('过低', '10', 'failed'), worked('不足', '30', 'deferred'), worked('差一点', '59', 'met')]
  const ran = await policy.runCases({ ...made, set: SET, declared: written(), cases })
  expect(ran.cases.map(({ name, after }) => [name, after])).toEqual([
    ['差一点', false],
    ['过低', true],
    ['不足', true],
  ])
  expect(ran.cases[0]!.differs).toEqual([{ what: 'outcome', wanted: 'met', found: 'unmet' }])
  const strange = { ...worked('', '很多', 'nothing'), facts: { 'credits.cycle': '很多', 'credits.none': 1 } }
  expect((await wrong(written(), [strange])).map(({ path }) => path)).toEqual([
    'cases.0.name',
    'cases.0.outcome',
    'cases.0.facts.credits.cycle',
    'cases.0.facts.credits.none',
  ])
})

it('is saved with its cases, comes into force with them, and judges from its day on', async () => {
  const made = await make()
  const cases = [worked('不足', '30', 'deferred')]
  const saved = await policy.saveDraftSet({ ...made, declared: written(), added: true, cases })
  const read = await policy.draftSet({ ...made, set: SET })
  expect(read).toMatchObject({ changed: true, added: true, above: null, cases })
  // What is saved again without cases keeps those that it has.
  const again = await policy.saveDraftSet({ ...made, ...saved, declared: written() })
  expect((await policy.runCases({ ...made, set: SET })).cases).toMatchObject([{ name: '不足', after: true }])
  const submitted = await policy.submitDraft({ ...made, ...again })
  // Nobody met it before there was it; what would come of it was reckoned when it was submitted.
  expect((await policy.draft(made)).effect).toMatchObject({
    sets: [{ set: SET, people: 2, before: 0, lose: 0, after: 0 }],
  })
  const commission = (await world.as('commission@district')).policy
  await commission.adoptDraft({ ...made, ...submitted })
  const [kept] = (await policy.runCases({ authority: 'qianjiang', set: SET })).cases
  expect(kept).toMatchObject({ name: '不足', authority: 'qianjiang', before: true })
  const { id: personId } = world.teachers[0]![0]!
  const told = await commission.explain({ personId, set: SET, asOf: '2023-10-01' })
  expect(told).toMatchObject({ outcome: 'failed' })
  // A later draft of the same rule begins with the cases that were adopted.
  const later = await make()
  expect(await policy.draftSet({ ...later, set: SET })).toMatchObject({ changed: false, added: false, cases })
})

it('is gone from the draft when it is taken out, with its cases', async () => {
  const made = await make()
  const declared = { ...written(), id: 'training.gone' }
  const saved = await policy.saveDraftSet({ ...made, declared, cases: [worked('不足', '30', 'deferred')] })
  await policy.dropDraftSet({ ...made, ...saved, set: 'training.gone' })
  expect(await refusalOf(policy.draftSet({ ...made, set: 'training.gone' }))).toBe('not_found not_found')
  expect((await policy.draft(made)).sets).toEqual([])
  const { rows } = await sql<{ cases: object }>`select cases from policy.draft where id = ${made.draftId}`.execute(
    house.owner,
  )
  expect(rows[0]!.cases).toEqual({})
})

it('is nobody else’s to check', async () => {
  const foreign = (await world.as('trainer@other')).policy
  const { draftId } = await make()
  expect(await refusalOf(foreign.checkSet({ draftId, declared: written() }))).toBe('not_found not_found')
})
