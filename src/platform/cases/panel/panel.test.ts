/** Meetings in PostgreSQL, through the API: members, lots, recusals, attendance, votes and what comes of them, minutes. */
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { textOf } from '../../../../test/harness/pdf-text.ts'
import { refusalOf } from '../../../../test/harness/world.ts'
import { newId } from '../../../base/ids.ts'
import type { Caller } from '../../../server/caller.ts'
import { transact } from '../../db/index.ts'
import { type CasesHouse, openCasesHouse } from '../flow/cases.fixture.ts'
import { moveOne } from '../flow/move.ts'
import { lockedApplication, openCall } from '../flow/rows.ts'
import { type Expert, experts, receipt, voteAll, withPanel } from './panel.fixture.ts'

let at: CasesHouse
let office: Caller
let pool: Expert[]
beforeAll(async () => {
  at = await openCasesHouse(30)
  office = await at.world.as('commission@district')
  pool = await experts(at, 25)
})
afterAll(() => at?.house.close())

let next = 0
/** A call with so many cases that wait for the panel. */
async function waiting(count: number, definition = withPanel()) {
  const callId = await at.publish(definition)
  const ids: string[] = []
  for (let n = 0; n < count; n++) ids.push(await at.apply(callId, (next % 2) as 0 | 1, Math.floor(next++ / 2) % 30))
  return { callId, ids }
}
const meeting = { stage: 'panel', name: '第一次会议', heldOn: '2023-03-10' }
const accounts = (list: readonly Expert[]) => list.map(({ account }) => account)
async function sittingOf(members: readonly Expert[], callId: string, present = members) {
  const { panelId } = await office.cases.convenePanel({ ...meeting, callId, named: accounts(members) })
  const { revision } = await office.cases.panel({ panelId })
  await office.cases.openSitting({ panelId, revision, present: accounts(present) })
  return panelId
}

describe('convening', () => {
  it.each([
    ['too few', 1, 'refused cases.panel_too_small'],
    ['an even number', 4, 'refused cases.panel_even'],
    ['enough', 3, 'done'],
  ])('%s', async (_name, count, expected) => {
    const { callId } = await waiting(1)
    expect(
      await refusalOf(office.cases.convenePanel({ ...meeting, callId, named: accounts(pool.slice(0, count)) })),
    ).toBe(expected)
  })
  it('takes nobody twice, nobody from outside the pool, and nothing where nothing waits', async () => {
    const { callId } = await waiting(1)
    const [a, b, c] = accounts(pool) as [string, string, string]
    const convene = (named: string[]) => refusalOf(office.cases.convenePanel({ ...meeting, callId, named }))
    expect(await convene([a, b, a])).toBe('invalid cases.member_twice')
    expect(await convene([a, b, newId()])).toBe('not_found not_found')
    expect(await convene([a, b, c])).toBe('done')
    expect(await convene([a, b, c])).toBe('refused cases.nothing_waits')
  })
  it('draws lots that anybody can draw again', async () => {
    const { callId } = await waiting(1)
    const { panelId } = await office.cases.convenePanel({
      ...meeting,
      callId,
      named: [pool[0]!.account],
      drawn: 4,
    })
    const { draw, members } = await office.cases.panel({ panelId })
    const lot = (account: string) =>
      createHash('sha256').update(`${draw!.seed}:panel:panel:${draw!.nth}:${account}`).digest('hex')
    const again = draw!.pool.toSorted((a, b) => (lot(a) < lot(b) ? -1 : 1)).slice(0, draw!.taken)
    expect(draw!.pool).not.toContain(pool[0]!.account)
    expect(members.map(({ accountId }) => accountId).toSorted()).toEqual([pool[0]!.account, ...again].toSorted())
    const { revision } = await office.cases.panel({ panelId })
    await office.cases.setPanelMembers({ panelId, revision, drawn: 5 })
    expect((await office.cases.panel({ panelId })).draw).toMatchObject({ nth: draw!.nth + 1, taken: 5 })
  })
  it('is for the office that the call names, over its own cases', async () => {
    const { callId } = await waiting(1)
    const ask = { ...meeting, callId, named: accounts(pool.slice(0, 3)) }
    const trainer = await at.world.as('trainer@district')
    expect(await refusalOf(trainer.cases.convenePanel(ask))).toBe('refused cases.not_your_stage')
    const other = await at.world.as('commission@other')
    expect(await refusalOf(other.cases.convenePanel(ask))).toBe('not_found not_found')
    expect(await refusalOf((await at.world.as('clerk@0')).cases.convenePanel(ask))).toBe('forbidden access.forbidden')
    const { panelId } = await office.cases.convenePanel(ask)
    expect(await refusalOf(other.cases.panel({ panelId }))).toBe('not_found not_found')
    expect(await refusalOf(pool[5]!.as.cases.myPanel({ panelId }))).toBe('not_found not_found')
    await office.cases.dropPanel({ panelId })
    expect(await refusalOf(office.cases.convenePanel(ask))).toBe('done')
  })
})

