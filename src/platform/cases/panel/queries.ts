/** Meetings as the office that convenes them and as a member sees them. */
import { buffer } from 'node:stream/consumers'
import { sql } from 'kysely'
import { notFound } from '../../../base/errors.ts'
import type { Act } from '../../db/index.ts'
import type { FileStore } from '../../files/index.ts'
import type { Held } from '../../inbox/index.ts'
import type { Bilingual } from '../../policy/contract.ts'
import type { Definition } from '../contract/definition.ts'
import { stageAt } from '../rules/flow.ts'
import { quorumOf, type Share } from '../rules/quorum.ts'
import type { Call } from '../tables.ts'
import { type Meeting, meetingOf, TIES, waitingCases } from './convene.ts'
import { bodyOf } from './members.ts'
import { standingAt } from './standing.ts'

type Row = {
  id: string
  callId: string
  definition: Definition
  stage: string
  name: string
  heldOn: string
  place: string
  state: 'open' | 'sitting' | 'closed' | 'signed'
  members: number
  cases: number
  counted: number
}

const titled = <R extends { definition: Definition; stage: string }>({ definition, ...row }: R) => ({
  ...row,
  callTitle: definition.title,
  stageTitle: stageAt(definition, row.stage)?.title ?? { zh: row.stage, en: row.stage },
})

const LISTED = sql`p.id, p.call_id, c.definition, p.stage, p.name, p.held_on, p.place, p.state,
  (select count(*)::int from cases.seat s where s.panel_id = p.id) as members, g.cases, g.counted`
const COUNTS = sql`cross join lateral (select count(*)::int as cases, (count(*) filter (where g.state = 'counted'))::int as counted,
  (count(*) filter (where g.state = 'voting' and not exists (select from cases.recusal r
      where r.panel_id = g.panel_id and r.application_id = g.application_id and r.account_id = db.account())
    and not exists (select from cases.voted v where v.panel_id = g.panel_id and v.application_id = g.application_id and v.account_id = db.account())))::int as to_vote
  from cases.agenda g where g.panel_id = p.id) g`

/** The latest first. */
export async function panelsOf<T>(act: Act<T>, { callId }: { callId?: string | undefined }) {
  const { rows } = await sql<Row>`select ${LISTED} from cases.panel p join cases.call c on c.id = p.call_id ${COUNTS}
    where p.org_path <@ any (db.scope()) ${callId ? sql`and p.call_id = ${callId}` : sql``} order by p.held_on desc, p.made_at desc limit 500`.execute(
    act.tx,
  )
  return rows.map(titled)
}

export async function myPanels<T>(act: Act<T>) {
  const { rows } = await sql<Row & { toVote: number; toSign: boolean }>`select ${LISTED},
      case when p.state = 'sitting' and s.present then g.to_vote else 0 end as to_vote,
      p.state = 'closed' and coalesce(s.present, false) and s.signed_at is null as to_sign
    from cases.seat s join cases.panel p on p.id = s.panel_id join cases.call c on c.id = p.call_id ${COUNTS}
    where s.account_id = db.account() order by p.held_on desc, p.made_at desc limit 200`.execute(act.tx)
  return rows.map(titled)
}

/** Who may be asked, with how many of the waiting cases rules keep them from; the least kept first. */
export async function panelCandidates<T>(act: Act<T>, held: readonly Held[], callId: string, stageId: string) {
  const { call, stage, orgIds } = await standingAt(act, held, callId, stageId, 'panel')
  const { rows: waiting } = await sql<{
    waiting: number
  }>`select count(*)::int as waiting from ${waitingCases(call.id, stage, orgIds)}`.execute(act.tx)
  const { rows: experts } = await sql<{
    accountId: string
    name: string
    employer: string
    title: string | null
    fields: Record<string, number>
    conflicts: number
  }>`with found as (select c.account_id, count(distinct c.application_id)::int as conflicts
      from cases.conflicts(array(select a.id from ${waitingCases(call.id, stage, orgIds)}), array(select e.account_id from cases.expert e where e.active),
        ${TIES}::text[], ${act.today}::date) c group by c.account_id)
    select e.account_id, e.name, e.employer, e.title, e.fields, coalesce(f.conflicts, 0) as conflicts
    from cases.expert e left join found f on f.account_id = e.account_id where e.active order by 6, e.employer, e.name, e.account_id`.execute(
    act.tx,
  )
  return {
    ...titled({ callId: call.id, stage: stage.id, definition: call.definition }),
    body: await bodyOf(act, call, stage),
    waiting: waiting[0]!.waiting,
    experts,
  }
}

