/** Public notices: what is shown and nothing else, what anybody may do without signing in, and what becomes of objections and appeals. */
import { randomBytes } from 'node:crypto'
import { createRouterClient } from '@orpc/server'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { textOf } from '../../../../test/harness/pdf-text.ts'
import { refusalOf } from '../../../../test/harness/world.ts'
import { router } from '../../../server/modules.ts'
import { moveClock, SYSTEM, transact } from '../../db/index.ts'
import { type CasesHouse, openCasesHouse, simple } from '../flow/cases.fixture.ts'
import { moveOne } from '../flow/move.ts'
import { lockedApplication, openCall } from '../flow/rows.ts'
import { canonical, hashOf } from '../rules/canonical.ts'
import { noticesDaily } from './over.ts'
import { seal, unseal } from './seal.ts'

/** A Wednesday; the fifth working day after it is the next Wednesday. */
const START = '2023-03-01T01:00:00Z'
let at: CasesHouse
beforeAll(async () => {
  at = await openCasesHouse(14, START)
})
afterAll(() => at.house.close())

const office = async (who: string) => (await at.world.as(who)).cases
/** From a machine of its own each time, unless it says from which. */
let machines = 0
const anybody = (ip = `192.0.2.${machines++ % 250}`) =>
  createRouterClient(router, { context: { house: at.house, actor: null, ip } }).cases
const daily = (when: string) =>
  transact(
    at.house.db,
    {
      actor: SYSTEM,
      permission: noticesDaily.permission,
      scope: { paths: [at.world.city.path], self: false },
      at: when,
    },
    noticesDaily.run,
  )
const on = async <R>(when: string, work: () => Promise<R>): Promise<R> => {
  await moveClock(at.house.owner, new Date(when))
  try {
    return await work()
  } finally {
    await moveClock(at.house.owner, new Date(START))
  }
}
let used = 0
/** So many cases that wait at the notice of a fresh call, of teachers of the first school. */
async function waiting(count: number, over: Parameters<typeof simple>[0] = {}, places: [string, number][] = []) {
  const call = await at.publish(simple(over), { places })
  const ids: string[] = []
  for (let n = 0; n < count; n++) {
    const id = await at.apply(call, 0, used++ % 14)
    for (let stage = 0; stage < 2; stage++)
      await at.everywhere(async (act) =>
        moveOne(act, await openCall(act, call), await lockedApplication(act, id), { act: 'pass' }),
      )
    ids.push(id)
  }
  return { call, ids }
}
async function published(count: number, over: Parameters<typeof simple>[0] = {}, places: [string, number][] = []) {
  const { call, ids } = await waiting(count, over, places)
  const trainer = await office('trainer@district')
  const subject = { callId: call, stage: 'notice', orgId: at.world.district.id }
  const { mark } = await trainer.noticePreview(subject)
  return { call, ids, trainer, subject, ...(await trainer.publishNotice({ ...subject, mark })) }
}
const words = '该教师的带教记录与事实不符'

