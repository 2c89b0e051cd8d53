/** The office, through the API as every role: what waits, where cases stand, acts on one and on many, papers. */
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { textOf } from '../../../../test/harness/pdf-text.ts'
import { refusalOf } from '../../../../test/harness/world.ts'
import { SYSTEM, transact } from '../../db/index.ts'
import { type CasesHouse, FORM, openCasesHouse, simple } from '../flow/cases.fixture.ts'
import { escalateDaily } from './escalate.ts'

let at: CasesHouse
beforeAll(async () => {
  at = await openCasesHouse(8)
})
afterAll(() => at.house.close())

const office = async (who: string) => (await at.world.as(who)).cases
const both = (zh: string) => ({ zh, en: zh })
const daily = (when: string) =>
  transact(
    at.house.db,
    {
      actor: SYSTEM,
      permission: escalateDaily.permission,
      scope: { paths: [at.world.city.path], self: false },
      at: when,
    },
    escalateDaily.run,
  )

describe('what waits for an office', () => {
  it('is what its roles were asked for, page by page, what is due first on top', async () => {
    const call = await at.publish()
    const ids = await Promise.all([0, 1, 2].map((nth) => at.apply(call, 0, nth)))
    const principal = await office('principal@0')
    const first = await principal.myTasks({ callId: call, limit: 2 })
    expect(first).toMatchObject({
      total: 3,
      rows: [{ dueOn: '2023-03-08', overdue: false, asked: true, stageTitle: { zh: '学校推荐' } }, {}],
    })
    const rest = await principal.myTasks({ callId: call, limit: 2, cursor: first.next! })
    expect(rest.next).toBeNull()
    expect([...first.rows, ...rest.rows].map(({ id }) => id).sort()).toEqual([...ids].sort())
    expect(await principal.taskCounts()).toContainEqual(
      expect.objectContaining({ callId: call, stage: 'school', n: 3, overdue: 0 }),
    )
    for (const who of ['clerk@0', 'principal@1', 'principal@2', 'trainer@district', 'commission@other'])
      expect((await (await office(who)).myTasks({ callId: call, limit: 50 })).rows).toEqual([])
  })
  it('refuses a cursor that is none', async () => {
    expect(await refusalOf((await office('principal@0')).myTasks({ limit: 5, cursor: 'bm8' }))).toBe(
      'invalid cases.cursor',
    )
  })
})

describe('the pipeline', () => {
  it('tells how many are where, since when, who is late and what places are left, for the scope of whoever asks', async () => {
    const call = await at.publish(simple(), { places: [['school', 5]] })
    const ids = await Promise.all([
      ...[3, 4, 5].map((nth) => at.apply(call, 0, nth)),
      ...[3, 4].map((nth) => at.apply(call, 1, nth)),
    ])
    await (await office('principal@0')).signCases({ ids: [ids[0]!], verdict: 'signed' })
    const seen = await (await office('trainer@district')).pipeline({ callId: call })
    expect(seen.heaps.map(({ stage, state, n }) => [stage, state, n]).sort()).toEqual([
      ['district', 'waiting', 1],
      ['school', 'waiting', 4],
    ])
    expect(seen.late).toEqual([])
    expect(seen.quotas).toMatchObject([{ stage: 'school', places: 5, taken: 1, waiting: 4 }])
    expect(seen.call.stages.map(({ id }) => id)).toEqual(['school', 'district', 'notice', 'decide', 'file'])
    const own = await (await office('principal@1')).pipeline({ callId: call })
    expect(own.heaps.map(({ stage, n }) => [stage, n])).toEqual([['school', 2]])
    expect((await (await office('trainer@other')).pipeline({ callId: call })).heaps).toEqual([])
    for (const [table, key] of [
      ['cases.task', 'application_id'],
      ['cases.application', 'id'],
    ] as const)
      await sql`update ${sql.table(table)} set due_on = '2023-02-27' where ${sql.ref(key)} = ${ids[3]!}`.execute(
        at.house.owner,
      )
    const { late } = await (await office('commission@district')).pipeline({ callId: call })
    expect(late).toMatchObject([
      {
        orgId: at.world.schools[1].id,
        role: 'principal',
        stage: 'school',
        overdue: 1,
        oldestDue: '2023-02-27',
      },
    ])
  })
})

