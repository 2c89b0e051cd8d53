/** Secret votes on cases: opened, cast under receipts, checked by whoever holds one, counted and carried out. */
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { conflict, notFound, refused } from '../../../base/errors.ts'
import { record } from '../../audit/index.ts'
import type { Act } from '../../db/index.ts'
import { notify } from '../../inbox/index.ts'
import type { Ballot } from '../contract/panel.ts'
import { titleAt } from '../flow/enter.ts'
import { moveAll } from '../flow/move.ts'
import { lockedApplications } from '../flow/rows.ts'
import { hasPassed, quorumOf } from '../rules/quorum.ts'
import type { Call } from '../tables.ts'
import { lockedMeeting, meetingOf } from './convene.ts'
import { countsAsWords } from './words.ts'

const subject = (panelId: string) => ({ kind: 'panel', id: panelId })

type Item = {
  applicationId: string
  nth: number
  state: 'waiting' | 'voting' | 'counted'
  entitled: number | null
  members: number
  present: number
  recused: number
  recusedPresent: number
  voted: number
  gone: boolean
}

/** Lines of the agenda, locked in one order, with what decides whether they can be voted on. */
async function lockedAgenda<T>(act: Act<T>, panelId: string, wanted?: readonly string[]): Promise<Item[]> {
  const only = wanted ? sql`and g.application_id = any (${wanted}::uuid[])` : sql``
  await sql`select from cases.agenda g where g.panel_id = ${panelId} ${only} order by g.application_id for update`.execute(
    act.tx,
  )
  const { rows } =
    await sql<Item>`select g.application_id, g.nth, g.state, g.entitled, seats.members, seats.present, r.recused, r.recused_present, v.voted,
      a.id is null or a.state <> 'waiting' or a.stage <> p.stage as gone
    from cases.agenda g join cases.panel p on p.id = g.panel_id left join cases.application a on a.id = g.application_id
      cross join lateral (select count(*)::int as members, (count(*) filter (where s.present))::int as present from cases.seat s where s.panel_id = g.panel_id) seats
      cross join lateral (select count(*)::int as recused, (count(*) filter (where s.present))::int as recused_present
        from cases.recusal r join cases.seat s on s.panel_id = r.panel_id and s.account_id = r.account_id
        where r.panel_id = g.panel_id and r.application_id = g.application_id) r
      cross join lateral (select count(*)::int as voted from cases.voted v where v.panel_id = g.panel_id and v.application_id = g.application_id) v
    where g.panel_id = ${panelId} ${only} order by g.application_id`.execute(act.tx)
  if (wanted && rows.length !== new Set(wanted).size) throw notFound('agenda')
  return rows
}

/**
 * Opens the vote on these cases, or on all that can be voted on.
 * @throws Refusal as `lockedMeeting`, `cases.vote_not_possible` where a named case was voted on or has left, `cases.no_quorum` with the first that has none
 */
export async function openVote<T>(
  act: Act<T>,
  panelId: string,
  wanted?: readonly string[],
): Promise<{ opened: number }> {
  const { call, stage } = await lockedMeeting(act, panelId, 'sitting')
  const items = await lockedAgenda(act, panelId, wanted)
  const free = items.filter(({ state, gone }) => state === 'waiting' && !gone)
  if (free.length === 0 || (wanted && free.length < items.length)) throw conflict('cases.vote_not_possible')
  const lines = free.map((item) => ({ ...item, ...quorumOf(stage, item) }))
  const without = lines.filter(({ quorate }) => !quorate)
  const open = lines.filter(({ quorate }) => quorate)
  if (open.length === 0 || (wanted && without.length > 0)) {
    const { nth, entitled, body, needed } = without[0]!
    throw refused('cases.no_quorum', { nth, entitled, body, least: needed })
  }
  await sql`update cases.agenda g set state = 'voting', entitled = w.entitled
    from jsonb_to_recordset(${JSON.stringify(open.map(({ applicationId, entitled }) => ({ id: applicationId, entitled })))}::jsonb) as w(id uuid, entitled int)
    where g.panel_id = ${panelId} and g.application_id = w.id`.execute(act.tx)
  await tellVoters(act, panelId, titleAt(call, stage), open.length)
  await record(act, { action: 'cases.vote_opened', subject: subject(panelId), after: { cases: open.length } })
  return { opened: open.length }
}

async function tellVoters<T>(act: Act<T>, panelId: string, title: { zh: string; en: string }, count: number) {
  const { rows } = await sql<{
    accountId: string
  }>`select s.account_id from cases.seat s where s.panel_id = ${panelId} and s.present`.execute(act.tx)
  await notify(
    act,
    rows.map(({ accountId }) => ({
      accountId,
      kind: 'message' as const,
      code: 'cases.told.vote_opened',
      data: { ...title, count },
      link: `/my/panels/${panelId}`,
    })),
  )
}

const WHY_NOT = {
  closed: 'cases.vote_closed',
  seat: 'cases.no_seat',
  recused: 'cases.you_are_recused',
  voted: 'cases.voted_already',
  choice: 'cases.no_choice',
} as const

const hashed = (receipt: string): string => createHash('sha256').update(receipt, 'utf8').digest('hex')

type Cast = { applicationId: string; choice: Ballot; receipt: string }

/**
 * Puts ballots into the urn, all or none. What was chosen and the receipts go to the database and nowhere else: not to the trail, not to a log.
 * @throws Refusal `not_found` for whoever is no member, `cases.vote_closed`, `cases.no_seat`, `cases.you_are_recused`, `cases.voted_already`
 */