describe('publishing', () => {
  it('shows what the call names and nothing else, for the working days it says', async () => {
    const { ids, code, trainer } = await published(2)
    const notice = (await anybody().publicNotice({ code }))!
    expect(notice).toMatchObject({
      state: 'open',
      open: true,
      anonymous: true,
      listed: { from: '2023-03-01', until: '2023-03-08', days: 5 },
    })
    expect(notice.listed.columns.map(({ key }) => key)).toEqual(['name', 'school'])
    expect(Object.keys(notice.listed.rows[0]!.shown).sort()).toEqual(['name', 'school'])
    expect(JSON.stringify(notice)).not.toMatch(/带教|T000\d\d/)
    for (const id of ids) expect(JSON.stringify(notice)).not.toContain(id)
    const { rows } = await trainer.notices({ limit: 1 })
    expect(rows).toMatchObject([{ code, cases: 2, daysLeft: 5, openObjections: 0, state: 'open' }])
  })
  it('is for the office that the stage names, at its organisation', async () => {
    const { call } = await waiting(1)
    const subject = { callId: call, stage: 'notice', orgId: at.world.district.id }
    for (const [who, outcome] of [
      ['principal@0', 'not_found not_found'],
      ['commission@district', 'not_found not_found'],
      ['trainer@other', 'not_found not_found'],
      ['auditor@district', 'forbidden access.forbidden'],
      [at.world.teachers[0][0]!.account, 'forbidden access.forbidden'],
      ['trainer@district', 'done'],
    ] as const) {
      expect([who, await refusalOf((await office(who)).noticePreview(subject))]).toEqual([who, outcome])
      const due = outcome === 'forbidden access.forbidden' ? [] : await (await office(who)).noticesDue()
      expect([who, due.some(({ callId }) => callId === call)]).toEqual([who, outcome === 'done'])
    }
  })
  it('is refused where the list is not the one that was looked at, and where there is none', async () => {
    const { call, ids } = await waiting(2)
    const trainer = await office('trainer@district')
    const subject = { callId: call, stage: 'notice', orgId: at.world.district.id }
    const { mark } = await trainer.noticePreview(subject)
    await at.everywhere(async (act) =>
      moveOne(act, await openCall(act, call), await lockedApplication(act, ids[0]!), { act: 'withdraw' }),
    )
    expect(await refusalOf(trainer.publishNotice({ ...subject, mark }))).toBe('conflict cases.notice_changed')
    await trainer.publishNotice({ ...subject, mark: (await trainer.noticePreview(subject)).mark })
    expect(await refusalOf(trainer.noticePreview(subject))).toBe('refused cases.notice_empty')
  })
  it('is taken back: the page is gone, and the cases wait to be published again', async () => {
    const { id, code, trainer, subject } = await published(1)
    expect(
      await refusalOf((await office('commission@district')).withdrawNotice({ noticeId: id, reason: '名单有误' })),
    ).toBe('not_found not_found')
    await trainer.withdrawNotice({ noticeId: id, reason: '名单有误' })
    expect(await anybody().publicNotice({ code })).toBeNull()
    expect((await trainer.noticePreview(subject)).listed.rows).toHaveLength(1)
  })
})

describe('the hash', () => {
  it('is that of the content whatever the order of keys, and another one when anything changes', async () => {
    const { code } = await published(2)
    const { listed, hash } = (await anybody().publicNotice({ code }))!
    expect(hashOf(listed)).toBe(hash)
    const check = (copy: string) => anybody().checkNotice({ code, copy })
    const backwards = JSON.stringify(Object.fromEntries(Object.entries(listed).reverse()), null, 2)
    for (const copy of [canonical(listed), backwards, `\ufeff${backwards}`, ` ${hash.toUpperCase()} `])
      expect(await check(copy)).toMatchObject({ same: true })
    const [row, ...others] = listed.rows
    const changed = [
      { ...listed, until: '2023-03-09' },
      { ...listed, rows: others },
      { ...listed, rows: [...others, row!] },
      { ...listed, rows: [{ ...row!, shown: { ...row!.shown, name: { zh: '李四', en: '李四' } } }, ...others] },
    ]
    for (const copy of changed) expect(await check(JSON.stringify(copy))).toMatchObject({ same: false })
    expect(await check('这不是公示文件')).toEqual({ same: false, hash: null })
    const pdf = textOf(Buffer.from(await (await anybody().printNotice({ code, locale: 'zh-CN' })).arrayBuffer())).join(
      '\n',
    )
    expect(pdf.replace(/\s/g, '')).toContain(hash)
    expect(pdf).toContain(code)
  })
})

