/** Scorecards by school, and the people behind a figure. */
import { sql } from 'kysely'
import { notFound } from '../../../base/errors.ts'
import type { Act } from '../../../platform/db/index.ts'
import { measureAll } from '../../../platform/indicators/index.ts'
import type { FactBook } from '../../../platform/policy/index.ts'
import type { Figures } from '../service/figures.ts'
import { INDICATOR_IDS, type IndicatorId, planYear, SCORECARD } from './indicators.ts'
import { endOf, standings } from './standing.ts'

export type Rate = { id: IndicatorId; numerator: number; denominator: number }
export type Scorecard = {
  orgId: string
  orgPath: string
  orgName: string
  kind: string
  rates: Rate[]
  /** As issued; `rates` beside it are as of today. */
  circular: { issuedAt: string; acknowledgedAt: string | null; rates: Rate[] } | null
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

type School = Pick<Scorecard, 'orgId' | 'orgPath' | 'orgName' | 'kind' | 'circular'>

/** All figures of every school in scope that has teachers or was given places: measured in one statement. */
export async function scorecardsOf<T>(
  act: Act<T>,
  book: FactBook,
  plan: PlanFacts,
  figures: Figures,
): Promise<Scorecard[]> {
  const target = { level: ['school', 'institution'] as const, under: plan.orgId }
  const indicators = INDICATOR_IDS.map((id) => SCORECARD[id])
  const measured = await measureAll(act, indicators, target, await planYear(act, book, plan, figures))
  const rates = new Map<string, Rate[]>()
  for (const [i, id] of INDICATOR_IDS.entries())
    for (const { orgId, numerator, denominator } of measured[i]!)
      rates.set(orgId, [
        ...(rates.get(orgId) ?? []),
        { id, numerator: Number(numerator), denominator: Number(denominator) },
      ])
  const involved = ({ id, denominator }: Rate) => (id === 'credit' || id === 'delegation') && denominator > 0
  return (await schoolsOf(act, plan.id, [...rates.keys()]))
    .map((school) => ({ ...school, rates: rates.get(school.orgId)! }))
    .filter((card) => card.rates.some(involved))
}

async function schoolsOf<T>(act: Act<T>, planId: string, orgIds: string[]): Promise<School[]> {
  const { rows } = await sql<School>`
    select o.id as org_id, o.path::text as org_path, o.short_name as org_name, o.kind,
      case when v.id is not null then jsonb_build_object('issuedAt', v.issued_at, 'acknowledgedAt', v.acknowledged_at,
        'rates', v.figures -> 'rates') end as circular
    from directory.organisation o left join training.circular v on v.plan_id = ${planId} and v.org_id = o.id
    where o.id = any(${orgIds}::uuid[]) order by o.path`.execute(act.tx)
  return rows
}

export type Behind = { personId: string; name: string; number: string; detail: string }

/** The people who make a school's figure, met or not met, as far as the asker may see them. */
export async function behindFigure<T>(
  act: Act<T>,
  book: FactBook,
  plan: PlanFacts,
  ask: { orgId: string; indicator: IndicatorId; met: boolean },
): Promise<Behind[]> {
  const stand = await standings(act, book, {
    people: sql`select w.id as person_id from directory.person w where w.org_id = ${ask.orgId}`,
    below: plan.orgPath,
    asOf: endOf(plan.year),
    authority: plan.authority,
  })
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
    credit: sql`select s.person_id, s.cycle::text || coalesce(' / ' || trim_scale(s.due)::text, '') as detail, s.on_pace as met from (${stand}) s`,
  }[ask.indicator]
  const { rows } =
    await sql<Behind>`select p.id as person_id, p.name, p.number, x.detail from (${source}) x join directory.person p on p.id = x.person_id
    where ${met} order by p.number, x.detail limit 2000`.execute(act.tx)
  return rows
}
