/** The end of the time to apply: what is received by then counts, whatever else is going on, and nothing later does. */
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { refusalOf } from '../../../../test/harness/world.ts'
import { moveClock, SYSTEM, transact } from '../../db/index.ts'
import { type CasesHouse, openCasesHouse, simple } from '../flow/cases.fixture.ts'
import { lapseOverdue } from './end.ts'

let at: CasesHouse
beforeAll(async () => {
  at = await openCasesHouse(200)
})
afterAll(() => at?.house.close())

const until = async (ahead: number) => {
  const { rows } = await sql<{ at: string }>`select db.now() + ${ahead} * interval '1 millisecond' as at`.execute(
    at.house.owner,
  )
  return rows[0]!.at
}

/** Milliseconds from sending to receiving at most, where one thread does both for two hundred; what is sent late is never received early. */
const ON_ITS_WAY = 300

it('counts two hundred who hand in at once by the instant of each: none lost, none late', async () => {
  const people = at.world.teachers[0]
  const callers = await Promise.all(people.map(async ({ account }) => (await at.world.as(account)).cases))
  const callId = await at.publish(simple(), { closes: await until(3_600_000) })
  const drafts: { nth: number; applicationId: string }[] = []
  for (const [nth, own] of callers.entries()) drafts.push({ nth, ...(await own.startApplication({ callId })) })
  // The latest entry of a deadline holds: it closes while the rush is on, far more at once than there are connections.
  const { account } = people[0]!
  const { rows: closing } = await sql<{
    left: number
  }>`insert into cases.deadline (call_id, stage, closes_at, by_account)
    select ${callId}, 'submit', db.now() + interval '1500 milliseconds', ${account}
    returning extract(epoch from closes_at - clock_timestamp() - (select c.ahead from db.clock c))::float8 * 1000 as left`.execute(
    at.house.owner,
  )
  const ends = performance.now() + closing[0]!.left
  const answers = await Promise.all(
    drafts.map(async ({ nth, applicationId }) => {
      // Two waves, one on each side of the end.
      await new Promise((resolve) => setTimeout(resolve, ends - performance.now() + (nth < 120 ? -900 : 60)))
      const sent = performance.now()
      const answers = { plan: '设想' }
      const outcome = await refusalOf(callers[nth]!.submitApplication({ applicationId, revision: 1, answers }))
      return { applicationId, outcome, ahead: ends - sent }
    }),
  )
  const early = answers.filter(({ ahead }) => ahead > ON_ITS_WAY)
  const late = answers.filter(({ ahead }) => ahead < 0)
  expect(early.length).toBeGreaterThan(20)
  expect(late.length).toBeGreaterThan(20)
  expect(early.filter(({ outcome }) => outcome !== 'done')).toEqual([])
  expect(late.filter(({ outcome }) => outcome !== 'refused cases.too_late')).toEqual([])
  const { rows } = await sql<{ id: string; submittedAt: string }>`select a.id, a.submitted_at from cases.application a
    where a.call_id = ${callId} and a.state = 'waiting'`.execute(at.house.owner)
  const done = answers.filter(({ outcome }) => outcome === 'done').map(({ applicationId }) => applicationId)
  expect(rows.map(({ id }) => id).sort()).toEqual(done.sort())
  const closes = await sql<{
    at: string
  }>`select max(d.closes_at) filter (where d.nth = (select max(x.nth) from cases.deadline x where x.call_id = ${callId})) as at
    from cases.deadline d where d.call_id = ${callId}`.execute(at.house.owner)
  expect(rows.filter(({ submittedAt }) => Date.parse(submittedAt) > Date.parse(closes.rows[0]!.at))).toEqual([])
}, 120_000)

describe('the boundary', () => {
  it('lets nobody begin, save or hand in afterwards; what was begun lapses by itself, what was extended does not', async () => {
    const own = (await at.world.as(at.world.teachers[1][0]!.account)).cases
    const [closing, extended] = [
      await at.publish(simple(), { closes: '2023-03-10T16:00:00Z' }),
      await at.publish(simple(), { closes: '2023-03-10T16:00:00Z' }),
    ]
    const drafts = [await own.startApplication({ callId: closing }), await own.startApplication({ callId: extended })]
    const { account } = at.world.teachers[1][0]!
    await sql`insert into cases.deadline (call_id, stage, closes_at, reason, by_account)
      values (${extended}, 'submit', '2023-03-20T16:00:00Z', '延期', ${account})`.execute(at.house.owner)
    await moveClock(at.house.owner, new Date('2023-03-10T16:11:00Z'))
    expect(await refusalOf(own.startApplication({ callId: closing }))).toBe('refused cases.too_late')
    const save = { ...drafts[0]!, revision: 1, answers: { plan: '设想' } }
    expect(await refusalOf(own.saveAnswers(save))).toBe('refused cases.too_late')
    expect(await refusalOf(own.submitApplication(save))).toBe('refused cases.too_late')
    const scope = { paths: [at.world.city.path], self: false }
    expect(
      await transact(at.house.db, { actor: SYSTEM, permission: 'cases.handle', scope }, lapseOverdue),
    ).toBeGreaterThan(0)
    expect(await at.where(drafts[0]!.applicationId)).toMatchObject({ state: 'lapsed' })
    expect(await at.where(drafts[1]!.applicationId)).toMatchObject({ state: 'draft' })
    expect(await transact(at.house.db, { actor: SYSTEM, permission: 'cases.handle', scope }, lapseOverdue)).toBe(0)
  })
})