describe('the list of a call', () => {
  it('is filtered, paged and within the scope; teachers find nothing here', async () => {
    const call = await at.publish()
    const ids = await Promise.all([0, 1, 2].map((nth) => at.apply(call, 1, nth)))
    await at.apply(call, 1, 5, false)
    const trainer = await office('trainer@district')
    const first = await trainer.casesOf({ callId: call, limit: 2 })
    const rest = await trainer.casesOf({ callId: call, limit: 2, cursor: first.next! })
    expect(first.total).toBe(3)
    expect([...first.rows, ...rest.rows].map(({ id }) => id).sort()).toEqual([...ids].sort())
    const { name } = at.world.teachers[1][1]!
    expect(
      (await trainer.casesOf({ callId: call, search: name.slice(-3), limit: 9 })).rows.map((row) => row.name),
    ).toEqual([name])
    expect((await trainer.casesOf({ callId: call, search: '%', limit: 9 })).rows).toEqual([])
    expect((await trainer.casesOf({ callId: call, stage: 'district', limit: 9 })).total).toBe(0)
    expect((await trainer.casesOf({ callId: call, orgId: at.world.schools[0].id, limit: 9 })).total).toBe(0)
    for (const who of ['principal@0', 'trainer@other', at.world.teachers[1][0]!.account])
      expect((await (await office(who)).casesOf({ callId: call, limit: 9 })).rows).toEqual([])
  })
})

describe('one case', () => {
  it('shows answers, steps, signatures and what may be done; outside the scope there is none', async () => {
    const call = await at.publish()
    const id = await at.apply(call, 0, 6)
    await (await office('principal@0')).signCases({ ids: [id], verdict: 'signed', words: '同意推荐' })
    const page = await (await office('trainer@district')).casePage({ applicationId: id })
    expect(page.answers.find(({ question }) => question === 'plan')).toMatchObject({
      title: '工作设想',
      value: '三年内带教两名青年教师',
    })
    expect(page.steps.map(({ act, words }) => [act, words])).toEqual([
      ['submit', null],
      ['pass', '同意推荐'],
    ])
    expect(page.tasks.map(({ role, state }) => [role, state])).toEqual([
      ['principal', 'signed'],
      ['trainer', 'open'],
    ])
    expect(page.handling).toMatchObject({ asked: true, returnTo: [{ id: 'school' }], report: null })
    expect((await (await office('commission@district')).casePage({ applicationId: id })).handling).toMatchObject({
      asked: false,
      urge: true,
    })
    for (const who of ['principal@1', 'trainer@other', at.world.teachers[0][6]!.account])
      expect(await refusalOf((await office(who)).casePage({ applicationId: id }))).toBe('not_found not_found')
  })
  it('is printed as PDF and Word, and listed in Excel', async () => {
    const call = await at.publish()
    const id = await at.apply(call, 0, 7)
    await (await office('principal@0')).signCases({ ids: [id], verdict: 'signed', words: '表现突出，同意推荐' })
    const trainer = await office('trainer@district')
    const { name } = at.world.teachers[0][7]!
    const pdf = await trainer.printCase({ applicationId: id, as: 'pdf', locale: 'zh-CN' })
    expect(pdf.name).toBe(`测试遴选 ${name}.pdf`)
    const text = textOf(Buffer.from(await pdf.arrayBuffer())).join('\n')
    for (const words of ['申报表', name, '三年内带教两名青年教师', '表现突出，同意推荐']) expect(text).toContain(words)
    const word = await trainer.printCase({ applicationId: id, as: 'docx', locale: 'en' })
    expect(word.name.endsWith('.docx')).toBe(true)
    expect(
      Buffer.from(await word.arrayBuffer())
        .subarray(0, 2)
        .toString(),
    ).toBe('PK')
    const list = await trainer.exportCases({ callId: call, locale: 'zh-CN' })
    expect(list.name).toBe('测试遴选-2023-03-01.xlsx')
    const summary = await trainer.printSummary({ callId: call, locale: 'zh-CN' })
    expect(
      Buffer.from(await summary.arrayBuffer())
        .subarray(0, 4)
        .toString(),
    ).toBe('%PDF')
    expect(
      await refusalOf((await office('principal@1')).printCase({ applicationId: id, as: 'pdf', locale: 'zh-CN' })),
    ).toBe('not_found not_found')
  })
})