export async function castBallots<T>(
  act: Act<T>,
  panelId: string,
  ballots: readonly Cast[],
): Promise<{ cast: number }> {
  await meetingOf(act, panelId)
  await record(act, { action: 'cases.ballots_cast', subject: subject(panelId) })
  // In one order, so that two who vote on the same cases never wait for each other.
  const given = ballots.map(({ applicationId, choice, receipt }) => ({
    id: applicationId,
    choice,
    hash: hashed(receipt),
  }))
  const { rows } = await sql<{
    said: keyof typeof WHY_NOT | 'cast'
  }>`select cases.cast_ballot(${panelId}, w.id, decode(w.hash, 'hex'), w.choice) as said
    from (select * from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as b(id uuid, choice text, hash text) order by b.id offset 0) w`.execute(
    act.tx,
  )
  const refusal = rows.find(({ said }) => said !== 'cast')
  if (refusal) throw conflict(WHY_NOT[refusal.said as keyof typeof WHY_NOT])
  return { cast: rows.length }
}

/** What lies in the urn under these receipts; null where nothing does. */
export async function checkBallots<T>(
  act: Act<T>,
  panelId: string,
  receipts: readonly { applicationId: string; receipt: string }[],
): Promise<{ applicationId: string; choice: Ballot | null }[]> {
  await meetingOf(act, panelId)
  const asked = receipts.map(({ applicationId, receipt }) => ({ id: applicationId, hash: hashed(receipt) }))
  const { rows } = await sql<{
    applicationId: string
    choice: Ballot | null
  }>`select w.id as application_id, cases.ballot_of(${panelId}, w.id, decode(w.hash, 'hex')) as choice
    from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as w(id uuid, hash text)`.execute(act.tx)
  return rows
}

type Counted = { applicationId: string; ayes: number; noes: number; blanks: number; entitled: number; passed: boolean }

/**
 * Counts the open votes, or these: who passed goes on, the others are refused with the figures. A case that was withdrawn meanwhile is counted
 * and stays where it is.
 * @throws Refusal as `lockedMeeting`, `cases.vote_not_possible` where no vote is open, `cases.ballots_missing` unless `withoutAll`
 */
export async function closeVote<T>(
  act: Act<T>,
  {
    panelId,
    applicationIds,
    withoutAll,
  }: { panelId: string; applicationIds?: string[] | undefined; withoutAll: boolean },
): Promise<{ counted: number; passed: number }> {
  const { call, stage } = await lockedMeeting(act, panelId, 'sitting')
  const items = await lockedAgenda(act, panelId, applicationIds)
  const open = items.filter(({ state }) => state === 'voting')
  if (open.length === 0 || (applicationIds && open.length < items.length)) throw conflict('cases.vote_not_possible')
  const missing = open.filter(({ voted, entitled }) => voted < entitled!)
  if (missing.length > 0 && !withoutAll)
    throw refused('cases.ballots_missing', {
      cases: missing.length,
      ballots: missing.reduce((sum, { voted, entitled }) => sum + entitled! - voted, 0),
    })
  const { rows } = await sql<Omit<Counted, 'passed'>>`select g.application_id, g.entitled, c.ayes, c.noes, c.blanks
    from (select * from cases.agenda g where g.panel_id = ${panelId} and g.application_id = any (${open.map(({ applicationId }) => applicationId)}::uuid[])) g
      cross join lateral cases.count_ballots(g.panel_id, g.application_id) c`.execute(act.tx)
  const results = rows.map((row): Counted => ({ ...row, passed: hasPassed(stage, row.ayes, row.entitled) }))
  await sql`update cases.agenda g set state = 'counted', ayes = w.ayes, noes = w.noes, blanks = w.blanks, passed = w.passed
    from jsonb_to_recordset(${JSON.stringify(results.map(({ applicationId, ...counts }) => ({ id: applicationId, ...counts })))}::jsonb)
      as w(id uuid, ayes int, noes int, blanks int, passed boolean) where g.panel_id = ${panelId} and g.application_id = w.id`.execute(
    act.tx,
  )
  const gone = new Set(open.filter((item) => item.gone).map(({ applicationId }) => applicationId))
  await moveCounted(
    act,
    call,
    panelId,
    results.filter(({ applicationId }) => !gone.has(applicationId)),
    stage.pass,
  )
  const passed = results.filter((result) => result.passed).length
  await record(act, {
    action: 'cases.vote_counted',
    subject: subject(panelId),
    after: { counted: results.length, passed },
  })
  return { counted: results.length, passed }
}

/** Cases with the same count go on together. */
async function moveCounted<T>(
  act: Act<T>,
  call: Call,
  panelId: string,
  results: Counted[],
  pass: readonly [number, number],
) {
  const same = ({ ayes, noes, blanks, entitled }: Counted) => `${ayes}/${noes}/${blanks}/${entitled}`
  for (const group of Map.groupBy(results, same).values()) {
    const { ayes, noes, blanks, entitled, passed } = group[0]!
    const applications = await lockedApplications(
      act,
      group.map(({ applicationId }) => applicationId),
    )
    await moveAll(
      act,
      call,
      applications,
      { act: passed ? 'pass' : 'refuse' },
      {
        words: countsAsWords({ ayes, noes, blanks, entitled, passed }, pass),
        data: { panelId, ayes, noes, blanks, entitled },
      },
    )
  }
}