describe('recusals', () => {
  it('are found by rule: the same school now, a tie on record, one’s own case', async () => {
    const { callId, ids } = await waiting(3)
    const { rows } = await sql<{ id: string; personId: string; orgId: string }>`select a.id, a.person_id, a.org_id
      from cases.application a where a.id = any (${ids}::uuid[]) order by array_position(${ids}::uuid[], a.id)`.execute(
      at.house.owner,
    )
    const [first, second, third] = rows as [(typeof rows)[0], (typeof rows)[0], (typeof rows)[0]]
    const [same] = await experts(at, 1, { personId: first.personId })
    const neighbour = at.world.teachers[2][0]!
    const [tied] = await experts(at, 1, { personId: neighbour.id })
    const school = await sql<{
      name: string
    }>`select o.name from directory.organisation o where o.id = ${second.orgId}`.execute(at.house.owner)
    const [byName] = await experts(at, 1, { employer: school.rows[0]!.name })
    await sql`insert into cases.relation (person_id, id, other_id, other_name, kind, by_account) values (${third.personId}, ${newId()}, ${neighbour.id}, ${neighbour.name}, 'co_author', ${pool[0]!.account})`.execute(
      at.house.owner,
    )
    const members = [same!, tied!, byName!]
    const { panelId } = await office.cases.convenePanel({ ...meeting, callId, named: accounts(members) })
    const { agenda } = await office.cases.panel({ panelId })
    const found = agenda.flatMap(({ applicationId, recused }) =>
      recused.map(
        ({ accountId, kind }) => `${ids.indexOf(applicationId)}:${accounts(members).indexOf(accountId)}:${kind}`,
      ),
    )
    // Cases 0 and 2 are of one school, 1 of the other.
    expect(found.toSorted()).toEqual(['0:0:self', '1:2:same_school', '2:0:same_school', '2:1:co_author'])
    const mine = await same!.as.cases.myPanel({ panelId })
    const own = mine.agenda.find(({ applicationId }) => applicationId === ids[0])
    expect(own).toMatchObject({ recused: 'self', content: [] })
    expect(mine.agenda.find(({ applicationId }) => applicationId === ids[1])!.content).toContainEqual({
      title: '工作设想',
      value: '三年内带教两名青年教师',
      depth: 1,
    })
  })
  it('take seat and vote for that case alone, and count neither for nor against', async () => {
    const members = pool.slice(0, 5)
    const { callId, ids } = await waiting(2)
    const panelId = await sittingOf(members, callId)
    const [one, two] = ids as [string, string]
    await members[0]!.as.cases.declareRecusal({ panelId, applicationId: one, why: '曾为其导师' })
    expect(await refusalOf(members[0]!.as.cases.declareRecusal({ panelId, applicationId: one, why: '再次' }))).toBe(
      'conflict cases.recused_already',
    )
    await office.cases.openVote({ panelId })
    expect(await refusalOf(members[1]!.as.cases.declareRecusal({ panelId, applicationId: one, why: '太晚' }))).toBe(
      'conflict cases.vote_begun',
    )
    const cast = (n: number, applicationId: string) =>
      refusalOf(
        members[n]!.as.cases.castBallots({ panelId, ballots: [{ applicationId, choice: 'aye', receipt: receipt() }] }),
      )
    expect(await cast(0, one)).toBe('conflict cases.you_are_recused')
    expect(await cast(0, two)).toBe('done')
    const { agenda } = await office.cases.panel({ panelId })
    expect(agenda.map(({ applicationId, entitled }) => [applicationId === one, entitled]).toSorted()).toEqual([
      [false, 5],
      [true, 4],
    ])
  })
})

