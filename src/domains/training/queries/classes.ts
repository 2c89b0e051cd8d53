/** Plans and classes: what a plan holds and how far each class has come. */
import { sql } from 'kysely'
import { notFound } from '../../../base/errors.ts'
import { type Act, prepared } from '../../../platform/db/index.ts'
import type { ClassFacts } from '../tables.ts'

/** A class of a plan that the asker may know of: published, or in the asker's own scope. `lock` holds it for the transaction. */
export async function classOf<T>(act: Act<T>, classId: string, lock = false): Promise<ClassFacts> {
  const { rows } = await sql<ClassFacts>`${prepared}
    select c.id, c.plan_id, c.org_id, c.org_path::text, c.code, c.name, c.name_en, c.level, c.kind, c.credit_kind, c.target, c.places, c.hours, c.terms,
      c.enrolment, c.state, c.deadline, p.authority, p.year, p.state as plan_state
    from training.class c join training.plan p on p.id = c.plan_id
    where c.id = ${classId} and (p.state <> 'draft' or c.org_path <@ any (db.scope())) ${lock ? sql`for update of c` : sql``}`.execute(
    act.tx,
  )
  if (!rows[0]) throw notFound('class')
  return rows[0]
}

/** A class that the actor runs: the organisation that gives it lies in scope. */
export async function ownClass<T>(act: Act<T>, classId: string): Promise<ClassFacts> {
  const { rows } = await sql<{
    own: boolean
  }>`select true as own from training.class c where c.id = ${classId} and c.org_path <@ any (db.scope())
    for update`.execute(act.tx)
  if (!rows[0]) throw notFound('class')
  return classOf(act, classId)
}

export type PlanRow = {
  id: string
  orgId: string
  authority: string
  year: number
  document: string
  title: string
  titleEn: string
  state: string
  issuedOn: string | null
  publishedAt: string | null
  projects: { id: string; code: string; name: string; nameEn: string; aim: string }[]
}

export async function plansInSight<T>(act: Act<T>, year?: number): Promise<PlanRow[]> {
  const { rows } = await sql<PlanRow>`
    select p.id, p.org_id, p.authority, p.year, p.document, p.title, p.title_en, p.state, p.issued_on, p.published_at,
      coalesce((select jsonb_agg(jsonb_build_object('id', j.id, 'code', j.code, 'name', j.name, 'nameEn', j.name_en, 'aim', j.aim) order by j.ord)
        from training.project j where j.plan_id = p.id), '[]') as projects
    from training.plan p where (p.state <> 'draft' or p.org_path <@ any (db.scope())) and (${year ?? null}::int is null or p.year = ${year ?? null})
    order by p.year desc, p.title`.execute(act.tx)
  return rows
}

type Row = {
  id: string
  authority: string
  code: string
  name: string
  nameEn: string
  projectId: string
  project: string
  projectEn: string
  projectCode: string
  level: string
  kind: string
  creditKind: string
  places: number | null
  hours: string | null
  terms: number
  period: { from: string; until: string } | null
  schedule: { places: number; starts: string }[]
  sessionsPlanned: { days: number; hoursPerDay: number } | null
  assumed: string[]
  budgetFen: number
  enrolment: 'delegated' | 'open'
  state: string
  deadline: string | null
  target: ClassFacts['target']
  clause: Record<string, string>
  eligible: number
  shared: number
  seated: number
  waiting: number
  passed: number
  credits: string
  sessions: number
  nextSession: string | null
}

/**
 * Classes with their figures in one statement. Seats are counted from the places taken, so that everybody sees the same number
 * whatever their scope; credits and passes count the people in scope.
 */
