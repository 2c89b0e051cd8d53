/** Calls in PostgreSQL: made, shared out, tried, published, amended; who may do so, and what is refused in words. */
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { refusalOf } from '../../../../test/harness/world.ts'
import { newId } from '../../../base/ids.ts'
import { post } from '../../ledger/index.ts'
import type { Definition } from '../contract/definition.ts'
import { type CasesHouse, openCasesHouse, simple } from '../flow/cases.fixture.ts'

let at: CasesHouse
beforeAll(async () => {
  at = await openCasesHouse(6)
})
afterAll(() => at.house.close())

const trainer = () => at.world.as('trainer@district')
const given = (over: Parameters<typeof simple>[0] = {}) => ({ source: JSON.stringify(simple(over), null, 2) })
const quotas: Definition['quotas'] = [
  { at: 'school', per: 'school', places: { total: 7, by: 'teachers' } },
  { at: 'decide', per: 'call', places: { total: 3, by: 'given' } },
]
/** A draft with its days and, where it has quotas, its places. */
async function draft(over: Parameters<typeof simple>[0] = {}) {
  const { cases } = await trainer()
  const { callId } = await cases.createCall({ orgId: at.world.district.id, from: given(over) })
  let { revision } = await cases.saveCall({
    callId,
    revision: 1,
    deadlines: [{ stage: 'submit', closesAt: '2023-03-31T10:00:00Z' }],
  })
  if (over.quotas) revision = (await cases.sharePlaces({ callId, revision })).revision
  return { callId, revision, cases }
}
const published = async (over: Parameters<typeof simple>[0] = {}) => {
  const made = await draft(over)
  await made.cases.publishCall({ callId: made.callId, revision: made.revision })
  return made
}

describe('a draft', () => {
  it('is seen by its organisers alone, and published to everybody it concerns', async () => {
    const { callId, revision, cases } = await draft()
    const teacher = await at.world.as(at.world.teachers[0][0]!.account)
    expect(await refusalOf(teacher.cases.call({ callId }))).toBe('not_found not_found')
    expect(await refusalOf((await at.world.as('trainer@other')).cases.dropCall({ callId, revision }))).toBe(
      'not_found not_found',
    )
    await cases.publishCall({ callId, revision })
    expect(await teacher.cases.call({ callId })).toMatchObject({ state: 'published', mayWrite: false })
    expect((await teacher.cases.calls({})).map(({ id }) => id)).toContain(callId)
    const far = await at.world.as(at.world.teachers[2][0]!.account)
    expect((await far.cases.calls({})).map(({ id }) => id)).not.toContain(callId)
    const clerk = at.world.schools[0].id
    const { rows } = await sql<{ code: string }>`select i.code from inbox.item i where i.recipient_id = ${clerk}
      and i.link = ${`/calls/${callId}`}`.execute(at.house.owner)
    expect(rows).toEqual([{ code: 'cases.told.call_published' }])
  })
  it('keeps every deadline it ever had, and is not saved over somebody else’s change', async () => {
    const { callId, revision, cases } = await draft()
    const later = [{ stage: 'submit', closesAt: '2023-04-07T10:00:00Z' }]
    await cases.saveCall({ callId, revision, deadlines: later, title: { zh: '改名遴选', en: 'Renamed' } })
    const call = await cases.call({ callId })
    expect(call.deadlines).toMatchObject([
      { stage: 'submit', closesAt: expect.stringContaining('2023-04-07'), before: [{}] },
    ])
    expect(call.title.zh).toBe('改名遴选')
    expect(await refusalOf(cases.saveCall({ callId, revision, deadlines: later }))).toBe('conflict cases.call_changed')
    expect(
      await refusalOf(
        cases.saveCall({ callId, revision: call.revision, deadlines: [{ stage: 'nowhere', closesAt: null }] }),
      ),
    ).toBe('invalid cases.no_such_stage')
  })
  it('with something wrong is told by line and column and not saved', async () => {
    const { cases } = await trainer()
    const orgId = at.world.district.id
    const source = JSON.stringify({ ...simple(), stages: simple().stages.slice(0, 2) }, null, 2)
    const { problems } = await cases.checkCall({ orgId, source })
    const line = source.split('\n').findIndex((text) => text.includes('"id": "district"')) + 2
    expect(problems).toMatchObject([{ path: 'stages.1.kind', zh: '最后一个环节须为归档' }])
    expect(Math.abs(problems[0]!.line - line)).toBeLessThan(8)
    expect(await refusalOf(cases.createCall({ orgId, from: { source } }))).toBe('invalid cases.call_not_right')
    expect((await cases.checkCall({ orgId, source: 'id: [' })).problems).toHaveLength(1)
    expect((await cases.checkCall({ orgId, source: given().source })).problems).toEqual([])
  })
  it('asks nobody above the organisation that makes it', async () => {
    const { cases } = await trainer()
    const appeal = { days: 5, to: { role: 'commission', at: 'municipality' }, answer: 10 }
    const { problems } = await cases.checkCall({ orgId: at.world.district.id, source: given({ appeal }).source })
    expect(problems).toMatchObject([{ path: 'appeal.to.at' }])
  })
})

