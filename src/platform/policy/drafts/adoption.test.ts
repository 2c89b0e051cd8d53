/** Drafts through the API, as the people of a district, and what of them is in force afterwards. */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { refusalOf, type World } from '../../../../test/harness/world.ts'
import { newId } from '../../../base/ids.ts'
import type { Caller } from '../../../server/caller.ts'
import type { OpenHouse } from '../../../server/house.ts'
import { facts } from '../../../server/modules.ts'
import { moveClock, transact } from '../../db/index.ts'
import { post } from '../../ledger/index.ts'
import { loadPacks } from '../index.ts'
import { comparePacks } from '../library/versions.ts'
import { parameters, rulesOf, versionsOf } from '../queries.ts'
import { type DraftHouse, openDraftHouse } from './drafts.fixture.ts'

const TOTAL = 'training.credit.cycle_total'
const BASIS = { document: '关于调整教师培训学分要求的通知', number: '测教〔2023〕8号', article: '第二条' }
const DAY = '2023-09-01'

let at: DraftHouse
let house: OpenHouse
let world: World
let trainer: Caller['policy']
let commission: Caller['policy']
let second: Caller['policy']
let folder: string
let everywhere: DraftHouse['everywhere']
beforeAll(async () => {
  at = await openDraftHouse(3)
  ;({ house, world, trainer, commission, folder, everywhere } = at)
  second = await at.office('commission-2', 'commission', world.district)
  const { id } = world.teachers[0]![0]!
  await everywhere((act) =>
    post(act, [
      {
        personId: id,
        creditYear: 2022,
        occurredOn: '2022-05-01',
        kind: 'concentrated',
        level: 'district',
        hours: '375',
        credits: '125',
        title: '骨干培训',
        source: { kind: 'test', id: newId() },
      },
    ]),
  )
})
afterAll(() => at?.close())

const figure = (asOf: string, knownOn?: string) =>
  everywhere(async (act) => (await parameters(act, 'qianjiang', knownOn ? { knownOn } : {})).value(TOTAL, asOf))
const drafted = (by: Caller['policy'], value: unknown, from = DAY) =>
  by.createDraft({
    orgId: world.district.id,
    title: '提高周期学分下限',
    why: '对标市级要求',
    from,
    basis: BASIS,
    parameters: { [TOTAL]: { value } },
  })
/** Made and submitted by one, ready for another. */
const submitted = async (by: Caller['policy'], value: unknown, from = DAY) => {
  const { draftId, revision } = await drafted(by, value, from)
  return { draftId, ...(await by.submitDraft({ draftId, revision })) }
}

