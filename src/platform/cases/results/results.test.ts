/** From the vote to the archive, in PostgreSQL through the API: decisions within places, filing, terms, assessments, removals, members, facts. */
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { textOf } from '../../../../test/harness/pdf-text.ts'
import { refusalOf } from '../../../../test/harness/world.ts'
import type { Caller } from '../../../server/caller.ts'
import { facts } from '../../../server/modules.ts'
import { moveClock, transact } from '../../db/index.ts'
import { parameters } from '../../policy/index.ts'
import { type CasesHouse, openCasesHouse, simple } from '../flow/cases.fixture.ts'

const both = (zh: string) => ({ zh, en: zh })
const commission = { role: 'commission', at: 'district' } as const
const result = {
  kind: 'test.backbone',
  title: { zh: '区级骨干教师', en: 'District backbone teacher' },
  level: 'district',
  years: 3,
  duties: [both('每学年送教下乡两次')],
  assessment: {
    by: commission,
    grades: [
      { id: 'good', title: { zh: '合格', en: 'Passed' } },
      { id: 'bad', title: { zh: '不合格', en: 'Failed' }, removes: true },
    ],
  },
  members: { most: 2 },
}
const short = (over: object = {}) =>
  simple({
    stages: [
      { id: 'decide', title: both('审定'), kind: 'decide', by: commission },
      { id: 'file', title: both('归档'), kind: 'file', by: commission },
    ],
    result: { ...result, ...over },
  })

let at: CasesHouse
let office: Caller
beforeAll(async () => {
  at = await openCasesHouse(30)
  office = await at.world.as('commission@district')
})
afterAll(() => at?.house.close())

let next = 0
async function waiting(
  count: number,
  { definition = short(), places }: { definition?: ReturnType<typeof short>; places?: number } = {},
) {
  const callId = await at.publish(definition, places === undefined ? {} : { places: [['decide', places]] })
  const ids: string[] = []
  const people: { id: string; account: string; name: string; number: string }[] = []
  for (let n = 0; n < count; n++) {
    const [school, nth] = [(next % 2) as 0 | 1, Math.floor(next++ / 2)]
    ids.push(await at.apply(callId, school, nth))
    people.push(at.world.teachers[school][nth]!)
  }
  return { callId, ids, people }
}
const decide = (callId: string, applicationIds: string[], verdict: 'yes' | 'no' = 'yes', words?: string) =>
  office.cases.decideCases({ callId, stage: 'decide', applicationIds, verdict, ...(words ? { words } : {}) })
async function filed(count: number, from = '2023-03-01', definition = short()) {
  const made = await waiting(count, { definition })
  await decide(made.callId, made.ids)
  const answer = await office.cases.fileCases({
    callId: made.callId,
    stage: 'file',
    applicationIds: made.ids,
    from,
    circular: '测教发〔2023〕5号',
  })
  const { rows } = await sql<{
    holderId: string
    designationId: string
  }>`select d.holder_id, d.id as designation_id from cases.designation d
    where d.call_id = ${made.callId} order by array_position(${made.ids}::uuid[], d.application_id)`.execute(
    at.house.owner,
  )
  return { ...made, ...answer, keys: rows }
}

