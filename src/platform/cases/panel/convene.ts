/** Convening a meeting: its members, the cases before it, and who is kept from which case by rule. */
import { sql } from 'kysely'
import { conflict, notFound, refused } from '../../../base/errors.ts'
import { newId } from '../../../base/ids.ts'
import { record } from '../../audit/index.ts'
import type { Act } from '../../db/index.ts'
import { type Form, formOf, told } from '../../forms/index.ts'
import { type Held, notify } from '../../inbox/index.ts'
import type { StageOf } from '../contract/definition.ts'
import { titleAt } from '../flow/enter.ts'
import { callOf } from '../flow/rows.ts'
import { stageAt } from '../rules/flow.ts'
import type { Call } from '../tables.ts'
import { chooseMembers, type Draw, type Wanted } from './members.ts'
import { officeOf, standingAt } from './standing.ts'

export type PanelRow = {
  id: string
  callId: string
  stage: string
  orgId: string
  name: string
  heldOn: string
  place: string
  state: 'open' | 'sitting' | 'closed' | 'signed'
  draw: Draw | null
  minutes: { documentId: string; label: string; verifyCode: string; digest: string; issuedAt: string } | null
  revision: number
}
export type Meeting = { panel: PanelRow; call: Call; stage: StageOf<'panel'> }

/** A meeting that the asker convened or sits in; the lock lets ballots be entered, which refer to it. @throws Refusal `not_found` */
export async function meetingOf<T>(act: Act<T>, panelId: string, lock = false): Promise<Meeting> {
  const { rows } =
    await sql<PanelRow>`select p.id, p.call_id, p.stage, p.org_id, p.name, p.held_on, p.place, p.state, p.draw, p.minutes, p.revision
    from cases.panel p where p.id = ${panelId} ${lock ? sql`for no key update` : sql``}`.execute(act.tx)
  if (!rows[0]) throw notFound('panel')
  const call = await callOf(act, rows[0].callId)
  return { panel: rows[0], call, stage: stageAt(call.definition, rows[0].stage) as StageOf<'panel'> }
}

/** The same, to be changed by the office in the state that the act needs. @throws Refusal also `cases.meeting_state`, `cases.changed_since` */
export async function lockedMeeting<T>(
  act: Act<T>,
  panelId: string,
  state: PanelRow['state'],
  revision?: number,
): Promise<Meeting> {
  const meeting = await meetingOf(act, panelId, true)
  if (meeting.panel.state !== state) throw conflict('cases.meeting_state', { state: meeting.panel.state })
  if (revision !== undefined && meeting.panel.revision !== revision) throw conflict('cases.changed_since')
  return meeting
}

export const touched = <T>(act: Act<T>, panelId: string) =>
  sql`update cases.panel p set revision = p.revision + 1 where p.id = ${panelId}`.execute(act.tx)

/** Cases that wait at the stage with these offices and lie before no meeting that is still to vote. */
export const waitingCases = (
  callId: string,
  stage: StageOf<'panel'>,
  orgIds: readonly string[],
) => sql`cases.application a where a.call_id = ${callId} and a.state = 'waiting' and a.stage = ${stage.id} and ${officeOf(stage.by.at)} = any (${orgIds}::uuid[])
  and not exists (select from cases.agenda g join cases.panel p on p.id = g.panel_id
    where g.application_id = a.id and p.state in ('open', 'sitting') and g.state <> 'counted')`

/**
 * @throws Refusal as `standingAt` and `chooseMembers`, `cases.nothing_waits`, `not_found` where a named case does not wait there
 */