describe('a draft', () => {
  it('is its maker’s alone until it is shared, and is read, not written, by whom it is shared with', async () => {
    const { draftId, revision } = await drafted(trainer, 130)
    expect((await trainer.drafts({ show: 'mine' })).map(({ id }) => id)).toContain(draftId)
    expect(await refusalOf(commission.draft({ draftId }))).toBe('not_found not_found')
    const [colleague] = (await trainer.draftColleagues({ draftId })).filter(({ name }) => name === 'commission')
    await trainer.shareDraft({ draftId, accounts: [{ accountId: colleague!.accountId, mayEdit: false }] })
    const read = await commission.draft({ draftId })
    expect(read).toMatchObject({
      title: '提高周期学分下限',
      shared: true,
      mine: false,
      may: { edit: false, decide: false },
    })
    expect(read.parameters[0]).toMatchObject({
      id: TOTAL,
      value: 130,
      unit: 'credit',
      clause: BASIS,
      now: { value: 120 },
    })
    expect(await refusalOf(commission.saveDraft({ draftId, revision, title: '另一个题目' }))).toBe(
      'refused policy.draft_not_yours',
    )
    await trainer.shareDraft({ draftId, accounts: [{ accountId: colleague!.accountId, mayEdit: true }] })
    await commission.saveDraft({ draftId, revision, title: '另一个题目' })
    expect(await refusalOf(trainer.saveDraft({ draftId, revision, title: '旧页面' }))).toBe(
      'conflict policy.draft_changed',
    )
    expect(await refusalOf((await world.as('trainer@other')).policy.draft({ draftId }))).toBe('not_found not_found')
  })

  it('may be shared only with colleagues in scope', async () => {
    const { draftId } = await drafted(trainer, 130)
    const accounts = [{ accountId: world.accounts['commission@other']!, mayEdit: false }]
    expect(await refusalOf(trainer.shareDraft({ draftId, accounts }))).toBe('invalid policy.draft_not_colleague')
  })

  it('takes only figures of the form that they have', async () => {
    const of = (parameters: Record<string, { value: unknown }>) =>
      refusalOf(trainer.createDraft({ orgId: world.district.id, title: '试写', from: DAY, parameters }))
    expect(await of({ [TOTAL]: { value: -1 } })).toBe('invalid policy.bad_value')
    expect(await of({ [TOTAL]: { value: '很多' } })).toBe('invalid policy.bad_value')
    expect(await of({ [TOTAL]: { value: { public_compulsory: 6 } } })).toBe('invalid policy.bad_value')
    expect(await of({ 'training.credit.nothing': { value: 1 } })).toBe('invalid policy.draft_no_parameter')
  })

  it('is refused under the titles that people know, not under ids alone', async () => {
    const of = (id: string, value: unknown) =>
      trainer.createDraft({ orgId: world.district.id, title: '试写', from: DAY, parameters: { [id]: { value } } }).then(
        () => null,
        (error: { data: Record<string, unknown> }) => error.data.parameter,
      )
    expect(await of(TOTAL, -1)).toEqual({
      id: TOTAL,
      zh: `“五年周期学分下限”（${TOTAL}）`,
      en: `“Least credits in a five-year cycle” (${TOTAL})`,
    })
    // Held by another authority only: this one's drafts cannot change it, its title is known all the same.
    expect(await of('pay.rural_allowance', 1)).toMatchObject({ zh: expect.stringContaining('“') })
    expect(await of('training.credit.nothing', 1)).toMatchObject({ zh: '“training.credit.nothing”' })
  })

  it('keeps to what a higher authority leaves open, or names the clause that permits more', async () => {
    const raised = (text: string) => text.replace(`id: ${TOTAL}\n`, `id: ${TOTAL}\n    below: raise\n`)
    await at.withFiles({ 'chongqing/parameters/training.yaml': raised }, async () => {
      await loadPacks(house.owner, facts, folder)
      const of = (figure: { value: unknown; permission?: typeof BASIS }) =>
        refusalOf(
          trainer.createDraft({
            orgId: world.district.id,
            title: '降低下限',
            from: DAY,
            parameters: { [TOTAL]: figure },
          }),
        )
      expect(await of({ value: 110 })).toBe('refused policy.draft_not_left_open')
      expect(await of({ value: 121 })).toBe('done')
      expect(await of({ value: 110, permission: BASIS })).toBe('done')
    })
  })

  it('of rules that hold for others as well is refused', async () => {
    const others = (await world.as('trainer@other')).policy
    const draft = { orgId: world.other.id, title: '改市里的规定', from: DAY, parameters: { [TOTAL]: { value: 1 } } }
    expect(await refusalOf(others.createDraft(draft))).toBe('refused policy.draft_beyond')
    expect(await refusalOf(trainer.createDraft({ ...draft, orgId: world.other.id }))).toBe('not_found not_found')
  })

  it('is tried and explained by its id while what is in force stays', async () => {
    const { draftId } = await drafted(trainer, 130)
    const ask = { set: 'training.credit.cycle', orgId: world.district.id }
    const met = (rows: { before: string; after: string; people: number }[], when: 'before' | 'after') =>
      rows.filter((row) => row[when] === 'met').reduce((sum, { people }) => sum + people, 0)
    const { rows, parameters: used } = await trainer.whatIf({ ...ask, draftId })
    expect([met(rows, 'before'), met(rows, 'after')]).toEqual([1, 0])
    expect(used.find(({ id }) => id === TOTAL)).toMatchObject({ value: 120, changed: 130 })
    const over = await trainer.whatIf({ ...ask, draftId, changes: { [TOTAL]: 125 } })
    expect(met(over.rows, 'after')).toBe(1)
    const personId = world.teachers[0]![0]!.id
    const now = await trainer.explain({ set: ask.set, personId })
    const then = await trainer.explain({ set: ask.set, personId, draftId })
    expect([now.outcome, then.outcome]).toEqual(['met', 'unmet'])
    expect(then.parameters.find(({ id }) => id === TOTAL)).toMatchObject({
      value: 130,
      packVersion: 'draft',
      clause: BASIS,
    })
    expect(await refusalOf(second.whatIf({ ...ask, draftId }))).toBe('not_found not_found')
  })

  it('compares with others beside what is in force', async () => {
    const [mild, harsh] = [await drafted(trainer, 125), await drafted(trainer, 200)]
    const compared = await trainer.compareDrafts({ draftIds: [mild.draftId, harsh.draftId] })
    expect(compared.figures).toMatchObject([
      {
        id: TOTAL,
        now: { value: 120 },
        drafts: { [mild.draftId]: { value: 125, clause: BASIS }, [harsh.draftId]: { value: 200, clause: BASIS } },
      },
    ])
    const cycle = compared.sets.find(({ id }) => id === 'training.credit.cycle')!
    expect(cycle).toMatchObject({ people: 6, met: 1 })
    expect(cycle.drafts[mild.draftId]).toMatchObject({ after: 1, lose: 0 })
    expect(cycle.drafts[harsh.draftId]).toMatchObject({ after: 0, lose: 1 })
  })
})

