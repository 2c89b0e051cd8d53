/** Facts of the records that requirement sets may ask for, as they stood on a day. */
import { sql } from 'kysely'
import type { FactSource } from '../../platform/policy/index.ts'

const ask = { zh: '所在学校的人事经办人', en: 'the clerk of the school' }

export const recordsFacts: FactSource = {
  facts: {
    'person.born': { type: 'date', title: { zh: '出生日期', en: 'Date of birth' }, ask },
    'person.sex': { type: 'text', unit: 'code:XB', title: { zh: '性别', en: 'Sex' }, ask },
    'employment.since': { type: 'date', title: { zh: '到现单位日期', en: 'At the present school since' }, ask },
    'employment.basis': { type: 'text', title: { zh: '用人方式', en: 'Basis of employment' }, ask },
    'employment.category': {
      type: 'text',
      unit: 'code:JZGLB',
      title: { zh: '教职工类别', en: 'Category of staff' },
      ask,
    },
    'service.since': { type: 'date', title: { zh: '从教日期', en: 'Teaching since' }, ask },
    'title.level': { type: 'text', unit: 'code:ZC', title: { zh: '职称', en: 'Title' }, ask },
    'title.since': { type: 'date', title: { zh: '现职称取得日期', en: 'Present title since' }, ask },
    'teaching.stages': { type: 'texts', unit: 'code:RKXD', title: { zh: '任教学段', en: 'Stages taught' }, ask },
    'teaching.subjects': { type: 'texts', unit: 'code:ZXXKC', title: { zh: '任教学科', en: 'Subjects taught' }, ask },
    'posts.held': { type: 'texts', title: { zh: '职务与岗位', en: 'Posts' }, ask },
    'education.degree': { type: 'text', unit: 'code:XW', title: { zh: '最高学位', en: 'Highest degree' }, ask },
    'education.levels': { type: 'texts', unit: 'code:XL', title: { zh: '学历', en: 'Education completed' }, ask },
    'honours.held': { type: 'texts', title: { zh: '荣誉', en: 'Honours' }, ask },
  },
  rows: ({ asOf, people }) => {
    const day = sql`${asOf}::date`
    const held = (
      column: string,
      table: string,
    ) => sql`(select coalesce(array_agg(distinct f.${sql.ref(column)} order by f.${sql.ref(column)}), '{}')
      from ${sql.table(table)} f where f.person_id = p.id and f.during @> ${day})`
    return sql`select p.id as person_id, p.birth_date as person_born, nullif(p.sex, '0') as person_sex,
        lower(e.during) as employment_since, e.basis as employment_basis, e.category as employment_category,
        (select coalesce(s.teaching_since, s.work_since) from records.service s where s.person_id = p.id) as service_since,
        t.level as title_level, lower(t.during) as title_since,
        ${held('stage', 'records.teaching')} as teaching_stages, ${held('subject', 'records.teaching')} as teaching_subjects,
        ${held('code', 'records.post')} as posts_held, ${held('code', 'records.honour')} as honours_held,
        -- Nothing recorded is not “no degree”: it is unknown.
        d.degree as education_degree, d.levels as education_levels
      from ${people} q join directory.person p on p.id = q.person_id
      left join directory.employment e on e.person_id = p.id and e.kind = 'main' and e.during @> ${day}
      left join lateral (
        select coalesce(min(g.degree) filter (where g.degree in ('2', '3', '4')), '') as degree, array_agg(distinct g.level order by g.level) as levels
        from records.education g where g.person_id = p.id and (g.graduated_on is null or g.graduated_on <= ${day}) having count(*) > 0
      ) d on true
      left join records.title t on t.person_id = p.id and t.during @> ${day}`
  },
}