export async function classRows<T>(
  act: Act<T>,
  where: { planId?: string; classId?: string; open?: boolean },
): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select c.id, p.authority, c.code, c.name, c.name_en, c.project_id, j.name as project, j.name_en as project_en, j.code as project_code, c.level, c.kind, c.credit_kind,
      c.places, c.hours, c.terms, case when c.planned_from is not null then jsonb_build_object('from', c.planned_from, 'until', c.planned_until) end as period, c.schedule, c.sessions_planned, c.assumed, c.budget_fen, c.enrolment, c.state, c.deadline, c.target, c.clause,
      coalesce(q.eligible, 0)::int as eligible, coalesce(q.places, 0)::int as shared, coalesce(q.taken, 0)::int as seated,
      coalesce(n.waiting, 0)::int as waiting, coalesce(n.passed, 0)::int as passed, coalesce(n.credits, 0) as credits,
      coalesce(s.sessions, 0)::int as sessions, s.next_session
    from training.class c
    join training.plan p on p.id = c.plan_id
    join training.project j on j.id = c.project_id
    left join lateral (select sum(x.eligible) as eligible, sum(x.places) as places, sum(x.taken) as taken from training.quota x where x.class_id = c.id) q on true
    left join lateral (select count(*) filter (where e.state = 'waiting') as waiting, count(*) filter (where e.state = 'passed') as passed,
      sum(e.credits) as credits from training.enrolment e where e.class_id = c.id) n on true
    left join lateral (select count(*) as sessions, min(lower(x.during)) filter (where upper(x.during) > db.now()) as next_session
      from training.session x where x.class_id = c.id) s on true
    where (p.state <> 'draft' or c.org_path <@ any (db.scope()))
      and (${where.planId ?? null}::uuid is null or c.plan_id = ${where.planId ?? null})
      and (${where.classId ?? null}::uuid is null or c.id = ${where.classId ?? null})
      and (not ${where.open ?? false} or (c.enrolment = 'open' and c.state = 'open'))
    order by j.ord, c.ord, c.code`.execute(act.tx)
  return rows
}

export type QuotaRow = {
  orgId: string
  orgName: string
  eligible: number
  exact: string
  byRule: number
  places: number
  taken: number
  waiting: number
  reason: string | null
}

export type OwnPlaces = { classId: string; schools: number; places: number; taken: number; waiting: number }

/** What the schools in scope were given in each class of a plan, added up over them; classes without places of theirs are left out. */
export async function ownPlacesOf<T>(act: Act<T>, planId: string): Promise<OwnPlaces[]> {
  const { rows } = await sql<OwnPlaces>`
    select q.class_id, count(*)::int as schools, sum(q.places)::int as places, sum(q.taken)::int as taken, coalesce(sum(w.waiting), 0)::int as waiting
    from training.quota q join training.class c on c.id = q.class_id and c.plan_id = ${planId} join training.plan p on p.id = c.plan_id
    join directory.organisation o on o.id = q.org_id and o.path <@ any (db.scope())
    left join (
      select e.class_id, e.org_id, count(*) as waiting from training.enrolment e join training.class k on k.id = e.class_id and k.plan_id = ${planId}
      where e.state = 'waiting' group by 1, 2
    ) w on w.class_id = q.class_id and w.org_id = q.org_id
    where (p.state <> 'draft' or c.org_path <@ any (db.scope())) group by q.class_id, c.ord, c.code order by c.ord, c.code`.execute(
    act.tx,
  )
  return rows
}

/** Places by school, for the schools in scope; people of published plans see the share-out of their own school. */
export async function quotasOf<T>(act: Act<T>, classId: string): Promise<QuotaRow[]> {
  const { rows } = await sql<QuotaRow>`
    select q.org_id, o.short_name as org_name, q.eligible, q.exact, q.by_rule, q.places, q.taken, q.reason,
      (select count(*) from training.enrolment e where e.class_id = q.class_id and e.org_id = q.org_id and e.state = 'waiting')::int as waiting
    from training.quota q join directory.organisation o on o.id = q.org_id
    where q.class_id = ${classId} and o.path <@ any (db.scope()) order by o.path`.execute(act.tx)
  return rows
}
