/** The findings of a plan: scorecards by school, the people behind a figure, the year at a glance. */
import { sql } from 'kysely'
import { notFound } from '../../../base/errors.ts'
import type { Act } from '../../../platform/db/index.ts'
import type { IndicatorId } from '../rules/scorecard.ts'
import type { Figures } from '../service/figures.ts'
import { paceIn } from './credits.ts'

export type Rate = { id: IndicatorId; numerator: number; denominator: number }
export type Scorecard = {
  orgId: string
  orgPath: string
  orgName: string
  kind: string
  rates: Rate[]
  circular: { issuedAt: string; acknowledgedAt: string | null } | null
}

export type PlanFacts = {
  id: string
  year: number
  authority: string
  title: string
  document: string
  orgId: string
  orgPath: string
  orgName: string
}

export async function planOf<T>(act: Act<T>, planId: string): Promise<PlanFacts> {
  const { rows } =
    await sql<PlanFacts>`select p.id, p.year, p.authority, p.title, p.document, p.org_id, p.org_path::text, o.name as org_name
    from training.plan p join directory.organisation o on o.id = p.org_id
    where p.id = ${planId} and (p.state <> 'draft' or p.org_path <@ any (db.scope()))`.execute(act.tx)
  if (!rows[0]) throw notFound('plan')
  return rows[0]
}

type Row = {
  orgId: string
  orgPath: string
  orgName: string
  kind: string
  filled: number
  granted: number
  present: number
  expected: number
  passed: number
  judged: number
  onPace: number
  teachers: number
  circular: Scorecard['circular']
}

/** All figures of every school in scope, one statement; definitions are in rules/scorecard.ts. */
export async function scorecardsOf<T>(
  act: Act<T>,
  plan: PlanFacts,
  figures: Figures,
  orgId?: string,
): Promise<Scorecard[]> {
  const { from, pace } = paceIn(plan.year, figures)
  const { rows } = await sql<Row>`
    with classes as materialized (
      select c.id, c.terms, c.enrolment from training.class c where c.plan_id = ${plan.id}
    ), places as (
      select q.org_id, sum(coalesce(q.granted, q.places))::int as granted, sum(least(q.taken, coalesce(q.granted, q.places)))::int as filled
      from training.quota q join classes c on c.id = q.class_id and c.enrolment = 'delegated' group by q.org_id
    ), people as materialized (
      select e.person_id, e.class_id, e.org_id, e.state, e.term, c.terms from training.enrolment e join classes c on c.id = e.class_id
      where e.state in ('confirmed', 'passed', 'failed')
    ), presence as (
      select e.org_id, count(*) filter (where a.state = 'present')::int as present, count(*) filter (where a.state is distinct from 'leave')::int as expected
      from people e join training.session s on s.class_id = e.class_id and (e.terms = 1 or e.term = s.term) and upper(s.during) < db.now()
      left join training.attendance a on a.person_id = e.person_id and a.session_id = s.id group by e.org_id
    ), results as (
      select e.org_id, count(*) filter (where e.state = 'passed')::int as passed, count(*) filter (where e.state in ('passed', 'failed'))::int as judged
      from people e group by e.org_id
    ), credits as (
      select s.org_id, count(*)::int as teachers, count(*) filter (where s.credits >= ${pace}::numeric)::int as on_pace
      from ledger.sums(${from}, ${plan.year}, ${plan.orgPath}::ltree) s group by s.org_id
    )
    select o.id as org_id, o.path::text as org_path, o.short_name as org_name, o.kind, coalesce(l.filled, 0) as filled, coalesce(l.granted, 0) as granted,
      coalesce(r.present, 0) as present, coalesce(r.expected, 0) as expected, coalesce(x.passed, 0) as passed, coalesce(x.judged, 0) as judged,
      coalesce(k.on_pace, 0) as on_pace, coalesce(k.teachers, 0) as teachers,
      (select jsonb_build_object('issuedAt', v.issued_at, 'acknowledgedAt', v.acknowledged_at) from training.circular v where v.plan_id = ${plan.id} and v.org_id = o.id) as circular
    from directory.organisation o
    left join places l on l.org_id = o.id left join presence r on r.org_id = o.id left join results x on x.org_id = o.id left join credits k on k.org_id = o.id
    where o.kind in ('school', 'institution') and o.path <@ any (db.scope()) and o.path <@ ${plan.orgPath}::ltree and (${orgId ?? null}::uuid is null or o.id = ${orgId ?? null})
      and (k.teachers > 0 or l.granted > 0)
    order by o.path`.execute(act.tx)
  return rows.map(({ orgId: id, orgPath, orgName, kind, circular, ...n }) => ({
    orgId: id,
    orgPath,
    orgName,
    kind,
    circular,
    rates: [
      { id: 'delegation', numerator: n.filled, denominator: n.granted },
      { id: 'participation', numerator: n.present, denominator: n.expected },
      { id: 'pass', numerator: n.passed, denominator: n.judged },
      { id: 'credit', numerator: n.onPace, denominator: n.teachers },
    ],
  }))
}