export async function convenePanel<T>(
  act: Act<T>,
  held: readonly Held[],
  input: Wanted & {
    callId: string
    stage: string
    name: string
    heldOn: string
    place: string
    applicationIds?: string[] | undefined
  },
): Promise<{ panelId: string }> {
  const { call, stage, orgIds } = await standingAt(act, held, input.callId, input.stage, 'panel')
  const chosen = await chooseMembers(act, call, stage, input)
  const { rows: offices } = await sql<{ orgId: string }>`select ${officeOf(stage.by.at)} as org_id
    from ${waitingCases(call.id, stage, orgIds)} group by 1 order by count(*) desc limit 1`.execute(act.tx)
  if (!offices[0]) throw refused('cases.nothing_waits')
  const { orgId } = offices[0]
  const panelId = newId()
  await sql`insert into cases.panel (id, call_id, stage, org_id, org_path, name, held_on, place, draw, made_by)
    select ${panelId}, ${call.id}, ${stage.id}, o.id, o.path, ${input.name}, ${input.heldOn}::date, ${input.place}, ${chosen.draw && JSON.stringify(chosen.draw)}::jsonb,
      db.account() from directory.organisation o where o.id = ${orgId}`.execute(act.tx)
  await seat(act, panelId, chosen)
  await fill(act, { panelId, call, stage, orgId }, input.applicationIds)
  await recuseByRule(act, panelId)
  await tellMembers(act, panelId, call, stage, chosen.members, input)
  await record(act, {
    action: 'cases.panel_convened',
    subject: { kind: 'panel', id: panelId },
    after: { name: input.name, heldOn: input.heldOn, members: chosen.members.length, drawn: chosen.draw?.taken ?? 0 },
  })
  return { panelId }
}

async function seat<T>(act: Act<T>, panelId: string, { members, chair }: { members: string[]; chair: string }) {
  await sql`insert into cases.seat (panel_id, account_id, person_id, name, employer, chair)
    select ${panelId}, e.account_id, e.person_id, e.name, e.employer, e.account_id = ${chair}
    from cases.expert e where e.account_id = any (${members}::uuid[])`.execute(act.tx)
}

const tellMembers = <T>(
  act: Act<T>,
  panelId: string,
  call: Call,
  stage: StageOf<'panel'>,
  members: readonly string[],
  { heldOn, place }: { heldOn: string; place: string },
) =>
  notify(
    act,
    members.map((accountId) => ({
      accountId,
      kind: 'message' as const,
      code: 'cases.told.panel_convened',
      data: { ...titleAt(call, stage), day: heldOn, place: place || '—' },
      link: `/my/panels/${panelId}`,
      key: `cases.panel:${panelId}`,
    })),
  )

type Place = { panelId: string; call: Call; stage: StageOf<'panel'>; orgId: string }

/** Whether reviewers read this call without names: then the members do, too. */
export const isBlind = ({ definition }: Call): boolean =>
  definition.stages.some((stage) => stage.kind === 'review' && stage.blind === 'both')

/** As people read it, the English beside the Chinese. */
function inBoth(form: Form, answers: Record<string, unknown>) {
  const english = told(form, answers, 'en')
  return told(form, answers, 'zh-CN').map(({ title, value, depth }, at) => {
    const en = english[at]!
    return { title, value, depth, en: { title: en.title, value: en.value } }
  })
}

/** Puts cases on the agenda, by track and score, as the members are to see them. */
async function fill<T>(
  act: Act<T>,
  { panelId, call, stage, orgId }: Place,
  wanted?: readonly string[],
): Promise<number> {
  const blind = isBlind(call)
  const { rows } = await sql<{
    id: string
    name: string
    org: string
    track: string | null
    score: string | null
    answers: Record<string, unknown>
    paperId: string | null
    number: number | null
  }>`select a.id, a.name, coalesce(o.name, '') as org, a.track, a.score, a.answers, p.id as paper_id, p.nth as number
    from (select a.* from ${waitingCases(call.id, stage, [orgId])} ${wanted ? sql`and a.id = any (${wanted}::uuid[])` : sql``}) a
      left join directory.organisation o on o.id = a.org_id
      left join lateral (select p.id, p.nth from cases.paper_of f join cases.paper p on p.id = f.paper_id
        where f.application_id = a.id order by p.made_at desc, p.id desc limit 1) p on true
    order by a.track nulls first, a.score desc nulls last, case when ${blind} then p.nth end, o.path, a.name, a.id`.execute(
    act.tx,
  )
  if (rows.length === 0) throw refused('cases.nothing_waits')
  if (wanted && rows.length !== new Set(wanted).size) throw notFound('application')
  const numbered = rows.every(({ number }) => number !== null)
  const form = blind ? null : await formOf(act, call.formVersion!)
  const agenda = rows.map((row, at) => ({
    application_id: row.id,
    nth: at + 1,
    paper_id: row.paperId,
    shown: {
      ...(blind ? { number: numbered ? row.number : at + 1 } : { name: row.name, org: row.org }),
      track: row.track,
      score: row.score,
      content: form && !row.paperId ? inBoth(form, row.answers) : [],
    },
  }))
  await sql`insert into cases.agenda (panel_id, application_id, nth, paper_id, shown)
    select ${panelId}, g.application_id, g.nth, g.paper_id, g.shown from jsonb_to_recordset(${JSON.stringify(agenda)}::jsonb)
      as g(application_id uuid, nth int, paper_id uuid, shown jsonb)`.execute(act.tx)
  return rows.length
}