describe('decisions', () => {
  it('follow the rank, keep it, and stop at the places there are', async () => {
    const { callId, ids } = await waiting(4, { places: 2 })
    for (const [n, score] of [80, 95, 95, 70].entries())
      await sql`update cases.application set score = ${score} where id = ${ids[n]!}`.execute(at.house.owner)
    const before = await office.cases.ranking({ callId, stage: 'decide' })
    expect(before.rows.map(({ applicationId, rank }) => [ids.indexOf(applicationId), rank]).toSorted()).toEqual([
      [0, 3],
      [1, 1],
      [2, 1],
      [3, 4],
    ])
    expect(before.quotas).toMatchObject([{ places: 2, taken: 0 }])
    expect(await refusalOf(decide(callId, ids.slice(0, 3)))).toBe('refused cases.quota_full')
    await decide(callId, [ids[1]!, ids[2]!])
    expect(await refusalOf(decide(callId, [ids[0]!]))).toBe('refused cases.quota_full')
    expect(await refusalOf(decide(callId, [ids[0]!], 'no'))).toBe('invalid cases.words_needed')
    await decide(callId, [ids[0]!, ids[3]!], 'no', '名额已满')
    expect(await refusalOf(decide(callId, [ids[1]!]))).toBe('conflict cases.not_there_any_more')
    const after = await office.cases.ranking({ callId, stage: 'decide' })
    expect(after.rows.map(({ rank, decided, words }) => [rank, decided, words])).toEqual([
      [1, 'yes', null],
      [1, 'yes', null],
      [3, 'no', '名额已满'],
      [4, 'no', '名额已满'],
    ])
    const { rows } = await sql<{
      rank: number
    }>`select a.rank from cases.application a where a.call_id = ${callId} order by a.rank`.execute(at.house.owner)
    expect(rows.map(({ rank }) => rank)).toEqual([1, 1, 3, 4])
  })
  it('are for the office that has the stage, over its own cases', async () => {
    const { callId, ids } = await waiting(1)
    const ask = { callId, stage: 'decide', applicationIds: ids, verdict: 'yes' as const }
    expect(await refusalOf((await at.world.as('trainer@district')).cases.decideCases(ask))).toBe(
      'refused cases.not_your_stage',
    )
    expect(await refusalOf((await at.world.as('commission@other')).cases.decideCases(ask))).toBe('not_found not_found')
    expect(await refusalOf((await at.world.as('principal@0')).cases.decideCases(ask))).toBe(
      'forbidden access.forbidden',
    )
  })
})

describe('filing', () => {
  it('gives designations with a term, certificates in a row, and moves the cases on', async () => {
    if (next % 2 === 0) next++
    const { ids, people, keys, filed: count, firstCertificate, lastCertificate } = await filed(3)
    expect(count).toBe(3)
    expect(Number(lastCertificate!.slice(-6, -1)) - Number(firstCertificate!.slice(-6, -1))).toBe(2)
    expect(await at.where(ids[0]!)).toEqual({ state: 'filed', stage: 'file' })
    const held = await office.cases.designation(keys[0]!)
    expect(held).toMatchObject({
      name: people[0]!.name,
      from: '2023-03-01',
      until: '2026-02-28',
      state: 'holding',
      circular: '测教发〔2023〕5号',
      certificate: firstCertificate,
      duties: [both('每学年送教下乡两次')],
    })
    const mine = await (await at.world.as(people[0]!.account)).cases.myDesignations()
    expect(mine.held).toMatchObject([{ designationId: keys[0]!.designationId }])
    const pdf = await (await at.world.as(people[0]!.account)).cases.designationCertificate(keys[0]!)
    const text = textOf(Buffer.from(await pdf.arrayBuffer()))
      .join('')
      .replaceAll(/\s/g, '')
    for (const part of [people[0]!.name, '区级骨干教师', '2023年3月1日至2026年2月28日', firstCertificate!])
      expect(text).toContain(part)
    const { rows } = await sql<{
      code: string
    }>`select x.verify_code as code from documents.document x where x.label = ${firstCertificate}`.execute(
      at.house.owner,
    )
    const seen = await office.documents.verify({ code: rows[0]!.code })
    expect(seen).toMatchObject({ kind: 'designation_certificate', revoked: null })
    expect(seen!.fields).toEqual([
      { key: 'name', value: people[0]!.name },
      { key: 'org', value: '第二小学' },
      { key: 'title', value: '区级骨干教师' },
      { key: 'term', value: '2023-03-01 – 2026-02-28' },
      { key: 'level', value: 'district' },
    ])
  })
  it('refuses the same kind in the same time, in words, and takes it up after the term', async () => {
    const { people } = await filed(1)
    const again = await at.publish(short())
    const [school, nth] = [at.world.teachers[0].some(({ id }) => id === people[0]!.id) ? 0 : 1, 0] as [0 | 1, number]
    const place = at.world.teachers[school].findIndex(({ id }) => id === people[0]!.id)
    const applicationId = await at.apply(again, school, place + nth)
    await decide(again, [applicationId])
    const file = (from: string) =>
      office.cases.fileCases({ callId: again, stage: 'file', applicationIds: [applicationId], from })
    await expect(file('2026-02-28')).rejects.toMatchObject({
      data: { code: 'cases.designation_held', names: [people[0]!.name] },
    })
    expect((await office.cases.filing({ callId: again, stage: 'file', from: '2026-02-28' })).rows[0]!.held).toEqual({
      until: '2026-02-28',
    })
    expect((await office.cases.filing({ callId: again, stage: 'file', from: '2026-03-01' })).rows[0]!.held).toBeNull()
    expect((await file('2026-03-01')).filed).toBe(1)
  })
  it('numbers certificates as the call says, and on from there in every call that says the same', async () => {
    const own = { number: '测教骨字〔{year}〕第{number}号' }
    const one = await filed(2, '2023-03-01', short({ kind: 'test.own', ...own }))
    expect([one.firstCertificate, one.lastCertificate]).toEqual([
      '测教骨字〔2023〕第00001号',
      '测教骨字〔2023〕第00002号',
    ])
    const other = await filed(1, '2023-03-01', short({ kind: 'test.own_too', ...own }))
    expect(other.firstCertificate).toBe('测教骨字〔2023〕第00003号')
    const plain = await filed(1, '2023-03-01', short({ kind: 'test.common' }))
    expect(plain.firstCertificate).toMatch(/^证字〔2023〕\d{5}号$/)
    expect(() => short({ number: '证字{number}号' })).toThrow()
  })
  it('stays for good where the call names no years, and prints nothing where it asks for no certificate', async () => {
    const { keys, firstCertificate } = await filed(
      1,
      '2023-03-01',
      short({ kind: 'test.lasting', years: undefined, certificate: false }),
    )
    expect(firstCertificate).toBeNull()
    expect(await office.cases.designation(keys[0]!)).toMatchObject({ until: null, certificate: null })
  })
})