describe('acts on many', () => {
  it('are shown before they are done: who goes on, who waits for others, who is not asked, where places lack', async () => {
    const [school, ...rest] = simple().stages
    const two = [
      { role: 'principal', at: 'school' },
      { role: 'clerk', at: 'school' },
    ]
    const call = await at.publish(simple({ stages: [{ ...school, signs: 'all', by: two }, ...rest] }), {
      places: [['school', 1]],
    })
    const ids = await Promise.all([0, 1, 2].map((nth) => at.apply(call, 0, nth)))
    const clerk = await office('clerk@0')
    const principal = await office('principal@0')
    await clerk.signCases({ ids: ids.slice(0, 2), verdict: 'signed' })
    const preview = await principal.bulkPreview({ ids, act: 'sign' })
    expect(Object.fromEntries(preview.rows.map(({ id, effect }) => [id, effect]))).toEqual({
      [ids[0]!]: 'quota',
      [ids[1]!]: 'quota',
      [ids[2]!]: 'waits',
    })
    expect(preview.rows.find(({ id }) => id === ids[2])!.others).toEqual([{ role: 'clerk', orgName: '第一小学' }])
    expect(preview).toMatchObject({ possible: false, lacking: [{ places: 1, lacking: 1 }] })
    expect(await refusalOf(principal.signCases({ ids, verdict: 'signed' }))).toBe('refused cases.quota_full')
    const one = await principal.bulkPreview({ ids: [ids[0]!, ids[2]!], act: 'sign' })
    expect(one.possible).toBe(true)
    expect(await principal.signCases({ ids: [ids[0]!, ids[2]!], verdict: 'signed' })).toEqual({ moved: 1 })
    expect((await clerk.bulkPreview({ ids, act: 'sign' })).rows.map(({ effect }) => effect).sort()).toEqual(
      ['not_asked', 'other_stage', 'quota'].sort(),
    )
    expect(await refusalOf((await office('principal@1')).bulkPreview({ ids, act: 'sign' }))).toBe('not_found not_found')
  })
  it('do nothing when they are only looked at', async () => {
    const call = await at.publish()
    const ids = [await at.apply(call, 0, 3)]
    const principal = await office('principal@0')
    for (const act of ['sign', 'refuse', 'send_back', 'hand_over', 'add_signer', 'urge'] as const) {
      const { rows, possible } = await principal.bulkPreview({ ids, act })
      expect([act, possible, rows[0]!.effect]).toEqual([
        act,
        true,
        act === 'urge' ? 'urged' : /over|signer/.test(act) ? 'asked' : 'moves',
      ])
    }
    expect(await at.where(ids[0]!)).toEqual({ state: 'waiting', stage: 'school' })
  })
  it('are sent back with points, handed over, co-signed, urged and kept in the trail', async () => {
    const call = await at.publish()
    const [a, b, c] = await Promise.all([4, 5, 6].map((nth) => at.apply(call, 0, nth)))
    const principal = await office('principal@0')
    await principal.sendBackCases({
      ids: [a!],
      to: null,
      words: '请补充',
      points: [{ question: 'plan', says: '请写明年度安排' }],
    })
    expect(await at.where(a!)).toMatchObject({ state: 'returned' })
    expect((await principal.casePage({ applicationId: a! })).points).toEqual([
      { question: 'plan', says: '请写明年度安排' },
    ])
    await principal.handOverCases({ ids: [b!], role: 'clerk', at: 'school', words: '由教务处办理' })
    await principal.addSignerCases({ ids: [c!], role: 'trainer', at: 'district', words: '请区里会签' })
    expect(await (await office('commission@district')).urgeCases({ ids: [b!] })).toEqual({ urged: 1 })
    const { rows } = await sql<{
      action: string
    }>`select e.action from audit.event e where e.subject_id = any (${[b, c]}) and e.action <> 'cases.case_moved'
      order by e.action`.execute(at.house.owner)
    expect(rows.map(({ action }) => action)).toEqual(['cases.handed_over', 'cases.signer_added', 'cases.urged'])
  })
})

describe('a report asked with the signature', () => {
  it('is checked by the form, and told on the page', async () => {
    const [school, ...rest] = simple().stages
    const call = await at.publish(simple({ stages: [{ ...school, report: FORM }, ...rest] }))
    const id = await at.apply(call, 0, 0)
    const principal = await office('principal@0')
    expect((await principal.bulkPreview({ ids: [id], act: 'sign' })).report).not.toBeNull()
    expect(await refusalOf(principal.signCases({ ids: [id], verdict: 'signed' }))).toBe('invalid cases.report_needed')
    expect(await refusalOf(principal.signCases({ ids: [id], verdict: 'signed', report: {} }))).toBe(
      'invalid cases.report_unfit',
    )
    await principal.signCases({ ids: [id], verdict: 'signed', report: { plan: '现场查看属实' } })
    const { tasks } = await principal.casePage({ applicationId: id })
    expect(tasks[0]!.report).toContainEqual(expect.objectContaining({ question: 'plan', value: '现场查看属实' }))
  })
})