describe('attendance', () => {
  const eleven = withPanel({ seats: 11 })
  it('of 11 needs 8, and is fixed with the first vote in sight', async () => {
    const { callId } = await waiting(1, eleven)
    const members = pool.slice(0, 11)
    const { panelId } = await office.cases.convenePanel({ ...meeting, callId, named: accounts(members) })
    const { revision } = await office.cases.panel({ panelId })
    const open = (present: readonly Expert[]) =>
      refusalOf(office.cases.openSitting({ panelId, revision, present: accounts(present) }))
    expect(await open(members.slice(0, 7))).toBe('refused cases.attendance_short')
    expect(await open([...members.slice(0, 7), pool[20]!])).toBe('not_found not_found')
    expect(await refusalOf(office.cases.openVote({ panelId }))).toBe('conflict cases.meeting_state')
    expect(await open(members.slice(0, 8))).toBe('done')
    expect(await open(members)).toBe('conflict cases.meeting_state')
    await expect(
      sql`update cases.seat set present = true where panel_id = ${panelId}`.execute(at.house.owner),
    ).rejects.toThrow(/stands as it is/)
    await office.cases.openVote({ panelId })
    const ballots = (await members[0]!.as.cases.myPanel({ panelId })).agenda.map(({ applicationId }) => ({
      applicationId,
      choice: 'aye' as const,
      receipt: receipt(),
    }))
    expect(await refusalOf(members[9]!.as.cases.castBallots({ panelId, ballots }))).toBe('conflict cases.no_seat')
  })
  it('is counted again for each case without those who are recused', async () => {
    const { callId, ids } = await waiting(1, eleven)
    const members = pool.slice(0, 11)
    const panelId = await sittingOf(members, callId, members.slice(0, 8))
    for (const n of [0, 1, 2])
      await office.cases.recuseMember({
        panelId,
        applicationId: ids[0]!,
        accountId: members[n]!.account,
        why: '利害关系',
      })
    expect(await refusalOf(office.cases.openVote({ panelId }))).toBe('refused cases.no_quorum')
  })
  it('is said to the office and to every member, before the meeting sits and while it does', async () => {
    const { callId, ids } = await waiting(1, eleven)
    const members = pool.slice(0, 11)
    const { panelId } = await office.cases.convenePanel({ ...meeting, callId, named: accounts(members) })
    const before = { members: 11, recused: 1, body: 10, needed: 7, present: null, entitled: null, quorate: null }
    const recusal = { panelId, applicationId: ids[0]!, why: '利害关系' }
    await office.cases.recuseMember({ ...recusal, accountId: members[0]!.account })
    const { revision, agenda, clause } = await office.cases.panel({ panelId })
    expect(agenda[0]!.quorum).toMatchObject(before)
    expect(clause).toMatchObject({ document: '测试办法', confidence: expect.any(String) })
    await office.cases.openSitting({ panelId, revision, present: accounts(members.slice(0, 8)) })
    const sat = { ...before, present: 8, recusedPresent: 1, entitled: 7, quorate: true }
    expect((await office.cases.panel({ panelId })).agenda[0]!.quorum).toMatchObject(sat)
    expect((await members[9]!.as.cases.myPanel({ panelId })).agenda[0]!.quorum).toMatchObject(sat)
    // Who stays away has a seat all the same, until recused.
    await office.cases.recuseMember({ ...recusal, accountId: members[10]!.account })
    expect((await office.cases.panel({ panelId })).agenda[0]!.quorum).toMatchObject({ body: 9, needed: 6, entitled: 7 })
  })
})