describe('submitting', () => {
  it('asks for changes and for the document that they rest on', async () => {
    const empty = await trainer.createDraft({ orgId: world.district.id, title: '空的', from: DAY, basis: BASIS })
    expect(await refusalOf(trainer.submitDraft(empty))).toBe('refused policy.draft_empty')
    const bare = await trainer.createDraft({
      orgId: world.district.id,
      title: '无依据',
      from: DAY,
      parameters: { [TOTAL]: { value: 121 } },
    })
    expect(await refusalOf(trainer.submitDraft(bare))).toBe('refused policy.draft_no_basis')
    await trainer.submitDraft({ ...bare, basis: BASIS })
    expect((await trainer.draft(bare)).basis).toEqual(BASIS)
    await trainer.takeBackDraft(bare)
  })

  it('keeps the effect beside it, tells the commission, and can be sent back with a reason and come again', async () => {
    const { draftId, revision } = await submitted(trainer, 130)
    const todo = async () =>
      (await (await world.as('commission@district')).desk.inbox({ kind: 'todo', open: true })).rows.filter(
        ({ link }) => link === `/policy/drafts/${draftId}`,
      )
    expect(await todo()).toMatchObject([{ code: 'policy.todo.adopt', data: { from: DAY } }])
    const read = await commission.draft({ draftId })
    expect(read).toMatchObject({ state: 'submitted', waiting: true, stale: false, may: { decide: true } })
    expect(read.effect!.sets.find(({ set }) => set === 'training.credit.cycle')).toMatchObject({
      before: 1,
      after: 0,
      lose: 1,
    })
    expect(await refusalOf(trainer.saveDraft({ draftId, revision, title: '偷改' }))).toBe(
      'conflict policy.draft_not_open',
    )
    await commission.sendBackDraft({ draftId, reason: '请补充测算说明' })
    expect(await todo()).toEqual([])
    const back = await (await world.as('trainer@district')).desk.inbox({ kind: 'todo', open: true })
    expect(back.rows).toMatchObject([{ code: 'policy.todo.draft_back', data: { reason: '请补充测算说明' } }])
    const again = await trainer.draft({ draftId })
    expect(again.steps.map(({ act, note }) => [act, note])).toEqual([
      ['made', null],
      ['submitted', null],
      ['sent_back', '请补充测算说明'],
    ])
    await trainer.submitDraft({ draftId, revision: again.revision, from: '2023-10-01' })
    expect((await commission.draft({ draftId })).from).toBe('2023-10-01')
    await trainer.takeBackDraft({ draftId })
    expect(await refusalOf(commission.adoptDraft({ draftId, revision: again.revision + 1 }))).toBe(
      'conflict policy.draft_not_submitted',
    )
    await trainer.withdrawDraft({ draftId })
    expect(await refusalOf(trainer.submitDraft({ draftId, revision: again.revision + 2 }))).toBe(
      'conflict policy.draft_not_open',
    )
  })
})