/** What keeps a member from a case today, the weightiest first; what the rules find for reviews, without ties that are over. */
export const TIES = ['same_school', 'same_studio', 'mentor', 'co_author', 'relative', 'declared'] as const

/** What members declared stays; what rules find is found anew. */
async function recuseByRule<T>(act: Act<T>, panelId: string): Promise<void> {
  await sql`delete from cases.recusal r where r.panel_id = ${panelId} and (r.kind <> 'declared'
    or not exists (select from cases.seat s where s.panel_id = r.panel_id and s.account_id = r.account_id)
    or not exists (select from cases.agenda g where g.panel_id = r.panel_id and g.application_id = r.application_id))`.execute(
    act.tx,
  )
  await sql`insert into cases.recusal (panel_id, application_id, account_id, kind)
    select ${panelId}, c.application_id, c.account_id, (array_agg(c.why order by array_position(${['self', ...TIES]}::text[], c.why)))[1]
    from cases.conflicts(array(select g.application_id from cases.agenda g where g.panel_id = ${panelId}),
      array(select s.account_id from cases.seat s where s.panel_id = ${panelId}), ${TIES}::text[], ${act.today}::date) c
    group by c.application_id, c.account_id on conflict do nothing`.execute(act.tx)
}

/** Names or draws the members anew. @throws Refusal as `lockedMeeting` and `chooseMembers` */
export async function setPanelMembers<T>(
  act: Act<T>,
  { panelId, revision, ...wanted }: Wanted & { panelId: string; revision: number },
): Promise<void> {
  const { panel, call, stage } = await lockedMeeting(act, panelId, 'open', revision)
  const chosen = await chooseMembers(act, call, stage, wanted)
  await sql`delete from cases.seat s where s.panel_id = ${panelId}`.execute(act.tx)
  await sql`update cases.panel p set draw = ${chosen.draw && JSON.stringify(chosen.draw)}::jsonb, revision = p.revision + 1 where p.id = ${panelId}`.execute(
    act.tx,
  )
  await seat(act, panelId, chosen)
  await recuseByRule(act, panelId)
  await tellMembers(act, panelId, call, stage, chosen.members, panel)
  await record(act, {
    action: 'cases.panel_members_set',
    subject: { kind: 'panel', id: panelId },
    after: { members: chosen.members, drawn: chosen.draw?.taken ?? 0 },
  })
}

/** @throws Refusal as `lockedMeeting`, `cases.nothing_waits` */
export async function refillAgenda<T>(act: Act<T>, panelId: string): Promise<{ cases: number }> {
  const { panel, call, stage } = await lockedMeeting(act, panelId, 'open')
  await sql`delete from cases.agenda g where g.panel_id = ${panelId}`.execute(act.tx)
  const cases = await fill(act, { panelId, call, stage, orgId: panel.orgId })
  await recuseByRule(act, panelId)
  await touched(act, panelId)
  await record(act, { action: 'cases.agenda_filled', subject: { kind: 'panel', id: panelId }, after: { cases } })
  return { cases }
}

/** Calls the meeting off. @throws Refusal as `lockedMeeting` */
export async function dropPanel<T>(act: Act<T>, panelId: string): Promise<void> {
  const { panel } = await lockedMeeting(act, panelId, 'open')
  for (const table of ['recusal', 'agenda', 'seat'] as const)
    await sql`delete from ${sql.table(`cases.${table}`)} t where t.panel_id = ${panelId}`.execute(act.tx)
  await sql`delete from cases.panel p where p.id = ${panelId}`.execute(act.tx)
  await record(act, {
    action: 'cases.panel_dropped',
    subject: { kind: 'panel', id: panelId },
    before: { name: panel.name },
  })
}