describe('an objection', () => {
  it('stops the case, asks the office for an answer, and tells who holds the receipt how it ends', async () => {
    const { ids, code, trainer } = await published(2)
    const { receipt } = await anybody().raiseObjection({ code, nth: 1, words, by: null })
    const stopped = ids.map(async (id) => (await at.where(id)).state)
    expect((await Promise.all(stopped)).sort()).toEqual(['paused', 'waiting'])
    expect(await anybody().objectionByReceipt({ receipt })).toMatchObject({
      state: 'open',
      answer: null,
      dueOn: '2023-03-08',
    })
    const { rows } = await trainer.objections({ limit: 200, state: 'open' })
    const row = rows.find((one) => ids.includes(one.applicationId))!
    expect(row).toMatchObject({ words, named: false, daysLeft: 5, paused: true, kind: 'notice' })
    const which = { applicationId: row.applicationId, objectionId: row.id }
    await trainer.answerObjection({ ...which, verdict: 'dismissed', answer: '经核查，记录属实' })
    expect(await at.where(row.applicationId)).toEqual({ state: 'waiting', stage: 'notice' })
    expect(await anybody().objectionByReceipt({ receipt })).toMatchObject({
      state: 'dismissed',
      answer: '经核查，记录属实',
    })
    expect(await refusalOf(trainer.answerObjection({ ...which, verdict: 'dismissed', answer: '再次答复' }))).toBe(
      'conflict cases.objection_answered',
    )
    const { rows: todos } = await sql<{
      open: number
    }>`select count(*)::int as open from inbox.item i where i.code = 'cases.todo.objection'
      and i.done_at is null and i.link like ${`%${row.id}`}`.execute(at.house.owner)
    expect(todos[0]!.open).toBe(0)
  })
  it('leaves nothing of an anonymous objector who was signed in: no account, no address, no words', async () => {
    const { ids, code } = await published(1)
    const colleague = at.world.teachers[1][3]!
    const secret = '匿名反映的具体内容甲乙丙'
    const before = await sql<{ n: string | null }>`select max(e.id::text) as n from audit.event e`.execute(
      at.house.owner,
    )
    await (await at.world.as(colleague.account)).cases.raiseObjection({ code, nth: 1, words: secret, by: null })
    const { rows } = await sql<{
      text: string
    }>`select to_jsonb(e)::text as text from audit.event e where e.id::text > ${before.rows[0]!.n}`.execute(
      at.house.owner,
    )
    expect(rows.length).toBeGreaterThan(0)
    const everywhere = await Promise.all(
      ['cases.step', 'cases.objection', 'cases.application', 'inbox.item', 'cases.knock'].map(async (table) =>
        JSON.stringify((await sql`select to_jsonb(x) from ${sql.table(table)} x`.execute(at.house.owner)).rows),
      ),
    )
    for (const text of rows.map((row) => row.text)) {
      for (const trace of [colleague.account, colleague.id, colleague.name, secret]) expect(text).not.toContain(trace)
      expect(JSON.parse(text)).toMatchObject({ account_id: null, person_id: null, ip: null })
    }
    const [steps, objections] = everywhere
    expect(objections).toContain(secret)
    for (const text of [steps!, objections!]) expect(text).not.toContain(colleague.account)
    for (const text of everywhere.filter((_, nth) => nth !== 1)) expect(text).not.toContain(secret)
    expect((await at.where(ids[0]!)).state).toBe('paused')
  })
  it('keeps a name sealed; only who answers opens it, on record', async () => {
    const { ids, code, trainer } = await published(1)
    const by = { name: '李无忌', contact: '13812345678' }
    await anybody().raiseObjection({ code, nth: 1, words, by })
    const { rows: stored } = await sql<{
      text: string
    }>`select to_jsonb(o)::text as text from cases.objection o where o.application_id = ${ids[0]!}`.execute(
      at.house.owner,
    )
    expect(stored[0]!.text).not.toMatch(/李无忌|13812345678/)
    const row = (await trainer.objections({ limit: 200 })).rows.find(({ applicationId }) => applicationId === ids[0])!
    expect(row.named).toBe(true)
    const ask = { applicationId: row.applicationId, objectionId: row.id, reason: '需要当面核实' }
    expect(JSON.stringify(row)).not.toContain(by.name)
    for (const who of ['principal@0', 'commission@district', 'trainer@other'])
      expect([who, await refusalOf((await office(who)).revealObjector(ask))]).toEqual([who, 'not_found not_found'])
    expect(await trainer.revealObjector(ask)).toEqual(by)
    const { rows } = await sql<{
      n: number
    }>`select count(*)::int as n from audit.event e where e.action = 'cases.objector_revealed' and e.subject_id = ${row.id}`.execute(
      at.house.owner,
    )
    expect(rows[0]!.n).toBe(1)
    const school = await (await office('principal@0')).casePage({ applicationId: ids[0]! })
    expect(JSON.stringify(school)).not.toContain(words)
    expect(school.objections).toMatchObject([{ kind: 'notice', state: 'open' }])
  })
  it('that is upheld ends the case or sends it back, with words for the applicant', async () => {
    const { ids, code, trainer } = await published(2)
    for (const nth of [1, 2]) await anybody().raiseObjection({ code, nth, words, by: null })
    const [first, second] = (await trainer.objections({ limit: 200, state: 'open' })).rows.filter(({ applicationId }) =>
      ids.includes(applicationId),
    )
    const given = {
      applicationId: first!.applicationId,
      objectionId: first!.id,
      verdict: 'upheld',
      answer: '反映属实',
      told: '带教记录不实',
    } as const
    expect(await refusalOf(trainer.answerObjection(given))).toBe('refused cases.objection_outcome_needed')
    await trainer.answerObjection({ ...given, outcome: { act: 'refuse' } })
    expect(await at.where(first!.applicationId)).toEqual({ state: 'refused', stage: 'notice' })
    expect((await trainer.casePage({ applicationId: first!.applicationId })).steps.at(-1)).toMatchObject({
      act: 'refuse',
      words: '带教记录不实',
    })
    await trainer.answerObjection({
      ...given,
      applicationId: second!.applicationId,
      objectionId: second!.id,
      outcome: { act: 'return', to: 'school' },
    })
    expect(await at.where(second!.applicationId)).toEqual({ state: 'waiting', stage: 'school' })
  })
  it('goes on only when none is open any more', async () => {
    const { ids, code, trainer } = await published(1)
    for (let n = 0; n < 2; n++) await anybody().raiseObjection({ code, nth: 1, words: `${words}${n}`, by: null })
    const rows = (await trainer.objections({ limit: 200, state: 'open' })).rows.filter(
      ({ applicationId }) => applicationId === ids[0],
    )
    for (const [nth, row] of rows.entries()) {
      await trainer.answerObjection({
        applicationId: row.applicationId,
        objectionId: row.id,
        verdict: 'dismissed',
        answer: '不属实',
      })
      expect((await at.where(ids[0]!)).state).toBe(nth === 0 ? 'paused' : 'waiting')
    }
  })
  it('is taken by name only where the notice says so, in time, for a line there is, and not without end', async () => {
    const [school, district, notice, ...rest] = simple().stages
    const named = { ...notice, objections: { ...(notice as { objections: object }).objections, anonymous: false } }
    const { code } = await published(1, { stages: [school, district, named, ...rest] })
    const by = { name: '王五', contact: '0512-1234567' }
    expect(await refusalOf(anybody().raiseObjection({ code, nth: 1, words, by: null }))).toBe(
      'refused cases.notice_name_needed',
    )
    expect(await refusalOf(anybody().raiseObjection({ code, nth: 2, words, by }))).toBe('not_found not_found')
    expect(await refusalOf(anybody().raiseObjection({ code: 'AAAAA-AAAAA-AAAAA-AAAAA', nth: 1, words, by }))).toBe(
      'not_found not_found',
    )
    const late = () => refusalOf(anybody().raiseObjection({ code, nth: 1, words, by }))
    expect(await on('2023-03-08T15:59:59Z', late)).toBe('done')
    expect(await on('2023-03-08T16:00:00Z', late)).toBe('refused cases.notice_over')
    const many = await published(1)
    const outcomes: string[] = []
    const hour = '2023-03-02T03:10:00Z'
    for (let n = 0; n < 21; n++)
      outcomes.push(
        await on(hour, () =>
          refusalOf(anybody('198.51.100.7').raiseObjection({ code: many.code, nth: 1, words, by: null })),
        ),
      )
    expect(new Set(outcomes.slice(0, 20))).toEqual(new Set(['done']))
    expect(outcomes[20]).toBe('limited cases.objections_too_many')
    expect(
      await on('2023-03-02T04:00:00Z', () =>
        refusalOf(anybody('198.51.100.7').raiseObjection({ code: many.code, nth: 1, words, by: null })),
      ),
    ).toBe('done')
  })
})