describe('votes', () => {
  const rows: [string, number, number, number, string][] = [
    ['two thirds exactly', 6, 2, 1, 'decide'],
    ['one short', 5, 4, 0, 'refused'],
    ['blanks are no ayes', 5, 0, 4, 'refused'],
  ]
  it.each(rows)('%s of nine present', async (_name, ayes, noes, blanks, where) => {
    const members = pool.slice(0, 9)
    const { callId, ids } = await waiting(1)
    const panelId = await sittingOf(members, callId)
    await office.cases.openVote({ panelId })
    await voteAll(members.slice(0, ayes), panelId, 'aye')
    await voteAll(members.slice(ayes, ayes + noes), panelId, 'no')
    await voteAll(members.slice(ayes + noes), panelId, 'blank')
    await office.cases.closeVote({ panelId })
    const [item] = (await office.cases.panel({ panelId })).agenda
    expect(item).toMatchObject({ ayes, noes, blanks, entitled: 9, passed: where === 'decide', state: 'counted' })
    const standing = await at.where(ids[0]!)
    expect(where === 'decide' ? standing.stage : standing.state).toBe(where)
    const { rows: owner } = await sql<{
      account: string
    }>`select a.made_by as account from cases.application a where a.id = ${ids[0]!}`.execute(at.house.owner)
    const own = (await at.world.as(owner[0]!.account)).cases
    const { timeline } = await own.ownApplication({ applicationId: ids[0]! })
    expect(timeline.at(-1)).toMatchObject({ votes: { ayes, noes, blanks, entitled: 9 } })
    expect(timeline.at(-1)!.words).toContain(`同意${ayes}票，不同意${noes}票，弃权${blanks}票`)
    expect(timeline[0]!.votes).toBeNull()
  })
  it('are checked by receipt, cast once, and not after closing; a missing ballot is no aye', async () => {
    const members = pool.slice(0, 3)
    const { callId, ids } = await waiting(1)
    const panelId = await sittingOf(members, callId)
    const [applicationId] = ids as [string]
    const mine = receipt()
    const vote = (n: number, ballot = receipt(), choice: 'aye' | 'no' = 'aye') =>
      refusalOf(members[n]!.as.cases.castBallots({ panelId, ballots: [{ applicationId, choice, receipt: ballot }] }))
    expect(await vote(0)).toBe('conflict cases.vote_closed')
    await office.cases.openVote({ panelId })
    expect(await vote(0, mine, 'no')).toBe('done')
    expect(await vote(0)).toBe('conflict cases.voted_already')
    const check = (n: number, ballot: string) =>
      members[n]!.as.cases.checkBallots({ panelId, receipts: [{ applicationId, receipt: ballot }] })
    expect(await check(0, mine)).toEqual([{ applicationId, choice: 'no' }])
    expect(await check(0, receipt())).toEqual([{ applicationId, choice: null }])
    expect(await vote(1)).toBe('done')
    expect(await refusalOf(office.cases.closeVote({ panelId }))).toBe('refused cases.ballots_missing')
    await office.cases.closeVote({ panelId, withoutAll: true })
    expect(await vote(2)).toBe('conflict cases.vote_closed')
    expect(await check(0, mine)).toEqual([{ applicationId, choice: 'no' }])
    expect(await at.where(applicationId)).toMatchObject({ state: 'refused' })
  })
  it('of 25 members at once are all counted, and a second ballot of each is not', async () => {
    const { callId } = await waiting(2)
    const panelId = await sittingOf(pool, callId)
    await office.cases.openVote({ panelId })
    const { agenda } = await pool[0]!.as.cases.myPanel({ panelId })
    const cast = (n: number, order: typeof agenda) =>
      refusalOf(
        pool[n]!.as.cases.castBallots({
          panelId,
          ballots: order.map(({ applicationId }) => ({
            applicationId,
            choice: n % 5 === 0 ? ('no' as const) : ('aye' as const),
            receipt: receipt(),
          })),
        }),
      )
    const said = await Promise.all(pool.flatMap((_, n) => [cast(n, agenda), cast(n, agenda.toReversed())]))
    expect(said.filter((one) => one === 'done')).toHaveLength(25)
    expect(said.filter((one) => one === 'conflict cases.voted_already')).toHaveLength(25)
    await office.cases.closeVote({ panelId })
    for (const item of (await office.cases.panel({ panelId })).agenda)
      expect(item).toMatchObject({ ayes: 20, noes: 5, blanks: 0, entitled: 25, passed: true })
  })
  it('that come while it is counted are counted or refused, and nothing hangs', async () => {
    const { callId } = await waiting(2)
    const panelId = await sittingOf(pool, callId)
    await office.cases.openVote({ panelId })
    const { agenda } = await pool[0]!.as.cases.myPanel({ panelId })
    const ballots = () =>
      agenda.map(({ applicationId }) => ({ applicationId, choice: 'aye' as const, receipt: receipt() }))
    const casting = pool.map(({ as }) => refusalOf(as.cases.castBallots({ panelId, ballots: ballots() })))
    const [said] = await Promise.all([Promise.all(casting), office.cases.closeVote({ panelId, withoutAll: true })])
    const cast = said.filter((one) => one === 'done').length
    expect(said.filter((one) => one === 'conflict cases.vote_closed')).toHaveLength(pool.length - cast)
    for (const item of (await office.cases.panel({ panelId })).agenda)
      expect(item).toMatchObject({ ayes: cast, noes: 0, blanks: 0, entitled: 25 })
  })
  it('skip a case that was withdrawn meanwhile', async () => {
    const members = pool.slice(0, 3)
    const { callId, ids } = await waiting(2)
    const panelId = await sittingOf(members, callId)
    await sql`update cases.application set state = 'withdrawn' where id = ${ids[0]!}`.execute(at.house.owner)
    expect(await office.cases.openVote({ panelId })).toEqual({ opened: 1 })
    await voteAll(members, panelId, 'aye')
    expect(await office.cases.closeVote({ panelId })).toEqual({ counted: 1, passed: 1 })
    expect(await at.where(ids[0]!)).toMatchObject({ state: 'withdrawn' })
  })
})