describe('the second person', () => {
  it('is nobody who made, edited or submitted it', async () => {
    const own = await submitted(commission, 126)
    const asked = async (login: string) =>
      (await (await world.as(login)).desk.inbox({ kind: 'todo', open: true })).rows.filter(
        ({ link }) => link === `/policy/drafts/${own.draftId}`,
      ).length
    expect([await asked('commission@district'), await asked('commission-2')]).toEqual([0, 1])
    expect((await commission.draft(own)).adopters).toBe(1)
    const only = { account: world.accounts['commission-2']! }
    await sql`update access.account set disabled_at = now() where id = ${only.account}`.execute(house.owner)
    expect((await commission.draft(own)).adopters).toBe(0)
    await sql`update access.account set disabled_at = null where id = ${only.account}`.execute(house.owner)
    expect(await refusalOf(commission.adoptDraft(own))).toBe('refused policy.draft_own')
    expect(await refusalOf(commission.sendBackDraft({ ...own, reason: '自己退回' }))).toBe('refused policy.draft_own')
    expect(await refusalOf(trainer.adoptDraft(own))).toBe('forbidden access.forbidden')
    await commission.takeBackDraft(own)

    const { draftId } = await drafted(trainer, 127)
    await trainer.shareDraft({
      draftId,
      accounts: [{ accountId: world.accounts['commission@district']!, mayEdit: true }],
    })
    const edited = await commission.saveDraft({ draftId, revision: 1, parameters: { [TOTAL]: { value: 128 } } })
    const later = await trainer.saveDraft({ draftId, revision: edited.revision, title: '小改题目' })
    const sent = await trainer.submitDraft({ draftId, revision: later.revision })
    expect(await refusalOf(commission.adoptDraft({ draftId, ...sent }))).toBe('refused policy.draft_own')
    expect(await refusalOf((await world.as('commission@other')).policy.adoptDraft({ draftId, ...sent }))).toBe(
      'not_found not_found',
    )
    await trainer.takeBackDraft({ draftId })
  })

  it('is asked for by the database as well', async () => {
    const { draftId, revision } = await submitted(commission, 126)
    const account = world.accounts['commission@district']!
    const asMaker = {
      actor: { account, person: null, name: 'x' },
      scope: { paths: [world.district.path], self: false },
    }
    const content = JSON.stringify({ parameters: [], values: [], requirements: [] })
    await expect(
      transact(house.db, { ...asMaker, permission: 'policy.adopt' }, (act) =>
        sql`select policy.adopt(${draftId}, ${revision}, 'qianjiang@forged', ${content}::jsonb)`.execute(act.tx),
      ),
    ).rejects.toThrow('second_person')
    const within = (statement: string) =>
      transact(house.db, { ...asMaker, permission: 'policy.draft' }, (act) => sql.raw(statement).execute(act.tx))
    await expect(within(`update policy.draft set editors = '{}'`)).rejects.toThrow('permission denied')
    await expect(within(`update policy.draft set state = 'adopted'`)).rejects.toThrow(/row-level security|check/)
    await expect(within(`insert into policy.pack values ('qianjiang', 'x', now(), 'adopted')`)).rejects.toThrow(
      'permission denied',
    )
    await expect(sql`update policy.in_force set since = now()`.execute(house.owner)).rejects.toThrow('append-only')
    await commission.takeBackDraft({ draftId })
  })
})

