/** Notices to publish and published, objections and appeals to answer, each with the working days that are left. */
import { sql } from 'kysely'
import type { CivilDate } from '../../../base/dates.ts'
import type { Act } from '../../db/index.ts'
import { type Held, holds } from '../../inbox/index.ts'
import type { Bilingual } from '../../policy/contract.ts'
import { addWorkingDays, parameters } from '../../policy/index.ts'
import type { Definition } from '../contract/definition.ts'
import type { NoticeRow, ObjectionRow } from '../contract/notices.ts'
import { officeAt } from '../flow/enter.ts'
import { cut, readCursor } from '../office/cursor.ts'
import { inReach, titled } from '../office/rows.ts'
import { toList } from './listing.ts'

export type Due = {
  callId: string
  callTitle: Bilingual
  stage: string
  stageTitle: Bilingual
  orgId: string
  orgName: string
  cases: number
  since: string
}

/** Cases that wait at a notice of an office that one acts for, by stage and office. */
export async function noticesDue<T>(act: Act<T>, held: readonly Held[]): Promise<Due[]> {
  const { rows } = await sql<Due>`with s as materialized (
      select c.id, c.title, x.value ->> 'id' as stage, x.value -> 'title' as stage_title, x.value -> 'by' ->> 'role' as role, x.value -> 'by' ->> 'at' as at
      from cases.call c cross join lateral jsonb_array_elements(c.definition -> 'stages') x (value)
      where c.state = 'published' and x.value ->> 'kind' = 'notice')
    select s.id as call_id, s.title as call_title, s.stage, s.stage_title, o.id as org_id, w.short_name as org_name, count(*)::int as cases, min(a.since) as since
    from s join cases.application a on a.call_id = s.id and a.stage = s.stage and ${inReach} and ${toList}
      cross join lateral ${officeAt(sql`s.at`, sql`a.org_path`)} o
      join directory.organisation w on w.id = o.id
    where ${holds(held, sql`s.role`, sql`o.id`)}
    group by s.id, s.title, s.stage, s.stage_title, o.id, w.short_name order by min(a.since), s.id`.execute(act.tx)
  return rows
}

type Paged = { cursor?: string | undefined; limit: number }
type NoticeAsk = Paged & { callId?: string | undefined; state?: NoticeRow['state'] | undefined }

const PUBLISHED = sql`date_trunc('milliseconds', n.published_at)`

export async function notices<T>(act: Act<T>, { callId, state, cursor, limit }: NoticeAsk) {
  const which = sql`n.org_path <@ any ((select db.scope())::ltree[]) ${callId === undefined ? sql`` : sql`and n.call_id = ${callId}`}
    ${state === undefined ? sql`` : sql`and n.state = ${state}`}`
  const [at = null, id = null] = cursor ? readCursor(cursor, 2) : []
  type Row = Omit<NoticeRow, 'daysLeft'> & { authority: string }
  const { rows } =
    await sql<Row>`select n.id, n.code, n.call_id, c.title as call_title, c.authority, n.stage, n.listed -> 'stage' as stage_title,
      o.short_name as org_name, n.from_on as "from", n.until_on as until, n.state, jsonb_array_length(n.listed -> 'rows') as cases,
      (select count(*)::int from cases.objection j where j.notice_id = n.id and j.state = 'open') as open_objections, n.published_at
    from cases.notice n join cases.call c on c.id = n.call_id join directory.organisation o on o.id = n.org_id
    where ${which} ${cursor ? sql`and (${PUBLISHED}, n.id) < (${at}::timestamptz, ${id}::uuid)` : sql``}
    order by ${PUBLISHED} desc, n.id desc limit ${limit + 1}`.execute(act.tx)
  const { rows: count } = await sql<{
    total: number
  }>`select count(*)::int as total from cases.notice n where ${which}`.execute(act.tx)
  const { rows: shown, next } = cut(rows, limit, (row) => [row.publishedAt, row.id])
  const clock = clocks(act)
  const told: NoticeRow[] = []
  for (const { authority, ...row } of shown)
    told.push({ ...row, daysLeft: row.state === 'open' ? (await clock(authority))(row.until) : 0 })
  return { rows: told, next, total: count[0]!.total }
}