describe('a call that is read blind', () => {
  it('stands before the members by numbers; the office alone knows whose they are', async () => {
    const review = {
      id: 'review',
      title: { zh: '盲评', en: 'Review' },
      kind: 'review',
      by: { role: 'commission', at: 'district' },
      reviews: 1,
      blind: 'both',
      rubric: [{ id: 'all', title: { zh: '总评', en: 'All' }, most: 100 }],
    }
    const definition = withPanel()
    const callId = await at.publish({ ...definition, stages: [review as never, ...definition.stages] })
    const members = pool.slice(0, 3)
    const person = at.world.teachers[0][29]!
    const applicationId = await at.apply(callId, 0, 29)
    const paper = newId()
    const file = newId()
    const { sha256, size } = await at.house.files.put(Buffer.from('%PDF-1.7 证明'), 1_000)
    await sql`insert into files.file (id, sha256, name, media_type, size, purpose, account_id) values (${file}, ${sha256}, ${`${person.name}的证明.pdf`}, 'application/pdf', ${size}, 'test', ${person.account})`.execute(
      at.house.owner,
    )
    await sql`insert into cases.paper (id, call_id, stage, org_id, org_path, nth, content, files)
      select ${paper}, a.call_id, 'review', ${at.world.district.id}, ${at.world.district.path}::ltree, 17, '[{"title": "工作设想", "value": "见附件", "depth": 0, "en": {"title": "Plan", "value": "attached"}}]',
        ${JSON.stringify([
          { title: { zh: '证明', en: 'Proof' }, fileId: file, held: false },
          { title: { zh: '照片', en: 'Picture' }, fileId: file, held: true },
        ])}::jsonb
      from cases.application a where a.id = ${applicationId}`.execute(at.house.owner)
    await sql`insert into cases.paper_of (paper_id, application_id) values (${paper}, ${applicationId})`.execute(
      at.house.owner,
    )
    await at.everywhere(async (act) =>
      moveOne(act, await openCall(act, callId), await lockedApplication(act, applicationId), { act: 'pass' }),
    )
    const panelId = await sittingOf(members, callId)
    await office.cases.openVote({ panelId })
    await voteAll(members, panelId, 'aye')
    await office.cases.closeVote({ panelId })
    await office.cases.closePanel({ panelId })
    const { as } = members[0]!
    const mine = await as.cases.myPanel({ panelId })
    expect(mine.agenda).toMatchObject([
      { name: null, org: null, number: 17, content: [{ title: '工作设想', value: '见附件', depth: 0 }] },
    ])
    expect((await as.cases.myPanel({ panelId, locale: 'en' })).agenda[0]!.content[0]!.value).toBe('attached')
    expect(mine.agenda[0]!.files).toEqual([{ nth: 1, title: { zh: '证明', en: 'Proof' } }])
    const given = await as.cases.sittingFile({ panelId, applicationId, nth: 1 })
    expect([given.name, await given.text()]).toEqual(['1.pdf', '%PDF-1.7 证明'])
    expect(await refusalOf(as.cases.sittingFile({ panelId, applicationId, nth: 2 }))).toBe('not_found not_found')
    expect(await refusalOf(pool[5]!.as.cases.sittingFile({ panelId, applicationId, nth: 1 }))).toBe(
      'not_found not_found',
    )
    const minutes = async (file: Promise<File>) => textOf(Buffer.from(await (await file).arrayBuffer())).join('')
    const theirs = [
      JSON.stringify(mine),
      JSON.stringify(await as.cases.myPanels()),
      await minutes(as.cases.sittingMinutes({ panelId })),
    ]
    for (const word of [person.name, person.id, person.number, '第一小学'])
      expect(theirs.filter((text) => text.includes(word))).toEqual([])
    const ours = await minutes(office.cases.minutes({ panelId }))
    expect(ours).toContain(person.name)
    expect(await refusalOf(pool[5]!.as.cases.sittingMinutes({ panelId }))).toBe('not_found not_found')
  })
  it('shows a paper to members of the meeting alone', async () => {
    const { rows } = await sql<{
      id: string
    }>`select p.id from cases.paper p join cases.agenda g on g.paper_id = p.id`.execute(at.house.owner)
    const seen = (account: string) =>
      transact(
        at.house.db,
        {
          actor: { account, person: null, name: 'x' },
          scope: { paths: [], self: true },
          permission: 'cases.panel.sit',
        },
        async (act) => (await sql`select from cases.paper p where p.id = ${rows[0]!.id}`.execute(act.tx)).rows.length,
      )
    expect(await seen(pool[0]!.account)).toBe(1)
    expect(await seen(pool[9]!.account)).toBe(0)
  })
})

