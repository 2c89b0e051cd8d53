/** The four figures by which the plan judges a school (plan, part 四(三)): what is counted, over what, and the clause it comes from. */
import { type RawBuilder, sql } from 'kysely'
import type { Act } from '../../../platform/db/index.ts'
import { defineIndicator, type Indicator, type Span } from '../../../platform/indicators/index.ts'
import type { FactBook } from '../../../platform/policy/index.ts'
import type { Figures } from '../service/figures.ts'
import { endOf, standings } from './standing.ts'

/** The year of a plan, and where everybody below its organisation stands in their credits at its end. */
export type PlanYear = Span & { planId: string; standings: RawBuilder<unknown> }

type Plan = { id: string; year: number; orgPath: string; authority: string }

/** What a plan’s year asks for under the rules of its authority. */
export async function planYear<T>(act: Act<T>, book: FactBook, plan: Plan, figures: Figures): Promise<PlanYear> {
  return {
    id: String(plan.year),
    from: `${plan.year}-${figures.yearStart}`,
    until: `${plan.year + 1}-${figures.yearStart}`,
    planId: plan.id,
    standings: await standings(act, book, {
      below: plan.orgPath,
      asOf: endOf(plan.year),
      authority: plan.authority,
    }),
  }
}

const clause = {
  document: '重庆市黔江区教育委员会2023年教师教育工作计划',
  number: '黔江教发〔2023〕18号',
  article: '四(三)',
}

/** Each in one pass over the facts of the plan; a school and what lies below it. */
export const SCORECARD: Record<'delegation' | 'participation' | 'pass' | 'credit', Indicator<PlanYear>> = {
  delegation: defineIndicator({
    id: 'training.delegation',
    name: { zh: '送培率', en: 'Delegation rate' },
    definition: {
      zh: '学校派出并占用名额的人数 ÷ 分配给学校的名额（送培班次，按确认时的名额计）',
      en: 'People sent and holding a place ÷ places given to the school (delegated classes, places as at confirmation)',
    },
    unit: 'share',
    clause,
    ratio: ({ planId }) => sql`
      select o.path, least(q.taken, coalesce(q.granted, q.places)), coalesce(q.granted, q.places)
      from training.quota q join training.class c on c.id = q.class_id and c.enrolment = 'delegated'
      join directory.organisation o on o.id = q.org_id where c.plan_id = ${planId}`,
  }),
  participation: defineIndicator({
    id: 'training.participation',
    name: { zh: '参训率', en: 'Participation rate' },
    definition: {
      zh: '实际签到人次 ÷ 应到人次（已结束的场次，经批准的请假不计入应到）',
      en: 'Attendances ÷ attendances expected (sessions that have ended; granted leave is not expected)',
    },
    unit: 'share',
    clause,
    ratio: ({ planId }) => sql`
      select e.org_path, count(*) filter (where a.state = 'present'), count(*) filter (where a.state is distinct from 'leave')
      from training.enrolment e join training.class c on c.id = e.class_id
      join training.session s on s.class_id = e.class_id and (c.terms = 1 or e.term = s.term) and upper(s.during) < db.now()
      left join training.attendance a on a.person_id = e.person_id and a.session_id = s.id
      where c.plan_id = ${planId} and e.state in ('confirmed', 'passed', 'failed') group by e.org_path`,
  }),
  pass: defineIndicator({
    id: 'training.pass',
    name: { zh: '合格率', en: 'Pass rate' },
    definition: { zh: '结业合格人次 ÷ 已作结业认定的人次', en: 'Completions passed ÷ completions decided' },
    unit: 'share',
    clause,
    ratio: ({ planId }) => sql`
      select e.org_path, count(*) filter (where e.state = 'passed'), count(*)
      from training.enrolment e join training.class c on c.id = e.class_id
      where c.plan_id = ${planId} and e.state in ('passed', 'failed') group by e.org_path`,
  }),
  credit: defineIndicator({
    id: 'training.credit',
    name: { zh: '学分达标率', en: 'Credit rate' },
    definition: {
      zh: '本周期累计学分达到年度进度的教师 ÷ 全校教师',
      en: 'Teachers whose credits in the cycle have reached the pace of the year ÷ all teachers of the school',
    },
    unit: 'share',
    clause,
    ratio: ({ standings: stand }) => sql`
      select o.path, count(*) filter (where s.on_pace), count(*)
      from (${stand}) s join directory.person p on p.id = s.person_id join directory.organisation o on o.id = p.org_id group by o.path`,
  }),
}

export type IndicatorId = keyof typeof SCORECARD

/** In the order of a scorecard. */
export const INDICATOR_IDS = Object.keys(SCORECARD) as IndicatorId[]

/** The figures as a screen and a paper name them. */
export const DEFINITIONS = INDICATOR_IDS.map((id) => {
  const { name, definition, clause: source } = SCORECARD[id]
  return {
    id,
    zh: name.zh,
    en: name.en,
    definitionZh: definition?.zh ?? '',
    definitionEn: definition?.en ?? '',
    clause: { document: '', number: '', article: '', ...source },
  }
})