describe('adoption', () => {
  it('holds from its day on, is known from now on, and leaves everything else as it was', async () => {
    const file = await figure('2023-06-01')
    const { draftId, revision } = await submitted(trainer, 130)
    const stale = await submitted(trainer, 140)
    await moveClock(house.owner, new Date('2023-03-10T01:00:00Z'))
    const { version, from } = await commission.adoptDraft({ draftId, revision })
    expect(version).toMatch(/^qianjiang@[0-9a-f]{12}$/)
    expect(from).toBe(DAY)
    expect(await figure('2023-08-31')).toEqual(file)
    expect(await figure(DAY)).toMatchObject({
      value: 130,
      clause: BASIS,
      confidence: 'S',
      packVersion: version,
      from: DAY,
    })
    const held = await everywhere(async (act) => {
      const [, ...files] = await versionsOf(act, 'qianjiang')
      return comparePacks(act, { before: files[0]!, after: version })
    })
    expect([held.parameters.map(({ id }) => id), held.sets, held.cases]).toEqual([[TOTAL], [], []])
    // What is drafted for a later day is measured on that day, against what was adopted to hold by then.
    const next = await drafted(trainer, 140, '2023-12-01')
    expect(await trainer.compareDrafts({ draftIds: [next.draftId] })).toMatchObject({
      asOf: '2023-12-01',
      figures: [{ id: TOTAL, now: { value: 130 } }],
      sets: expect.arrayContaining([expect.objectContaining({ id: 'training.credit.cycle', met: 0 })]),
    })
    // Nobody knew it the day before, nor at the instant before.
    expect((await figure(DAY, '2023-03-09')).value).toBe(120)
    expect((await figure(DAY, '2023-03-10')).value).toBe(130)
    expect((await figure(DAY, '2023-03-10T00:59:59Z')).value).toBe(120)
    const { personId, set } = { personId: world.teachers[0]![0]!.id, set: 'training.credit.cycle' }
    expect((await trainer.explain({ personId, set, asOf: '2023-08-31' })).outcome).toBe('met')
    const after = await trainer.explain({ personId, set, asOf: DAY })
    expect(after.outcome).toBe('unmet')
    expect(after.parameters[0]).toMatchObject({ id: TOTAL, value: 130, packVersion: version, clause: BASIS })
    expect((await trainer.explain({ personId, set, asOf: DAY, knownOn: '2023-03-09' })).outcome).toBe('met')

    const desk = (await world.as('principal@0')).desk
    expect((await desk.inbox({})).rows).toMatchObject([{ code: 'policy.message.draft_adopted' }])
    const { rows: trail } = await sql<{ actor: string }>`select e.actor from audit.event e
      where e.action = 'policy.draft_adopted' and e.subject_id = ${draftId}`.execute(house.owner)
    expect(trail).toEqual([{ actor: 'commission' }])
    expect(await trainer.draft({ draftId })).toMatchObject({
      state: 'adopted',
      version,
      may: { edit: false, withdraw: false },
    })

    // What was written over the layers of before must be looked at again.
    expect(await refusalOf(commission.adoptDraft(stale))).toBe('conflict policy.draft_stale')
    await trainer.takeBackDraft(stale)
    expect(await refusalOf(trainer.submitDraft({ draftId: stale.draftId, revision: stale.revision + 1 }))).toBe(
      'conflict policy.draft_stale',
    )
    const renewed = await trainer.renewDraft({ draftId: stale.draftId, revision: stale.revision + 1 })
    const again = await trainer.submitDraft({ draftId: stale.draftId, ...renewed, from: '2024-01-01' })
    await commission.adoptDraft({ draftId: stale.draftId, ...again })
    expect((await figure('2023-12-31')).value).toBe(130)
    expect((await figure('2024-01-01')).value).toBe(140)
    expect((await figure(DAY, '2023-03-10T00:59:59Z')).value).toBe(120)
  })

  it('what is adopted last says what holds from its day on, and “no limit” can be adopted', async () => {
    await commission.adoptDraft(await submitted(trainer, 135, '2023-12-01'))
    expect((await figure('2023-11-30')).value).toBe(130)
    expect((await figure('2024-06-01')).value).toBe(135)
    const cap = 'training.credit.self_study_cap'
    const { draftId, revision } = await trainer.createDraft({
      orgId: world.district.id,
      title: '自修不设限',
      from: '2023-05-01',
      basis: BASIS,
      parameters: { [cap]: { value: 10 } },
    })
    await commission.adoptDraft({ draftId, ...(await trainer.submitDraft({ draftId, revision })) })
    const reader = () => everywhere((act) => parameters(act, 'qianjiang'))
    expect((await reader()).value(cap, '2023-05-01').value).toBe(10)
    const open = await trainer.createDraft({
      orgId: world.district.id,
      title: '自修不设限',
      from: '2023-06-01',
      basis: BASIS,
      parameters: { [cap]: { value: null } },
    })
    await commission.adoptDraft({ draftId: open.draftId, ...(await trainer.submitDraft(open)) })
    expect((await reader()).value(cap, '2023-06-01').value).toBeNull()
    expect((await reader()).value(TOTAL, '2024-06-01').value).toBe(135)
  })

  it('of two at once brings one into force and refuses the other', async () => {
    const [one, other] = [await submitted(trainer, 151), await submitted(trainer, 152)]
    const answers = await Promise.all([refusalOf(commission.adoptDraft(one)), refusalOf(second.adoptDraft(other))])
    expect(answers.sort()).toEqual(['conflict policy.draft_stale', 'done'])
    const third = await submitted(trainer, 153)
    const twice = await Promise.all([refusalOf(commission.adoptDraft(third)), refusalOf(second.adoptDraft(third))])
    expect(twice.sort()).toEqual(['conflict policy.draft_not_submitted', 'done'])
    expect((await figure(DAY)).value).toBe(153)
  })

  it('survives the same files and newer ones, and refuses files that it does not fit', async () => {
    const held = await figure(DAY)
    const versions = () => everywhere((act) => versionsOf(act, 'qianjiang'))
    const before = await versions()
    expect((await loadPacks(house.owner, facts, folder)).every(({ changed }) => !changed)).toBe(true)
    expect(await versions()).toEqual(before)
    const file = join(folder, 'qianjiang/parameters/training.yaml')
    const text = await readFile(file, 'utf8')
    await writeFile(file, text.replace('name: { zh: 送培率', 'name: { zh: 选派率'))
    expect((await loadPacks(house.owner, facts, folder)).filter(({ changed }) => changed)).toHaveLength(1)
    expect(await figure(DAY)).toEqual(held)
    const [adopted, below] = await versions()
    expect([adopted, below === before[1]]).toEqual([before[0], false])
    const unit = `${text}
  - id: ${TOTAL}
    title: { zh: 五年周期学分下限, en: Least credits in a five-year cycle }
    unit: hour
    values:
      - { from: 2019-01-01, value: 360, confidence: U, note: 试 }
`
    await writeFile(file, unit)
    await expect(loadPacks(house.owner, facts, folder)).rejects.toMatchObject({ code: 'policy.pack_invalid' })
    expect(await versions()).toEqual([adopted, below, ...before.slice(2)])
    await writeFile(file, text)
    await loadPacks(house.owner, facts, folder)
    expect(await versions()).toEqual(before)
  })
})