describe('the last day', () => {
  it('is the fifth working day, without weekends and days off, with make-up days', async () => {
    const until = async (when: string) =>
      on(when, async () => {
        const { code } = await published(1)
        return (await anybody().publicNotice({ code }))!.listed.until
      })
    expect(await until('2023-03-03T01:00:00Z')).toBe('2023-03-10')
    // 29 April to 3 May are off, 23 April and 6 May are worked.
    expect(await until('2023-04-27T01:00:00Z')).toBe('2023-05-08')
  })
  it('lets cases go on the day after, those without an open objection, together', async () => {
    const { ids, code, trainer } = await published(3)
    await anybody().raiseObjection({ code, nth: 1, words, by: null })
    await daily('2023-03-08T15:00:00Z')
    expect((await Promise.all(ids.map(at.where))).map(({ stage }) => stage)).toEqual(['notice', 'notice', 'notice'])
    await daily('2023-03-08T16:00:00Z')
    expect((await Promise.all(ids.map(at.where))).map(({ state, stage }) => `${state} ${stage}`).sort()).toEqual([
      'paused notice',
      'waiting decide',
      'waiting decide',
    ])
    expect(await anybody().publicNotice({ code })).toMatchObject({ state: 'over', open: false })
    const row = (await trainer.objections({ limit: 200, state: 'open' })).rows.find(({ applicationId }) =>
      ids.includes(applicationId),
    )!
    await on('2023-03-10T01:00:00Z', () =>
      trainer.answerObjection({
        applicationId: row.applicationId,
        objectionId: row.id,
        verdict: 'dismissed',
        answer: '不属实',
      }),
    )
    expect(await at.where(row.applicationId)).toEqual({ state: 'waiting', stage: 'decide' })
  })
  it('does not let a case go that came back since: it is published again', async () => {
    const { ids, call, trainer, subject } = await published(1)
    const step = (move: Parameters<typeof moveOne>[3], when: string) =>
      at.everywhere(
        async (act) => moveOne(act, await openCall(act, call), await lockedApplication(act, ids[0]!), move),
        when,
      )
    await step({ act: 'return', to: 'district' }, '2023-03-02T01:00:00Z')
    await step({ act: 'pass' }, '2023-03-03T01:00:00Z')
    await daily('2023-03-09T01:00:00Z')
    expect(await at.where(ids[0]!)).toEqual({ state: 'waiting', stage: 'notice' })
    expect((await trainer.noticePreview(subject)).listed.rows).toHaveLength(1)
  })
  it('keeps cases for which places lack, says so, and does not hold up the others', async () => {
    const stuck = await published(2, {}, [['notice', 1]])
    const free = await published(1)
    await daily('2023-03-09T01:00:00Z')
    expect((await Promise.all(stuck.ids.map(at.where))).map(({ stage }) => stage)).toEqual(['notice', 'notice'])
    expect(await at.where(free.ids[0]!)).toMatchObject({ stage: 'decide' })
    const { rows } = await sql<{
      n: number
    }>`select count(*)::int as n from inbox.item i where i.code = 'cases.told.notice_stuck'`.execute(at.house.owner)
    expect(rows[0]!.n).toBe(1)
  })
})