export type SeatRow = {
  accountId: string
  name: string
  employer: string
  chair: boolean
  present: boolean | null
  signedAt: string | null
}
export const seatsOf = async <T>(act: Act<T>, panelId: string): Promise<SeatRow[]> =>
  (
    await sql<SeatRow>`select s.account_id, s.name, s.employer, s.chair, s.present, s.signed_at from cases.seat s
      where s.panel_id = ${panelId} order by s.chair desc, s.name collate "zh-x-icu", s.account_id`.execute(act.tx)
  ).rows

/** How the quorum of each case of a meeting is counted, by case. */
export async function quorumsOf<T>(act: Act<T>, panelId: string, attendance: Share) {
  const { rows } = await sql<{
    applicationId: string
    members: number
    present: number | null
    recused: number
    recusedPresent: number
  }>`select g.application_id, seats.members, seats.present, r.recused, r.recused_present
    from cases.agenda g
      cross join lateral (select count(*)::int as members, case when bool_and(s.present is not null) then (count(*) filter (where s.present))::int end as present
        from cases.seat s where s.panel_id = g.panel_id) seats
      cross join lateral (select count(*)::int as recused, (count(*) filter (where s.present))::int as recused_present
        from cases.recusal r join cases.seat s on s.panel_id = r.panel_id and s.account_id = r.account_id
        where r.panel_id = g.panel_id and r.application_id = g.application_id) r
    where g.panel_id = ${panelId}`.execute(act.tx)
  return new Map(rows.map(({ applicationId, ...there }) => [applicationId, counted({ attendance }, there)]))
}

export type Quorum = ReturnType<typeof counted>

function counted(
  of: { attendance: Share },
  there: { members: number; present: number | null; recused: number; recusedPresent: number },
) {
  const { members, present, recused, recusedPresent } = there
  const { body, needed, entitled, quorate } = quorumOf(of, { ...there, present: present ?? 0 })
  return present === null
    ? { members, recused, body, needed, present, recusedPresent: null, entitled: null, quorate: null }
    : { members, recused, body, needed, present, recusedPresent, entitled, quorate }
}

/** What the figures of a meeting rest on: the clause of its stage, or else of the call. */
export function clauseOf({ call: { definition }, stage }: Meeting) {
  const [clause, { confidence, note }] = stage.clause ? [stage.clause, stage] : [definition.clause, definition]
  return { ...clause, confidence: confidence ?? definition.confidence, ...(note ? { note } : {}) }
}

type Shown = {
  name?: string
  org?: string
  number?: number
  track: string | null
  score: string | null
  content: Told[]
}
type Told = { title: string; value: string | null; depth: number }
export type AgendaRow = {
  applicationId: string
  nth: number
  shown: Shown
  state: 'waiting' | 'voting' | 'counted'
  ayes: number | null
  noes: number | null
  blanks: number | null
  entitled: number | null
  passed: boolean | null
}
const AGENDA = sql`g.application_id, g.nth, g.shown, g.state, g.ayes, g.noes, g.blanks, g.entitled, g.passed`

export function toItem<R extends AgendaRow>(call: Call, { shown, ...row }: R) {
  const track = call.definition.tracks.find(({ id }) => id === shown.track)
  return {
    ...row,
    name: shown.name ?? null,
    org: shown.org ?? null,
    number: shown.number ?? null,
    track: track?.title ?? null,
    score: shown.score,
  }
}

export type RecusalKind = 'self' | 'same_school' | 'same_studio' | 'mentor' | 'co_author' | 'relative' | 'declared'

async function headOf<T>(act: Act<T>, meeting: Meeting) {
  const { panel, call, stage } = meeting
  const { rows } = await sql<{
    name: string
  }>`select o.name from directory.organisation o where o.id = ${panel.orgId}`.execute(act.tx)
  const { id, name, heldOn, place, state, revision, minutes } = panel
  return {
    ...titled({ callId: call.id, stage: stage.id, definition: call.definition }),
    ...{ id, name, heldOn, place, state, revision },
    body: await bodyOf(act, call, stage),
    clause: clauseOf(meeting),
    orgName: rows[0]?.name ?? '',
    minutes: minutes && { label: minutes.label, digest: minutes.digest, verifyCode: minutes.verifyCode },
  }
}