describe('a set in a draft', () => {
  const SET = 'training.credit.cycle'
  type Declared = { versions: { from: string; needs: { all: { id: string; test: string }[] } }[] }

  it('is edited as it holds, checked like a pack, tried, and comes into force from its day', async () => {
    const made = await trainer.createDraft({
      orgId: world.district.id,
      title: '改条件',
      from: '2024-03-01',
      basis: BASIS,
    })
    const { declared, changed } = await trainer.draftSet({ draftId: made.draftId, set: SET })
    expect(changed).toBe(false)
    const edit = (test: string) => {
      const copy = structuredClone(declared) as Declared
      expect(copy.versions.map(({ from }) => from)).toEqual(['2024-03-01'])
      copy.versions[0]!.needs.all[0]!.test = test
      return copy
    }
    const wrong = trainer.saveDraftSet({ ...made, declared: edit('credits.cycle >= credits.nothing') })
    await expect(wrong).rejects.toMatchObject({
      data: {
        code: 'policy.draft_set_invalid',
        count: 1,
        problems: [{ condition: 'total', path: 'versions.0.needs.all.0.test', line: 1, column: 18 }],
      },
    })
    await expect(trainer.saveDraftSet({ ...made, declared: { id: SET } })).rejects.toMatchObject({
      data: { code: 'policy.draft_set_invalid' },
    })
    const loose = { ...edit('credits.cycle >= 1'), extends: undefined }
    await expect(trainer.saveDraftSet({ ...made, declared: loose })).rejects.toMatchObject({
      data: { problems: [{ condition: null, path: 'extends' }] },
    })
    const later = structuredClone(declared) as Declared
    later.versions[0]!.from = '2025-01-01'
    expect(await refusalOf(trainer.saveDraftSet({ ...made, declared: later }))).toBe('invalid policy.draft_set_undated')

    const saved = await trainer.saveDraftSet({ ...made, declared: edit('credits.cycle >= 500') })
    const { draftId } = made
    const changes = async () => (await trainer.draft({ draftId })).sets.map(({ id, change }) => [id, change!.versions])
    const changedTo = [
      [
        SET,
        [
          {
            from: '2024-03-01',
            how: 'changed',
            fields: [],
            conditions: [
              expect.objectContaining({
                id: 'total',
                how: 'changed',
                fields: [
                  {
                    field: 'test',
                    before: (declared as Declared).versions[0]!.needs.all[0]!.test,
                    after: 'credits.cycle >= 500',
                  },
                ],
              }),
            ],
          },
        ],
      ],
    ]
    expect(await changes()).toEqual(changedTo)
    const effect = await trainer.compareDrafts({ draftIds: [draftId] })
    expect(effect.sets.find(({ id }) => id === SET)!.drafts[draftId]).toMatchObject({ after: 0 })
    const sent = await trainer.submitDraft({ draftId, ...saved, from: '2024-04-01' })
    const { version } = await commission.adoptDraft({ draftId, ...sent })
    const tests = (asOf: string) =>
      everywhere(async (act) => {
        const { layers } = (await rulesOf(act, 'qianjiang', facts)).get(SET, asOf)
        return layers.map((layer) => [
          layer.authority,
          layer.packVersion === version,
          JSON.stringify(layer).includes('500'),
        ])
      })
    // Adopted, it still tells what it changed.
    expect(JSON.stringify(await changes())).toContain('credits.cycle >= 500')
    const before = await tests('2024-03-31')
    expect(before.some(([, own]) => own)).toBe(false)
    expect((await tests('2024-04-01'))[0]).toEqual(['qianjiang', true, true])
  })
})
