/** What the directory says of a school: its type and place, and how many are employed there on a day. */
import { sql } from 'kysely'
import type { FactSource } from '../../../platform/policy/index.ts'
import { OFFICE as ask, AT_DISTRICT as owner } from './ask.ts'
import { REGISTER, STAFF } from './sources.ts'

const people = { type: 'number', unit: 'count', ask, owner, source: STAFF } as const

export const schoolFacts: FactSource = {
  about: 'organisation',
  facts: {
    'school.type': {
      type: 'text',
      title: { zh: '办学类型', en: 'Type of school' },
      unit: 'code:BXLX',
      ask,
      owner,
      source: REGISTER,
      cut: 'type',
    },
    'school.locality': {
      type: 'text',
      title: { zh: '城乡类型', en: 'Urban or rural' },
      unit: 'code:CXLX',
      ask,
      owner,
      source: REGISTER,
    },
    'school.staff': { ...people, title: { zh: '教职工数', en: 'Staff' } },
    'school.in_post': { ...people, title: { zh: '在编人数', en: 'Staff in established posts' } },
    'school.not_teaching': { ...people, title: { zh: '非教学人员数', en: 'Staff who do not teach' } },
  },
  rows: ({ asOf, people: schools, table }) => {
    const day = sql`${asOf}::date`
    return sql`select q.org_id, o.school_type as school_type, o.locality as school_locality, coalesce(n.staff, 0)::numeric as school_staff,
        coalesce(n.in_post, 0)::numeric as school_in_post, coalesce(n.not_teaching, 0)::numeric as school_not_teaching
      from ${schools} q join ${table('directory.organisation')} o on o.id = q.org_id
      left join (
        select e.org_id, count(*) as staff, count(*) filter (where e.basis = 'in_post') as in_post,
          count(*) filter (where e.category in ('12', '13', '14', '19')) as not_teaching
        from ${table('directory.employment')} e where e.kind = 'main' and e.during @> ${day} and e.org_id in (select s.org_id from ${schools} s)
        group by e.org_id
      ) n on n.org_id = q.org_id`
  },
}