describe('places', () => {
  it('are shared out by teachers, largest remainder first, with the reason beside each', async () => {
    await at.world.addTeacher(at.world.schools[0])
    const { callId, cases } = await draft({ quotas })
    const { places } = await cases.call({ callId })
    places.sort((a, b) => b.places - a.places)
    // 7 and 6 teachers: 3.77 and 3.23 of seven places.
    expect(places.filter(({ quota }) => quota === 0)).toEqual([
      expect.objectContaining({
        orgName: '第一小学',
        places: 4,
        why: { rule: 'teachers', total: 7, claim: 7, of: 13, exact: '3.77' },
      }),
      expect.objectContaining({
        orgName: '第二小学',
        places: 3,
        why: { rule: 'teachers', total: 7, claim: 6, of: 13, exact: '3.23' },
      }),
    ])
    expect(places.filter(({ quota }) => quota === 1)).toMatchObject([
      { orgName: '测试区', places: 3, why: { rule: 'total' } },
    ])
  })
  it('of a way to apply with conditions of its own are shared out by those who meet them', async () => {
    const tracks = [
      { id: 'all', title: { zh: '普通', en: 'Ordinary' } },
      { id: 'able', title: { zh: '定向', en: 'Directed' }, sets: ['training.credit.cycle'] },
    ]
    const share = (track: string): Definition['quotas'][number] => ({
      at: 'school',
      per: 'school',
      track,
      places: { total: 8, by: 'teachers' },
    })
    // Three at the first school have what is asked for in a cycle, one at the second.
    const able = [...at.world.teachers[0].slice(0, 3), at.world.teachers[1][0]!]
    await at.everywhere((act) =>
      post(
        act,
        able.map(({ id }) => ({
          personId: id,
          creditYear: 2022,
          occurredOn: '2022-05-01',
          kind: 'concentrated',
          level: 'district',
          hours: '375',
          credits: '125',
          title: '骨干培训',
          source: { kind: 'test', id: newId() },
        })),
      ),
    )
    const { callId, revision, cases } = await draft({ tracks, quotas: [share('all')] })
    const source = JSON.stringify(simple({ tracks, quotas: [share('all'), share('able')] }))
    const saved = await cases.saveCall({ callId, revision, source })
    await cases.sharePlaces({ callId, revision: saved.revision })
    const given = (await cases.call({ callId })).places.filter(({ quota }) => quota === 1)
    expect(new Map(given.map(({ orgName, places, why }) => [orgName, [places, why.rule, why.claim, why.of]]))).toEqual(
      new Map([
        ['第一小学', [6, 'eligible', 3, 4]],
        ['第二小学', [2, 'eligible', 1, 4]],
      ]),
    )
  })
  it('are changed by hand within what there is, and the rule’s number stays beside them', async () => {
    const byHand: Definition['quotas'] = [quotas[0]!, { ...quotas[1]!, per: 'district' }]
    const { callId, revision, cases } = await draft({ quotas: byHand })
    expect(await refusalOf(cases.publishCall({ callId, revision }))).toBe('refused cases.places_missing')
    const [first, second] = [at.world.schools[0].id, at.world.schools[1].id]
    const set = await cases.setPlaces({
      callId,
      revision,
      rows: [
        { quota: 0, orgId: first, places: 5 },
        { quota: 1, orgId: at.world.district.id, places: 3 },
      ],
      reason: '新建校区',
    })
    expect(await refusalOf(cases.publishCall({ callId, revision: set.revision }))).toBe('refused cases.places_beyond')
    const again = await cases.setPlaces({
      callId,
      revision: set.revision,
      rows: [{ quota: 0, orgId: second, places: 2 }],
    })
    const { places } = await cases.call({ callId })
    expect(places.find(({ orgId }) => orgId === first)).toMatchObject({
      places: 5,
      why: { byRule: 4, reason: '新建校区' },
    })
    // What was set by hand is not shared over unasked: two numbers that the rule gave otherwise, one that no rule gives.
    const over = (discard?: number) =>
      cases.sharePlaces({ callId, revision: again.revision, ...(discard === undefined ? {} : { discard }) })
    expect(await refusalOf(over())).toBe('conflict cases.places_by_hand')
    expect(await refusalOf(over(2))).toBe('conflict cases.places_by_hand')
    const copy = await draft({ quotas: byHand })
    await copy.cases.setPlaces({ ...copy, rows: [{ quota: 0, orgId: first, places: 5 }] })
    await copy.cases.sharePlaces({ callId: copy.callId, revision: copy.revision + 1, discard: 1 })
    const anew = (await cases.call({ callId: copy.callId })).places.find(({ orgId }) => orgId === first)
    expect(anew).toMatchObject({ places: 4, why: expect.not.objectContaining({ byRule: 4 }) })
    await cases.publishCall({ callId, revision: again.revision })
    const elsewhere = [{ quota: 0, orgId: at.world.schools[2].id, places: 1 }]
    expect(await refusalOf(cases.setPlaces({ callId, revision: again.revision + 1, rows: elsewhere }))).toBe(
      'conflict cases.call_not_draft',
    )
  })
})