export type Behind = { personId: string; name: string; number: string; detail: string }

/** The people who make a school's figure, met or not met, as far as the asker may see them. */
export async function behindFigure<T>(
  act: Act<T>,
  plan: PlanFacts,
  figures: Figures,
  ask: { orgId: string; indicator: IndicatorId; met: boolean },
): Promise<Behind[]> {
  const { from, pace } = paceIn(plan.year, figures)
  const met = sql`x.met = ${ask.met}`
  const inPlan = sql`exists (select from training.class c where c.id = e.class_id and c.plan_id = ${plan.id})`
  const source = {
    delegation: sql`select e.person_id, c.name as detail, e.seated as met from training.enrolment e join training.class c on c.id = e.class_id
      where e.org_id = ${ask.orgId} and ${inPlan}`,
    participation: sql`select e.person_id, c.name || ' · ' || s.title as detail, coalesce(a.state = 'present', false) as met
      from training.enrolment e join training.class c on c.id = e.class_id join training.session s on s.class_id = e.class_id and (c.terms = 1 or e.term = s.term)
      left join training.attendance a on a.person_id = e.person_id and a.session_id = s.id
      where e.org_id = ${ask.orgId} and ${inPlan} and e.state in ('confirmed', 'passed', 'failed') and upper(s.during) < db.now() and a.state is distinct from 'leave'`,
    pass: sql`select e.person_id, c.name as detail, e.state = 'passed' as met from training.enrolment e join training.class c on c.id = e.class_id
      where e.org_id = ${ask.orgId} and ${inPlan} and e.state in ('passed', 'failed')`,
    credit: sql`select p.id as person_id, coalesce(sum(l.credits), 0)::text || ' / ' || ${pace} as detail, coalesce(sum(l.credits), 0) >= ${pace}::numeric as met
      from directory.person p left join ledger.entry l on l.person_id = p.id and l.credit_year between ${from} and ${plan.year} where p.org_id = ${ask.orgId} group by p.id`,
  }[ask.indicator]
  const { rows } =
    await sql<Behind>`select p.id as person_id, p.name, p.number, x.detail from (${source}) x join directory.person p on p.id = x.person_id
    where ${met} order by p.number, x.detail limit 2000`.execute(act.tx)
  return rows
}

export type CircularRow = {
  id: string
  planId: string
  title: string
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
    select v.id, v.plan_id, p.title, v.org_id, o.short_name as org_name, d.label, v.issued_at, v.acknowledged_at, v.note, v.figures, v.document_id
    from training.circular v join training.plan p on p.id = v.plan_id join directory.organisation o on o.id = v.org_id
    join documents.document d on d.id = v.document_id
    where (${where.planId ?? null}::uuid is null or v.plan_id = ${where.planId ?? null}) and (${where.circularId ?? null}::uuid is null or v.id = ${where.circularId ?? null})
    order by v.issued_at desc, o.path`.execute(act.tx)
  return rows
}

/** The year of a plan in figures and pictures, one statement a picture. */
export async function overviewOf<T>(act: Act<T>, plan: PlanFacts, figures: Figures) {
  const { from, pace } = paceIn(plan.year, figures)
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
      (select count(*) from training.objection x where x.state = 'open')::int as open_objections,
      (select count(*) from training.leave_request l where l.state = 'asked')::int as open_leave
    from (select count(*)::int as teachers, count(*) filter (where s.credits >= ${pace}::numeric)::int as on_pace, count(distinct s.org_id)::int as schools
      from ledger.sums(${from}, ${plan.year}) s) n`.execute(act.tx)
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