describe('what is overdue', () => {
  const escalating = (signs: 'any' | 'all') => {
    const [school, ...rest] = simple().stages
    return simple({ stages: [{ ...school, signs, escalates: { role: 'trainer', at: 'district' } }, ...rest] })
  }
  it('may be signed by the higher office as well, once, and not before it is overdue', async () => {
    const call = await at.publish(escalating('any'))
    const id = await at.apply(call, 1, 6)
    await daily('2023-03-08T01:00:00Z')
    const trainer = await office('trainer@district')
    expect((await trainer.myTasks({ callId: call, limit: 9 })).total).toBe(0)
    await daily('2023-03-09T01:00:00Z')
    await daily('2023-03-20T01:00:00Z')
    const { rows } = await trainer.myTasks({ callId: call, limit: 9 })
    expect(rows).toMatchObject([{ id, role: 'trainer', dueOn: '2023-03-16' }])
    await trainer.signCases({ ids: [id], verdict: 'signed' })
    expect(await at.where(id)).toMatchObject({ stage: 'district' })
  })
  it('is taken over where everybody has to sign', async () => {
    const call = await at.publish(escalating('all'))
    const id = await at.apply(call, 1, 7)
    await daily('2023-03-09T01:00:00Z')
    expect(await refusalOf((await office('principal@1')).signCases({ ids: [id], verdict: 'signed' }))).toBe(
      'refused cases.not_asked',
    )
    expect(await (await office('trainer@district')).signCases({ ids: [id], verdict: 'signed' })).toEqual({ moved: 1 })
  })
})

describe('an end', () => {
  it('is taken back by who holds the call, on record', async () => {
    const call = await at.publish()
    const id = await at.apply(call, 0, 1)
    await (await office('principal@0')).signCases({ ids: [id], verdict: 'refused', words: '年限不足' })
    const given = { applicationId: id, to: 'school', words: '核实后年限已满' }
    for (const [who, refusal] of [
      ['principal@0', 'forbidden access.forbidden'],
      ['trainer@other', 'not_found not_found'],
    ] as const)
      expect(await refusalOf((await office(who)).reopenCase(given))).toBe(refusal)
    const trainer = await office('trainer@district')
    expect(await refusalOf(trainer.reopenCase({ ...given, to: 'decide' }))).toBe('conflict cases.not_possible')
    await trainer.reopenCase(given)
    expect(await at.where(id)).toEqual({ state: 'waiting', stage: 'school' })
    expect((await trainer.casePage({ applicationId: id })).steps.at(-1)).toMatchObject({
      act: 'reopen',
      words: '核实后年限已满',
    })
  })
})

const ACTS = ['signCases', 'sendBackCases', 'handOverCases', 'addSignerCases'] as const
describe.each(ACTS)('%s', (name) => {
  it('is for whoever was asked, and for nobody else', async () => {
    const call = await at.publish(simple({ title: both(name) }))
    const id = await at.apply(call, 0, 2)
    const input = {
      signCases: { ids: [id], verdict: 'signed' },
      sendBackCases: { ids: [id], to: null, words: '请补充' },
      handOverCases: { ids: [id], role: 'clerk', at: 'school', words: '请办理' },
      addSignerCases: { ids: [id], role: 'clerk', at: 'school', words: '请会签' },
    }[name]
    const asks: [string, string][] = [
      ['clerk@0', 'refused cases.not_asked'],
      ['trainer@district', 'refused cases.not_asked'],
      ['commission@district', 'refused cases.not_asked'],
      ['principal@1', 'not_found not_found'],
      ['principal@2', 'not_found not_found'],
      ['trainer@other', 'not_found not_found'],
      ['auditor@district', 'forbidden access.forbidden'],
      [at.world.teachers[0][2]!.account, 'forbidden access.forbidden'],
      ['principal@0', 'done'],
    ]
    for (const [who, outcome] of asks) {
      const cases = (await office(who)) as unknown as Record<string, (input: unknown) => Promise<unknown>>
      expect([who, await refusalOf(cases[name]!(input))]).toEqual([who, outcome])
    }
  })
})