type ObjectionAsk = Paged & { state?: ObjectionRow['state'] | undefined; kind?: ObjectionRow['kind'] | undefined }

const RAISED = sql`date_trunc('milliseconds', j.raised_at)`

/** Those that the roles one holds have to answer, and those they have answered. */
export async function objections<T>(act: Act<T>, held: readonly Held[], { state, kind, cursor, limit }: ObjectionAsk) {
  const which = sql`${holds(held, sql`j.answer_role`, sql`j.answer_org`)} and j.answer_path <@ any ((select db.scope())::ltree[])
    ${state === undefined ? sql`` : sql`and j.state = ${state}`} ${kind === undefined ? sql`` : sql`and j.kind = ${kind}`}`
  const [at = null, id = null] = cursor ? readCursor(cursor, 2) : []
  type Row = Omit<ObjectionRow, 'daysLeft' | 'returnTo'> & { authority: string; definition: Definition }
  const { rows } =
    await sql<Row>`select j.id, j.application_id, j.kind, a.call_id, c.title as call_title, c.authority, c.definition, j.stage,
      ${titled('stages', sql.ref('j.stage'))} as stage_title, a.name, o.short_name as org_name, j.words, j.name_sealed is not null as named, j.raised_at,
      j.due_on, j.state, j.answer, j.answered_at, j.answered_by_name, a.state in ('paused', 'appealed') as paused
    from cases.objection j join cases.application a on a.id = j.application_id join cases.call c on c.id = a.call_id
      join directory.organisation o on o.id = a.org_id
    where ${which} ${cursor ? sql`and (${RAISED}, j.id) < (${at}::timestamptz, ${id}::uuid)` : sql``}
    order by ${RAISED} desc, j.id desc limit ${limit + 1}`.execute(act.tx)
  const { rows: count } = await sql<{ total: number }>`select count(*)::int as total from cases.objection j
    join cases.application a on a.id = j.application_id where ${which}`.execute(act.tx)
  const { rows: shown, next } = cut(rows, limit, (row) => [row.raisedAt, row.id])
  const clock = clocks(act)
  const told: ObjectionRow[] = []
  for (const { authority, definition, ...row } of shown) {
    const nth = definition.stages.findIndex((one) => one.id === row.stage)
    told.push({
      ...row,
      daysLeft: row.state === 'open' && row.dueOn ? (await clock(authority))(row.dueOn) : null,
      returnTo: definition.stages
        .slice(0, row.kind === 'appeal' ? nth + 1 : nth)
        .map((one) => ({ id: one.id, title: one.title })),
    })
  }
  return { rows: told, next, total: count[0]!.total }
}

/** Longer terms are counted in months by people. */
const MOST_DAYS = 60

/** Counts working days after today up to a day, by the calendar of an authority; negative for as many as it is overdue. */
export async function clockOf<T>(act: Act<T>, authority: string): Promise<(until: CivilDate) => number> {
  const reader = await parameters(act, authority)
  const list = (id: string) => reader.value(id, act.today).value as CivilDate[]
  const [off, work] = [list('calendar.off_days'), list('calendar.work_days')]
  return (until) => {
    const [from, to, sign] = until >= act.today ? [act.today, until, 1] : [until, act.today, -1]
    let n = 0
    for (; n < MOST_DAYS; n++) {
      const day = addWorkingDays(from, n + 1, off, work)
      if (day === null || day > to) break
    }
    return n === 0 ? 0 : sign * n
  }
}

/** One clock an authority, made when it is first asked. */
export function clocks<T>(act: Act<T>): (authority: string) => Promise<(until: CivilDate) => number> {
  const made = new Map<string, Promise<(until: CivilDate) => number>>()
  return (authority) => {
    if (!made.has(authority)) made.set(authority, clockOf(act, authority))
    return made.get(authority)!
  }
}
