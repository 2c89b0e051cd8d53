/** Where all cases of a call stand: how many, since when, which offices are late, which places are left; in one statement. */
import { sql } from 'kysely'
import { notFound } from '../../../base/errors.ts'
import type { Act } from '../../db/index.ts'
import type { PipelineView } from '../contract/office.ts'
import { inReach } from './rows.ts'

/** More offices than anybody calls up in a day. */
const MOST_LATE = 100

/** @throws Refusal `not_found` where the call is not seen */
export async function pipeline<T>(act: Act<T>, callId: string): Promise<PipelineView> {
  const { rows } = await sql<PipelineView>`
    with mine as materialized (
      select a.id, a.stage, a.state, a.track, a.org_path, a.since, a.state = 'waiting' and a.due_on < (select db.today()) as overdue
      from cases.application a where a.call_id = ${callId} and a.state <> 'draft' and ${inReach}),
    heaps as (
      select m.stage, m.state, count(*)::int as n, (count(*) filter (where m.overdue))::int as overdue,
        min(m.since) as oldest, percentile_disc(0.5) within group (order by m.since) as median
      from mine m group by m.stage, m.state),
    late as (
      select t.org_id, t.role, t.stage, count(*)::int as overdue, min(t.due_on) as oldest_due
      from mine m join cases.task t on t.application_id = m.id and t.stage = m.stage and t.state = 'open' and t.due_on < (select db.today())
      where m.overdue group by t.org_id, t.role, t.stage),
    places as (
      select q.stage, q.track, q.org_id, q.org_path, q.places, q.taken from cases.quota q where q.call_id = ${callId}
        and (q.org_path <@ any ((select db.scope())::ltree[]) or q.org_path @> any ((select db.scope())::ltree[]))),
    schools as materialized (
      select m.stage, m.track, m.org_path, count(*) as n from mine m where m.state in ('waiting', 'paused')
        and m.stage in (select p.stage from places p) group by m.stage, m.track, m.org_path),
    quotas as (
      select p.*, coalesce((select sum(s.n) from schools s where s.stage = p.stage and (p.track is null or p.track = s.track)
        and s.org_path <@ p.org_path), 0)::int as waiting from places p),
    told as (select ${callId}::uuid as id)
    select
      (select jsonb_build_object('id', c.id, 'title', c.title, 'state', c.state, 'opensOn', c.opens_on, 'orgName', o.short_name, 'orgNameEn', o.name_en,
          'stages', (select jsonb_agg(jsonb_build_object('id', s.value ->> 'id', 'title', s.value -> 'title', 'kind', s.value ->> 'kind') order by s.nth)
            from jsonb_array_elements(c.definition -> 'stages') with ordinality s (value, nth)),
          'tracks', coalesce((select jsonb_agg(jsonb_build_object('id', s.value ->> 'id', 'title', s.value -> 'title') order by s.nth)
            from jsonb_array_elements(c.definition -> 'tracks') with ordinality s (value, nth)), '[]'))
        from cases.call c join directory.organisation o on o.id = c.org_id where c.id = told.id) as call,
      coalesce((select jsonb_agg(jsonb_build_object('stage', h.stage, 'state', h.state, 'n', h.n, 'overdue', h.overdue, 'oldest', h.oldest,
        'median', h.median)) from heaps h), '[]') as heaps,
      coalesce((select jsonb_agg(jsonb_build_object('orgId', l.org_id, 'orgName', o.short_name, 'orgNameEn', o.name_en, 'role', l.role, 'stage', l.stage,
          'overdue', l.overdue, 'oldestDue', l.oldest_due) order by l.oldest_due, l.overdue desc, o.short_name)
        from (select * from late x order by x.oldest_due, x.overdue desc limit ${MOST_LATE}) l
          join directory.organisation o on o.id = l.org_id), '[]') as late,
      coalesce((select jsonb_agg(jsonb_build_object('stage', q.stage, 'track', q.track, 'orgId', q.org_id, 'orgName', o.short_name,
          'orgNameEn', o.name_en, 'places', q.places, 'taken', q.taken, 'waiting', q.waiting) order by q.stage, q.track nulls first, o.path)
        from quotas q join directory.organisation o on o.id = q.org_id), '[]') as quotas,
      coalesce((select jsonb_agg(jsonb_build_object('stage', d.stage, 'closesAt', d.closes_at)) from (
        select distinct on (x.stage) x.stage, x.closes_at from cases.deadline x where x.call_id = told.id order by x.stage, x.nth desc) d), '[]') as deadlines
    from told`.execute(act.tx)
  const view = rows[0]!
  if (!view.call) throw notFound('call')
  return view
}