describe('publishing', () => {
  it('needs a deadline to come', async () => {
    const { cases } = await trainer()
    const { callId } = await cases.createCall({ orgId: at.world.district.id, from: given() })
    expect(await refusalOf(cases.publishCall({ callId, revision: 1 }))).toBe('refused cases.no_deadline')
    const put = async (closesAt: string, revision: number) =>
      cases.saveCall({ callId, revision, deadlines: [{ stage: 'submit', closesAt }] })
    const { revision } = await put('2023-02-01T00:00:00Z', 1)
    expect(await refusalOf(cases.publishCall({ callId, revision }))).toBe('refused cases.deadline_past')
  })
  it('freezes the text and takes applications from then on', async () => {
    const { callId, revision, cases } = await published()
    expect(await refusalOf(cases.saveCall({ callId, revision: revision + 1, source: given().source }))).toBe(
      'conflict cases.call_not_draft',
    )
    const id = await at.apply(callId, 0, 0)
    expect(await at.where(id)).toEqual({ state: 'waiting', stage: 'school' })
    expect(await refusalOf(cases.endCall({ callId, reason: '提前结束' }))).toBe('refused cases.call_has_cases')
  })
})

describe('an amendment', () => {
  it('says why, and stands beside what was before', async () => {
    const { callId, revision, cases } = await draft({ quotas })
    const rows = [{ quota: 1, orgId: at.world.district.id, places: 2 }]
    const set = await cases.setPlaces({ callId, revision, rows })
    await cases.publishCall({ callId, revision: set.revision })
    const reason = '疫情影响，顺延一周'
    await cases.amendCall({
      callId,
      reason,
      change: { what: 'deadline', stage: 'submit', closesAt: '2023-04-07T10:00:00Z' },
    })
    await cases.amendCall({ callId, reason: '追加名额', change: { what: 'places', ...rows[0]!, places: 3 } })
    const more = { what: 'places', ...rows[0]!, places: 4 } as const
    expect(await refusalOf(cases.amendCall({ callId, reason, change: more }))).toBe('refused cases.places_beyond')
    const call = await cases.call({ callId })
    expect(call.amendments).toMatchObject([
      { what: 'places', before: { places: 2 }, after: { places: 3 }, reason: '追加名额' },
      { what: 'deadline', after: { stage: 'submit' }, reason },
    ])
    expect(call.closesAt).toContain('2023-04-07')
    const teacher = await at.world.as(at.world.teachers[0][0]!.account)
    expect((await teacher.cases.call({ callId })).amendments).toHaveLength(2)
  })
  it('ends a call, and what nobody handed in lapses', async () => {
    const { callId, cases } = await published()
    const id = await at.apply(callId, 0, 1, false)
    await cases.endCall({ callId, reason: '无人申报' })
    expect(await at.where(id)).toMatchObject({ state: 'lapsed' })
    expect(await cases.call({ callId })).toMatchObject({ state: 'ended', amendments: [{ what: 'ended' }] })
  })
})