describe('the term', () => {
  it('is over by its date alone', async () => {
    const { keys } = await filed(1, '2020-03-01', short({ kind: 'test.old' }))
    expect(await office.cases.designation(keys[0]!)).toMatchObject({ state: 'over', until: '2023-02-28' })
  })
  it('filters the archive: by kind, day, expiry, place and missing assessment', async () => {
    const { keys } = await filed(2, '2022-01-01', short({ kind: 'test.filters', years: 2 }))
    const list = async (ask: object) =>
      (await office.cases.designations({ kind: 'test.filters', ...ask })).rows
        .map(({ designationId }) => designationId)
        .toSorted()
    const all = keys.map(({ designationId }) => designationId).toSorted()
    expect(await list({})).toEqual(all)
    expect(await list({ on: '2023-12-31' })).toEqual(all)
    expect(await list({ on: '2024-01-01' })).toEqual([])
    expect(await list({ expiring: 300 })).toEqual([])
    expect(await list({ expiring: 306 })).toEqual(all)
    expect(await list({ orgId: at.world.schools[2].id })).toEqual([])
    await office.cases.assessDesignations({ of: [keys[0]!], year: 2022, grade: 'good' })
    expect(await list({ unassessed: 2022 })).toEqual([keys[1]!.designationId])
    const pages = [await office.cases.designations({ kind: 'test.filters', limit: 1 })]
    pages.push(await office.cases.designations({ kind: 'test.filters', limit: 1, cursor: pages[0]!.next! }))
    expect(pages.flatMap(({ rows }) => rows.map(({ designationId }) => designationId)).toSorted()).toEqual(all)
    expect(pages[1]).toMatchObject({ next: null, total: 2 })
    const file = await office.cases.exportDesignations({ kind: 'test.filters' })
    expect(file.name).toBe('称号名册-2023-03-01.xlsx')
    const clerk = await at.world.as('clerk@2')
    expect((await clerk.cases.designations({})).total).toBe(0)
    expect(await refusalOf(clerk.cases.designation(keys[0]!))).toBe('not_found not_found')
  })
})

