/**
 * How long somebody has served where: whole months, counted from employments up to a day. Where the recorded employments do not reach back
 * to the first day of teaching, earlier schools are missing and the months are unknown.
 */
import { type RawBuilder, sql } from 'kysely'
import type { FactSource } from '../../../platform/policy/index.ts'
import { SCHOOL as ask } from './ask.ts'
import { AT_THIS_SCHOOL, CLASS_TEACHER, EMPLOYMENTS, SERVICE } from './sources.ts'

const months = { type: 'number', unit: 'month', ask } as const

export const serviceFacts: FactSource = {
  facts: {
    'employment.in_school_since': {
      type: 'date',
      title: { zh: '在现单位连续任职起始日', en: 'Without a break at the present school since' },
      ask,
      source: AT_THIS_SCHOOL,
    },
    'service.rural_months': {
      ...months,
      title: { zh: '在乡村学校任职月数', en: 'Months at rural schools' },
      source: EMPLOYMENTS,
    },
    'service.kindergarten_months': {
      ...months,
      title: { zh: '在幼儿园任职月数', en: 'Months at kindergartens' },
      source: EMPLOYMENTS,
    },
    'service.class_teacher_months': {
      ...months,
      title: { zh: '任班主任月数', en: 'Months as class teacher' },
      source: CLASS_TEACHER,
    },
    'certificate.first_on': {
      type: 'date',
      title: { zh: '首次取得教师资格日期', en: 'First certified on' },
      ask,
      source: SERVICE,
    },
  },
  rows: ({ asOf, parameters, people, table, wanted }) => {
    const day = sql`${asOf}::date`
    const rural = parameters.value('service.rural_localities', asOf).value as string[]
    const employments = sql`${table('directory.employment')} x where x.person_id = p.id and x.kind = 'main'`
    /** Spans that touch are one; what lies after the day does not count. */
    const served = (spans: RawBuilder<unknown>) => sql`(
      select coalesce(sum(policy.full_months(lower(m.span), upper(m.span))), 0)::numeric
      from (select unnest(range_agg(x.during * daterange(null, ${day}, '[)'))) as span from ${spans}) m where not isempty(m.span))`
    const at = (schools: RawBuilder<unknown>) => sql`case when h.complete then
      ${served(sql`${employments} and x.org_id in (select o.id from ${table('directory.organisation')} o where ${schools})`)} end`
    // The first certificate on record, where nobody has told the day.
    const first = wanted.has('certificate.first_on')
      ? sql`coalesce(s.qualified_on, (select min(c.issued_on) from ${table('records.certificate')} c where c.person_id = p.id))`
      : sql`s.qualified_on`
    return sql`select p.id as person_id,
        (select lower(m.span) from (select unnest(range_agg(x.during)) as span from ${employments} and x.org_id = e.org_id) m
          where m.span @> ${day}) as employment_in_school_since,
        ${at(sql`o.locality = any (${rural}::text[])`)} as service_rural_months,
        ${at(sql`o.school_type in ('111', '119')`)} as service_kindergarten_months,
        ${served(sql`${table('records.post')} x where x.person_id = p.id and x.code = 'class_teacher'`)} as service_class_teacher_months,
        ${first} as certificate_first_on
      from ${people} q join ${table('directory.person')} p on p.id = q.person_id
      left join ${table('records.service')} s on s.person_id = p.id
      left join ${table('directory.employment')} e on e.person_id = p.id and e.kind = 'main' and e.during @> ${day}
      left join lateral (select min(lower(x.during)) <= coalesce(s.teaching_since, s.work_since) as complete from ${employments}) h on true`
  },
}