describe('minutes', () => {
  it('are numbered, name everybody and every count, are signed by those present, and then nothing changes', async () => {
    const members = pool.slice(0, 5)
    const here = members.slice(0, 4)
    const { callId, ids } = await waiting(2)
    const panelId = await sittingOf(members, callId, here)
    await office.cases.recuseMember({ panelId, applicationId: ids[0]!, accountId: here[3]!.account, why: '师徒' })
    await office.cases.openVote({ panelId })
    expect(await refusalOf(office.cases.closePanel({ panelId }))).toBe('conflict cases.vote_still_open')
    await voteAll(here, panelId, 'aye')
    await office.cases.closeVote({ panelId })
    const { label } = await office.cases.closePanel({ panelId })
    expect(label).toMatch(/^评审纪要〔2023〕\d+号$/)
    const { minutes } = await here[0]!.as.cases.myPanel({ panelId })
    const sign = (who: Expert, digest = minutes!.digest) => refusalOf(who.as.cases.signMinutes({ panelId, digest }))
    expect(await sign(here[0]!, 'another')).toBe('invalid cases.minutes_changed')
    expect(await sign(members[4]!)).toBe('conflict cases.signed_already')
    expect(await Promise.all(here.map((who) => sign(who)))).toEqual(['done', 'done', 'done', 'done'])
    expect((await office.cases.panel({ panelId })).state).toBe('signed')
    const { rows: open } =
      await sql`select from inbox.item i where i.key = ${`cases.minutes:${panelId}`} and i.done_at is null`.execute(
        at.house.owner,
      )
    expect(open).toEqual([])
    expect(await sign(here[0]!)).toBe('conflict cases.signed_already')
    const text = textOf(Buffer.from(await (await office.cases.minutes({ panelId })).arrayBuffer())).join('')
    for (const part of [label, '专家4', '师徒', '教师', minutes!.digest, '测试办法', '法定人数的计算', '不占席位'])
      expect(text.replaceAll(/\s/g, '')).toContain(part)
    const english = await here[0]!.as.cases.sittingMinutes({ panelId, locale: 'en' })
    expect((await english.arrayBuffer()).byteLength).toBeGreaterThan(5_000)
    for (const change of [
      sql`update cases.panel set name = '改' where id = ${panelId}`,
      sql`update cases.agenda set ayes = 0 where panel_id = ${panelId}`,
      sql`update cases.seat set signed_at = null where panel_id = ${panelId}`,
      sql`delete from cases.recusal where panel_id = ${panelId}`,
    ])
      await expect(change.execute(at.house.owner)).rejects.toThrow(/stands as it is/)
  })
})