/** For the office. @throws Refusal `not_found` */
export async function panelOf<T>(act: Act<T>, panelId: string) {
  const meeting = await meetingOf(act, panelId)
  const { panel, call, stage } = meeting
  const { rows } = await sql<
    AgendaRow & {
      applicant: string
      school: string
      voted: number
      gone: boolean
      recused: { accountId: string; kind: RecusalKind; why: string }[]
    }
  >`select ${AGENDA}, coalesce(a.name, '—') as applicant, coalesce(o.short_name, '') as school, a.id is null or g.state <> 'counted' and (a.state <> 'waiting' or a.stage <> ${stage.id}) as gone,
      (select count(*)::int from cases.voted v where v.panel_id = g.panel_id and v.application_id = g.application_id) as voted,
      (select coalesce(jsonb_agg(jsonb_build_object('accountId', r.account_id, 'kind', r.kind, 'why', r.why) order by r.account_id), '[]') from cases.recusal r
        where r.panel_id = g.panel_id and r.application_id = g.application_id) as recused
    from cases.agenda g left join cases.application a on a.id = g.application_id left join directory.organisation o on o.id = a.org_id
    where g.panel_id = ${panelId} order by g.nth`.execute(act.tx)
  const { rows: more } = await sql<{
    count: number
  }>`select count(*)::int as count from ${waitingCases(call.id, stage, [panel.orgId])}`.execute(act.tx)
  const quorums = await quorumsOf(act, panelId, stage.attendance)
  return {
    ...(await headOf(act, meeting)),
    draw: panel.draw,
    members: await seatsOf(act, panelId),
    agenda: rows.map((row) => ({ ...toItem(call, row), quorum: quorums.get(row.applicationId)! })),
    notListed: more[0]!.count,
  }
}

type PaperRow = Told & { en?: { title: string; value: string | null } }
type Read = {
  content: PaperRow[] | null
  files: { nth: number; title: Bilingual }[]
  recused: RecusalKind | null
  voted: boolean
}

/** For a member: nothing of who voted but oneself, and nothing of a case that one is recused from. @throws Refusal `not_found` for others */
export async function myPanel<T>(act: Act<T>, panelId: string, locale: 'zh-CN' | 'en') {
  const meeting = await meetingOf(act, panelId)
  const seats = await seatsOf(act, panelId)
  const me = seats.find(({ accountId }) => accountId === act.actor.account)
  if (!me) throw notFound('panel')
  const { rows } = await sql<AgendaRow & Read>`select ${AGENDA}, p.content, r.kind as recused,
      coalesce((select jsonb_agg(jsonb_build_object('nth', n, 'title', f.value -> 'title') order by n)
        from jsonb_array_elements(p.files) with ordinality f(value, n) where not coalesce((f.value ->> 'held')::boolean, false)), '[]') as files,
      exists (select from cases.voted v where v.panel_id = g.panel_id and v.application_id = g.application_id and v.account_id = db.account()) as voted
    from cases.agenda g left join cases.paper p on p.id = g.paper_id
      left join cases.recusal r on r.panel_id = g.panel_id and r.application_id = g.application_id and r.account_id = db.account()
    where g.panel_id = ${panelId} order by g.nth`.execute(act.tx)
  const quorums = await quorumsOf(act, panelId, meeting.stage.attendance)
  const told = ({ en, ...row }: PaperRow) => {
    const { title, value, depth } = locale === 'en' && en ? { ...row, ...en } : row
    return { title, value, depth }
  }
  return {
    ...(await headOf(act, meeting)),
    members: seats.map(({ name, employer, chair, present }) => ({ name, employer, chair, present })),
    me,
    agenda: rows.map(({ content, ...row }) => ({
      ...toItem(meeting.call, row),
      quorum: quorums.get(row.applicationId)!,
      content: row.recused ? [] : (content ?? row.shown.content).map(told),
    })),
  }
}

const ENDINGS: Readonly<Record<string, string>> = { 'application/pdf': 'pdf', 'image/png': 'png', 'image/jpeg': 'jpg' }

/** Under a name that says nothing: the one it came with may be the applicant's. @throws Refusal `not_found` */
export async function sittingFile<T>(
  act: Act<T>,
  store: FileStore,
  { panelId, applicationId, nth }: { panelId: string; applicationId: string; nth: number },
): Promise<File> {
  const { rows } = await sql<{ sha256: string; mediaType: string }>`select f.sha256, f.media_type
    from cases.sat_file(${panelId}, ${applicationId}, ${nth}) f`.execute(act.tx)
  if (!rows[0]) throw notFound('file')
  const { sha256, mediaType } = rows[0]
  const bytes = await buffer(await store.open(sha256))
  return new File([new Uint8Array(bytes)], `${nth}.${ENDINGS[mediaType] ?? 'bin'}`, { type: mediaType })
}