describe('assessments and removal', () => {
  it('are entered once a year, within the term, by the office that the call names', async () => {
    const { keys, people } = await filed(2, '2023-01-01', short({ kind: 'test.assessed' }))
    const assess = (year: number, grade: string, who = office, words?: string) =>
      refusalOf(who.cases.assessDesignations({ of: keys, year, grade, ...(words ? { words } : {}) }))
    expect(await assess(2022, 'good')).toBe('refused cases.not_held_in_year')
    expect(await assess(2023, 'excellent')).toBe('invalid cases.no_such_grade')
    expect(await assess(2023, 'good', await at.world.as('trainer@district'))).toBe('refused cases.not_assessed')
    expect(await assess(2023, 'good')).toBe('done')
    expect(await assess(2023, 'good')).toBe('conflict cases.assessed_already')
    const mine = await (await at.world.as(people[0]!.account)).cases.myDesignations()
    expect(mine.held[0]!.assessments).toMatchObject([{ year: 2023, grade: { zh: '合格', en: 'Passed' } }])
  })
  it('with a form are complete or not entered, and are read as they were filled in', async () => {
    const question = (name: string, zh: string, en: string) => ({
      type: 'comment',
      name,
      title: { default: zh, en },
      isRequired: true,
      maxLength: 200,
    })
    const asked = { pages: [{ name: 'year', elements: [question('guidance', '带教情况', 'Guidance')] }] }
    const assessment = { ...result.assessment, form: asked }
    const { keys, people } = await filed(1, '2023-01-01', short({ kind: 'test.with_form', assessment }))
    const assess = (answers?: Record<string, unknown>) =>
      refusalOf(
        office.cases.assessDesignations({ of: keys, year: 2023, grade: 'good', ...(answers ? { answers } : {}) }),
      )
    expect(await assess()).toBe('invalid cases.answers_wrong')
    expect(await assess({ guidance: '带教两名青年教师' })).toBe('done')
    const { form, assessments } = await office.cases.designation({ ...keys[0]!, locale: 'en' })
    expect(form).toMatchObject({ pages: [{ elements: [{ name: 'guidance' }] }] })
    expect(assessments[0]!.answers).toEqual([
      { question: 'guidance', title: 'Guidance', value: '带教两名青年教师', depth: 0 },
    ])
    const mine = await (await at.world.as(people[0]!.account)).cases.myDesignations()
    expect(mine.held[0]!.assessments[0]!.answers).toMatchObject([{ title: '带教情况', value: '带教两名青年教师' }])
  })
  it('a grade that removes needs words, removes, and revokes the certificate', async () => {
    const { keys, firstCertificate } = await filed(1, '2022-03-01', short({ kind: 'test.removed' }))
    const assess = (words?: string) =>
      office.cases.assessDesignations({ of: keys, year: 2022, grade: 'bad', ...(words ? { words } : {}) })
    expect(await refusalOf(assess())).toBe('invalid cases.words_needed')
    expect(await assess('未完成送教任务')).toEqual({ assessed: 1, removed: 1 })
    expect(await office.cases.designation(keys[0]!)).toMatchObject({
      state: 'removed',
      removedOn: '2023-03-01',
      removedWhy: '未完成送教任务',
      until: '2023-02-28',
    })
    const { rows } = await sql<{
      code: string
    }>`select x.verify_code as code from documents.document x where x.label = ${firstCertificate}`.execute(
      at.house.owner,
    )
    expect((await office.documents.verify({ code: rows[0]!.code }))!.revoked).toEqual({
      on: '2023-03-01',
      reason: 'designation_removed',
    })
    expect(await refusalOf(office.cases.designationCertificate(keys[0]!))).toBe('not_found not_found')
    expect(await refusalOf(office.cases.removeDesignation({ ...keys[0]!, on: '2023-03-01', why: '再次' }))).toBe(
      'conflict cases.designation_removed',
    )
  })
  it('the same can be given again after a removal', async () => {
    const definition = short({ kind: 'test.again' })
    const { keys, ids } = await filed(1, '2023-03-01', definition)
    expect(await refusalOf(office.cases.removeDesignation({ ...keys[0]!, on: '2023-02-01', why: '学术不端' }))).toBe(
      'invalid cases.removal_day',
    )
    await office.cases.removeDesignation({ ...keys[0]!, on: '2023-03-01', why: '学术不端' })
    const { rows } = await sql<{
      term: string
    }>`select d.during::text as term from cases.designation d where d.application_id = ${ids[0]!}`.execute(
      at.house.owner,
    )
    expect(rows[0]!.term).toBe('[2023-03-01,2023-03-02)')
  })
})

