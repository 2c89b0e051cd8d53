/** The rows that rules look at: each relation gives `person_id`, `item_id` and what its rules name, for the people in `whom`. */
import { type RawBuilder, sql } from 'kysely'
import type { QualityRule } from './rule.ts'

/**
 * People who are employed today, in scope and below an organisation where one is named.
 * `with` parts: `today (today)` and `whom (person_id, org_id, org_path, name, sex, birth_date, …)`.
 */
export const whom = (
  orgPath: string | null,
  ids?: readonly string[],
): RawBuilder<unknown> => sql`today as materialized (select db.today() as today),
  whom as materialized (
    select p.id as person_id, p.org_id, p.org_path, p.name, p.sex, p.birth_date, p.id_hash is not null as identified,
      e.org_id as works_at, e.category, e.basis, lower(e.during) as employed_from
    from directory.person p join directory.employment e on e.person_id = p.id and e.kind = 'main' and e.during @> (select t.today from today t)
    where ${orgPath === null ? sql`true` : sql`p.org_path <@ ${orgPath}::ltree`} and p.org_path <@ any ((select db.scope())::ltree[])
      ${ids ? sql`and p.id = any(${ids}::uuid[])` : sql``}
  )`

const now = sql`(select t.today from today t)`

/** Only rows of these people, where few are named: tables are not gone through whole for a handful. */
const of = (ids: readonly string[] | undefined) => (ids ? sql`f.person_id = any(${ids}::uuid[])` : sql`true`)

/** One wide row a person. Everything that a person has several of is counted or gathered once for all people. */
const person = (
  ids?: readonly string[],
) => sql`select w.*, null::uuid as item_id, t.today, s.work_since, s.teaching_since, s.qualified_on,
    o.school_type, upper(o.during) as closes, h.stages, coalesce(h.teachings, 0) as teachings,
    k.level as title, k.since as title_since, coalesce(q.posts, '{}') as posts,
    g.level as education, coalesce(g.studies, 0) as studies, z.certified_on
  from whom w cross join today t join directory.organisation o on o.id = w.org_id
  left join records.service s on s.person_id = w.person_id
  left join (select f.person_id, array_agg(distinct f.stage) as stages, count(*)::int as teachings from records.teaching f where f.during @> ${now} and ${of(ids)} group by f.person_id) h on h.person_id = w.person_id
  left join (select f.person_id, f.level, lower(f.during) as since from records.title f where f.during @> ${now} and ${of(ids)}) k on k.person_id = w.person_id
  left join (select f.person_id, array_agg(distinct f.code) as posts from records.post f where f.during @> ${now} and ${of(ids)} group by f.person_id) q on q.person_id = w.person_id
  left join (select f.person_id, min(f.level) as level, count(*)::int as studies from records.education f where ${of(ids)} group by f.person_id) g on g.person_id = w.person_id
  left join (select f.person_id, min(f.issued_on) as certified_on from records.certificate f where ${of(ids)} group by f.person_id) z on z.person_id = w.person_id`

/** Rows of one table, with what is known of the person. */
const rows =
  (table: string, columns: string) =>
  (ids?: readonly string[]): RawBuilder<unknown> =>
    sql`select f.person_id, f.id as item_id, t.today, w.name, w.birth_date, w.org_id, w.works_at, w.employed_from, s.work_since, ${sql.raw(columns)}
    from ${sql.table(table)} f join whom w on w.person_id = f.person_id cross join today t left join records.service s on s.person_id = f.person_id where ${of(ids)}`

export const RELATIONS: Record<QualityRule['over'], (ids?: readonly string[]) => RawBuilder<unknown>> = {
  person,
  employment: rows('directory.employment', 'f.org_id as at, f.kind, f.category, f.basis, f.during, f.end_reason'),
  title: rows(
    'records.title',
    'f.level, f.during, lag(f.level) over (partition by f.person_id order by f.during) as before',
  ),
  post: rows(
    'records.post',
    'f.code, f.org_id as at, f.during, count(*) filter (where f.during @> t.today) over (partition by f.org_id, f.code) as holders',
  ),
  honour: rows('records.honour', 'f.code, f.name as honour, f.level, f.awarded_on, f.during'),
  education: rows('records.education', 'f.level, f.degree, f.institution, f.major, f.graduated_on'),
  certificate: rows('records.certificate', 'f.category, f.number, f.issued_on'),
  registration: rows(
    'records.registration',
    'f.decided_on, max(f.decided_on) over (partition by f.person_id) as last_decided',
  ),
  safety_check: rows(
    'records.safety_check',
    'f.kind, f.done_on, f.due_on, max(f.done_on) over (partition by f.person_id, f.kind) as last_done',
  ),
  research: rows('records.research', 'f.name as work, f.published_on'),
  appraisal: rows('records.appraisal', 'f.kind, f.year, f.decided_on'),
  retirement: rows('records.retirement', 'f.approved_on'),
}

/** The tables of these relations. */
export const LOOKED_AT = [
  'directory.person',
  'directory.employment',
  ...[
    'service',
    'teaching',
    'contact',
    'title',
    'post',
    'honour',
    'education',
    'certificate',
    'registration',
    'safety_check',
    'research',
    'appraisal',
    'retirement',
  ].map((name) => `records.${name}`),
]
