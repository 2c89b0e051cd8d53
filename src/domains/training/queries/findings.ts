/** What became of a plan: its circulars, and the year at a glance. */
import { sql } from 'kysely'
import type { Act } from '../../../platform/db/index.ts'
import type { FactBook } from '../../../platform/policy/index.ts'
import type { PlanFacts, Rate } from './scorecards.ts'
import { endOf, standings } from './standing.ts'

export type CircularRow = {
  id: string
  planId: string
  title: string
  titleEn: string
  orgId: string
  orgName: string
  label: string
  issuedAt: string
  acknowledgedAt: string | null
  note: string | null
  figures: { rates: Rate[] }
  documentId: string
}

export async function circularsInSight<T>(
  act: Act<T>,
  where: { planId?: string; circularId?: string },
): Promise<CircularRow[]> {
  const { rows } = await sql<CircularRow>`
    select v.id, v.plan_id, p.title, p.title_en, v.org_id, o.short_name as org_name, d.label, v.issued_at, v.acknowledged_at, v.note, v.figures, v.document_id
    from training.circular v join training.plan p on p.id = v.plan_id join directory.organisation o on o.id = v.org_id
    join documents.document d on d.id = v.document_id
    where (${where.planId ?? null}::uuid is null or v.plan_id = ${where.planId ?? null}) and (${where.circularId ?? null}::uuid is null or v.id = ${where.circularId ?? null})
    order by v.issued_at desc, o.path`.execute(act.tx)
  return rows
}

/** The year of a plan in figures and pictures, one statement a picture. */
export async function overviewOf<T>(act: Act<T>, book: FactBook, plan: PlanFacts) {
  const stand = await standings(act, book, {
    below: null,
    asOf: endOf(plan.year),
  })
  const { rows: byProject } = await sql<{
    projectId: string
    name: string
    nameEn: string
    places: number
    seated: number
    passed: number
    credits: string
  }>`
    select j.id as project_id, j.name, j.name_en, coalesce(sum(c.places), 0)::int as places, coalesce(sum(q.taken), 0)::int as seated,
      coalesce(sum(n.passed), 0)::int as passed, coalesce(sum(n.credits), 0) as credits
    from training.project j left join training.class c on c.project_id = j.id
    left join lateral (select sum(x.taken) as taken from training.quota x where x.class_id = c.id) q on true
    left join lateral (select count(*) filter (where e.state = 'passed') as passed, sum(e.credits) as credits from training.enrolment e where e.class_id = c.id) n on true
    where j.plan_id = ${plan.id} group by j.id, j.name, j.name_en, j.ord order by j.ord`.execute(act.tx)
  const { rows: byMonth } = await sql<{ month: string; sessions: number; present: number; expected: number }>`
    select to_char(lower(s.during) at time zone 'Asia/Shanghai', 'YYYY-MM') as month, count(distinct s.id)::int as sessions,
      count(a.person_id) filter (where a.state = 'present')::int as present, count(e.person_id) filter (where a.state is distinct from 'leave')::int as expected
    from training.session s join training.class c on c.id = s.class_id and c.plan_id = ${plan.id}
    left join training.enrolment e on e.class_id = s.class_id and e.state in ('confirmed', 'passed', 'failed') and (c.terms = 1 or e.term = s.term) and upper(s.during) < db.now()
    left join training.attendance a on a.person_id = e.person_id and a.session_id = s.id
    group by 1 order by 1`.execute(act.tx)
  const { rows } = await sql<{
    teachers: number
    onPace: number
    schools: number
    confirmed: number
    checked: number
    locked: number
    issued: number
    acknowledged: number
    openObjections: number
    openLeave: number
  }>`
    select n.teachers, n.on_pace, n.schools,
      (select count(*) from training.audit a where a.year = ${plan.year})::int as confirmed,
      (select count(*) from training.audit a where a.year = ${plan.year} and a.state in ('checked', 'locked'))::int as checked,
      (select count(*) from training.audit a where a.year = ${plan.year} and a.state = 'locked')::int as locked,
      (select count(*) from training.circular v where v.plan_id = ${plan.id})::int as issued,
      (select count(*) from training.circular v where v.plan_id = ${plan.id} and v.acknowledged_at is not null)::int as acknowledged,
      (select count(*) from training.objection x where x.state = 'open' and x.year = ${plan.year})::int as open_objections,
      (select count(*) from training.leave_request l where l.state = 'asked')::int as open_leave
    from (select count(*)::int as teachers, count(*) filter (where s.on_pace)::int as on_pace, count(distinct p.org_id)::int as schools
      from (${stand}) s join directory.person p on p.id = s.person_id) n`.execute(act.tx)
  const { schools, confirmed, checked, locked, issued, acknowledged, ...rest } = rows[0]!
  const sum = (key: 'places' | 'seated' | 'passed') => byProject.reduce((total, project) => total + project[key], 0)
  return {
    ...rest,
    places: sum('places'),
    seated: sum('seated'),
    passed: sum('passed'),
    credits: await creditsOfPlan(act, plan.id),
    byProject,
    byMonth,
    audit: { schools, confirmed, checked, locked },
    circulars: { issued, acknowledged },
  }
}

async function creditsOfPlan<T>(act: Act<T>, planId: string): Promise<string> {
  const { rows } = await sql<{
    credits: string
  }>`select coalesce(sum(e.credits), 0) as credits from training.enrolment e join training.class c on c.id = e.class_id where c.plan_id = ${planId}`.execute(
    act.tx,
  )
  return rows[0]!.credits
}