describe('members', () => {
  it('join up to the number the call allows, once, and leave on a day', async () => {
    const { keys } = await filed(1, '2023-03-01', short({ kind: 'test.studio' }))
    const [one, two, three] = at.world.teachers[1].slice(-3) as [
      (typeof at.world.teachers)[1][0],
      (typeof at.world.teachers)[1][0],
      (typeof at.world.teachers)[1][0],
    ]
    const add = (number: string, from = '2023-03-01') => office.cases.addMember({ ...keys[0]!, number, from })
    const { memberId } = await add(one!.number)
    expect(await refusalOf(add(one!.number))).toBe('conflict cases.member_already')
    await add(two!.number)
    expect(await refusalOf(add(three!.number))).toBe('refused cases.members_full')
    expect(await refusalOf(add(at.world.teachers[2][0]!.number))).toBe('not_found not_found')
    await office.cases.endMember({ ...keys[0]!, memberId, on: '2023-05-31' })
    expect((await add(three!.number, '2023-06-01')).name).toBe(three!.name)
    const mine = await (await at.world.as(one!.account)).cases.myDesignations()
    expect(mine.memberOf).toMatchObject([
      { designationId: keys[0]!.designationId, from: '2023-03-01', until: '2023-05-31' },
    ])
  })
})

describe('as facts', () => {
  const asked = async (fact: string, personId: string, asOf: string, knownOn?: string) =>
    transact(
      at.house.db,
      {
        actor: { account: at.world.accounts['commission@district']!, person: null, name: 'x' },
        scope: { paths: [at.world.city.path], self: false },
        permission: 'test',
        readOnly: true,
      },
      async (act) => {
        const query = facts.query(new Set([fact]), {
          asOf,
          parameters: await parameters(act, 'qianjiang'),
          people: sql`(select ${personId}::uuid as person_id)`,
          ...(knownOn ? { knownOn } : {}),
        })
        const { rows } = await sql<Record<string, string[]>>`${query}`.execute(act.tx)
        return Object.values(rows[0]!).find(Array.isArray)
      },
    )
  it('say what was held on a day, without what was removed by then, and as it was known', async () => {
    const { keys, people } = await filed(1, '2023-03-01', short({ kind: 'test.fact' }))
    const kinds = (asOf: string, knownOn?: string) => asked('designation.kinds', people[0]!.id, asOf, knownOn)
    expect(await kinds('2023-02-28')).toEqual([])
    expect(await kinds('2023-03-01')).toEqual(['test.fact'])
    expect(await kinds('2026-03-01')).toEqual([])
    await moveClock(at.house.owner, new Date('2023-06-01T01:00:00Z'))
    await office.cases.removeDesignation({ ...keys[0]!, on: '2023-06-01', why: '师德问题' })
    expect(await kinds('2023-05-31')).toEqual(['test.fact'])
    expect(await kinds('2023-06-01')).toEqual([])
    expect(await kinds('2023-07-01', '2023-04-01')).toEqual(['test.fact'])
    await moveClock(at.house.owner, new Date('2023-03-01T01:00:00Z'))
  })
})