describe('an appeal', () => {
  it('is answered by the office that the call names: the end stands, or the case goes back', async () => {
    const call = await at.publish()
    const verdicts = [
      ['dismissed', { state: 'refused', stage: 'school' }],
      ['upheld', { state: 'waiting', stage: 'school' }],
    ] as const
    for (const [nth, [verdict, place]] of verdicts.entries()) {
      const id = await at.apply(call, 1, nth + 5)
      await (await office('principal@1')).signCases({ ids: [id], verdict: 'refused', words: '年限不足' })
      await (await office(at.world.teachers[1][nth + 5]!.account)).appealCase({
        applicationId: id,
        words: '年限已满，请复核',
      })
      const commission = await office('commission@district')
      const row = (await commission.objections({ limit: 200, kind: 'appeal', state: 'open' })).rows.find(
        ({ applicationId }) => applicationId === id,
      )!
      expect(row).toMatchObject({ words: '年限已满，请复核', named: false, returnTo: [{ id: 'school' }] })
      const given = { applicationId: id, objectionId: row.id, verdict, answer: '已复核' }
      expect(await refusalOf((await office('trainer@district')).answerObjection(given))).toBe('not_found not_found')
      await commission.answerObjection(given)
      expect(await at.where(id)).toEqual(place)
    }
  })
})

it('a sealed name opens only for its objection, under its key, unchanged', () => {
  const key = randomBytes(32)
  const keys = () => key
  const sealed = seal(keys, 'a', '李无忌')
  expect(unseal(keys, 'a', sealed)).toBe('李无忌')
  expect(() => unseal(keys, 'b', sealed)).toThrow('cases.objector_sealed')
  expect(() => unseal(() => randomBytes(32), 'a', sealed)).toThrow('cases.objector_sealed')
  sealed[sealed.length - 1]! ^= 1
  expect(() => unseal(keys, 'a', sealed)).toThrow('cases.objector_sealed')
})
