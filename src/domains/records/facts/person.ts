/** Who somebody is, where employed, what taught and held: as the records stood on a day. One source a table, so that only what a rule asks for is read. */
import { sql } from 'kysely'
import { among, type FactSource } from '../../../platform/policy/index.ts'
import { SCHOOL as ask } from './ask.ts'
import { EDUCATION, EMPLOYED, HONOURS, PERSON, POSTS, SERVICE, TEACHING, TITLES } from './sources.ts'

/** The words of code tables, for facts that are codes. */
export const codeTables = sql`records.code`

/** Codes held on the day as a list; somebody with none has an empty one. */
function listed(from: string, facts: FactSource['facts'], columns: Readonly<Record<string, string>>): FactSource {
  const lists = (wanted: ReadonlySet<string>) =>
    Object.entries(columns)
      .filter(([fact]) => wanted.has(fact))
      .map(([fact, column]) => {
        const code = sql.ref(`f.${column}`)
        return sql`, array_agg(distinct ${code} order by ${code}) as ${sql.ref(fact.replaceAll('.', '_'))}`
      })
  return {
    facts,
    empty: Object.fromEntries(Object.keys(facts).map((id) => [id, sql`'{}'::text[]`])),
    rows: (asked) => sql`select f.person_id${sql.join(lists(asked.wanted), sql``)} from ${asked.table(from)} f
      where ${among(asked, sql`f.person_id`)} and f.during @> ${asked.asOf}::date group by f.person_id`,
  }
}

const person: FactSource = {
  facts: {
    'person.born': { type: 'date', title: { zh: '出生日期', en: 'Date of birth' }, ask, source: PERSON },
    'person.sex': { type: 'text', unit: 'code:SEX', title: { zh: '性别', en: 'Sex' }, ask, source: PERSON },
  },
  rows: (asked) => sql`select p.id as person_id, p.birth_date as person_born, nullif(p.sex, '0') as person_sex
    from ${asked.table('directory.person')} p where ${among(asked, sql`p.id`)}`,
}

const employment: FactSource = {
  facts: {
    'employment.since': {
      type: 'date',
      title: { zh: '到现单位日期', en: 'At the present school since' },
      ask,
      source: EMPLOYED,
    },
    'employment.basis': {
      type: 'text',
      unit: 'code:BASIS',
      title: { zh: '用人方式', en: 'Basis of employment' },
      ask,
      source: EMPLOYED,
    },
    'employment.category': {
      type: 'text',
      unit: 'code:JZGLB',
      title: { zh: '教职工类别', en: 'Category of staff' },
      ask,
      source: EMPLOYED,
    },
  },
  rows: (
    asked,
  ) => sql`select e.person_id, lower(e.during) as employment_since, e.basis as employment_basis, e.category as employment_category
    from ${asked.table('directory.employment')} e
    where ${among(asked, sql`e.person_id`)} and e.kind = 'main' and e.during @> ${asked.asOf}::date`,
}

const teachingSince: FactSource = {
  facts: { 'service.since': { type: 'date', title: { zh: '从教日期', en: 'Teaching since' }, ask, source: SERVICE } },
  rows: (asked) => sql`select s.person_id, coalesce(s.teaching_since, s.work_since) as service_since
    from ${asked.table('records.service')} s where ${among(asked, sql`s.person_id`)}`,
}

const title: FactSource = {
  facts: {
    'title.level': { type: 'text', unit: 'code:TITLE', title: { zh: '职称', en: 'Title' }, ask, source: TITLES },
    'title.since': { type: 'date', title: { zh: '现职称取得日期', en: 'Present title since' }, ask, source: TITLES },
  },
  rows: (asked) => sql`select t.person_id, t.level as title_level, lower(t.during) as title_since
    from ${asked.table('records.title')} t where ${among(asked, sql`t.person_id`)} and t.during @> ${asked.asOf}::date`,
}

const teaching = listed(
  'records.teaching',
  {
    'teaching.stages': {
      type: 'texts',
      unit: 'code:RKXD',
      title: { zh: '任教学段', en: 'Stages taught' },
      ask,
      source: TEACHING,
      cut: 'stage',
    },
    'teaching.subjects': {
      type: 'texts',
      unit: 'code:ZXXKC',
      title: { zh: '任教学科', en: 'Subjects taught' },
      ask,
      source: TEACHING,
    },
  },
  { 'teaching.stages': 'stage', 'teaching.subjects': 'subject' },
)

const posts = listed(
  'records.post',
  { 'posts.held': { type: 'texts', unit: 'code:POST', title: { zh: '职务与岗位', en: 'Posts' }, ask, source: POSTS } },
  { 'posts.held': 'code' },
)

const honours = listed(
  'records.honour',
  {
    'honours.held': { type: 'texts', unit: 'code:HONOUR', title: { zh: '荣誉', en: 'Honours' }, ask, source: HONOURS },
  },
  { 'honours.held': 'code' },
)

/** Nothing recorded is not “no degree”: it is unknown. */
const education: FactSource = {
  facts: {
    'education.degree': {
      type: 'text',
      unit: 'code:XW',
      title: { zh: '最高学位', en: 'Highest degree' },
      ask,
      source: EDUCATION,
    },
    'education.levels': {
      type: 'texts',
      unit: 'code:XL',
      title: { zh: '学历', en: 'Education completed' },
      ask,
      source: EDUCATION,
    },
    'education.normal': {
      type: 'bool',
      title: { zh: '师范类专业毕业', en: 'Studied teaching' },
      ask,
      source: EDUCATION,
    },
  },
  rows: (
    asked,
  ) => sql`select g.person_id, coalesce(min(g.degree) filter (where g.degree in ('2', '3', '4')), '') as education_degree,
      array_agg(distinct g.level order by g.level) as education_levels, bool_or(g.normal) as education_normal
    from ${asked.table('records.education')} g
    where ${among(asked, sql`g.person_id`)} and (g.graduated_on is null or g.graduated_on <= ${asked.asOf}::date) group by g.person_id`,
}

export const personFacts: readonly FactSource[] = [
  person,
  employment,
  teachingSince,
  title,
  teaching,
  posts,
  honours,
  education,
]