describe('a dry run', () => {
  const count = async () => {
    const { rows } = await sql<{
      n: number
    }>`select (select count(*) from directory.person)::int + (select count(*) from cases.application)::int
      + (select count(*) from inbox.item)::int as n`.execute(at.house.owner)
    return rows[0]!.n
  }
  it('tells where everybody ended and who found no place, and keeps nothing', async () => {
    const { callId, revision, cases } = await draft({ quotas })
    await cases.setPlaces({ callId, revision, rows: [{ quota: 1, orgId: at.world.district.id, places: 3 }] })
    const before = await count()
    const { stages, ended, applicants } = await cases.dryRunCall({ callId, applicants: 10 })
    expect(await count()).toBe(before)
    expect(applicants).toBe(10)
    // Five at each school: four and three are recommended, three are chosen.
    expect(stages.map(({ stage, came, passed }) => [stage, came, passed])).toEqual([
      ['school', 10, 7],
      ['district', 7, 7],
      ['notice', 7, 7],
      ['decide', 7, 3],
      ['file', 3, 3],
    ])
    expect(stages[0]).toMatchObject({
      offices: 2,
      vacant: [],
      due: '2023-03-08',
      trouble: [{ code: 'cases.quota_full', cases: 3 }],
    })
    expect(ended).toEqual(
      expect.arrayContaining([
        { state: 'filed', stage: 'file', cases: 3 },
        { state: 'refused', stage: 'decide', cases: 4 },
        { state: 'refused', stage: 'school', cases: 3 },
      ]),
    )
  })
  it('tells what would keep it from being published', async () => {
    const { cases } = await trainer()
    const { callId } = await cases.createCall({ orgId: at.world.district.id, from: given({ quotas }) })
    const { lacking } = await cases.dryRunCall({ callId, applicants: 1 })
    expect(lacking.map(({ code }) => code)).toEqual(['cases.no_deadline', 'cases.places_missing'])
  })
  it('tells offices that nobody holds', async () => {
    const [school, ...rest] = simple().stages
    const by = [{ role: 'trainer', at: 'school' }]
    const { callId, cases } = await draft({ stages: [{ ...school, by }, ...rest] })
    const { stages } = await cases.dryRunCall({ callId, applicants: 2 })
    expect(stages[0]!.vacant).toEqual([
      { role: 'trainer', org: '第一小学' },
      { role: 'trainer', org: '第二小学' },
    ])
  })
})
