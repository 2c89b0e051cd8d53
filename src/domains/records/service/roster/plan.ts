/** What each staged row would do, by comparing all of them with the records at once. Run again when the roster is applied. */
import { type RawBuilder, sql } from 'kysely'
import { holding, standing } from './standing.ts'

export type Staged = { importId: string; today: string; sent: readonly string[] }

/** Whether two sets of codes differ. */
const differ = (a: string, b: string): RawBuilder<unknown> =>
  sql.raw(`not (coalesce(${a}, '{}') <@ coalesce(${b}, '{}') and coalesce(${b}, '{}') <@ coalesce(${a}, '{}'))`)

/** What a change is called, when it is one, and the values before and after: names are keys of the sheet. */
const compared = (
  sent: readonly string[],
): readonly [key: string, when: RawBuilder<unknown>, was: string, becomes: string][] => {
  const has = (...keys: string[]) => sql.lit(keys.every((key) => sent.includes(key)))
  return [
    ['name', sql`c.name <> c.had_name`, 'c.had_name', 'c.name'],
    ['sex', sql`c.sex <> c.had_sex`, 'c.had_sex', 'c.sex'],
    [
      'birthDate',
      sql`c.birth_date is not null and c.birth_date is distinct from c.had_birth`,
      'c.had_birth',
      'c.birth_date',
    ],
    [
      'idNumber',
      sql`c.id_hash is not null and (c.id_hash is distinct from c.had_hash or c.id_type <> c.had_id_type)`,
      'c.had_masked',
      'c.id_masked',
    ],
    ['school', sql`c.held_org <> c.org_id`, 'c.held_org', 'c.org_id'],
    ['employment', sql`c.held_org is null or c.gone and c.held_org = c.org_id`, 'upper(c.held_during)', 'c.entered'],
    [
      'entered',
      sql`not c.gone and c.held_org = c.org_id and c.since is distinct from c.entered`,
      'c.since',
      'c.entered',
    ],
    [
      'category',
      sql`not c.gone and c.held_org = c.org_id and c.category <> c.held_category`,
      'c.held_category',
      'c.category',
    ],
    ['basis', sql`not c.gone and c.held_org = c.org_id and c.basis <> c.held_basis`, 'c.held_basis', 'c.basis'],
    [
      'workSince',
      sql`c.work_since is not null and c.work_since is distinct from c.had_work_since`,
      'c.had_work_since',
      'c.work_since',
    ],
    [
      'teaching',
      sql`${has('stages', 'subjects')} and (${differ('c.stages', 'c.had_stages')} or ${differ('c.subjects', 'c.had_subjects')})`,
      'jsonb_build_array(c.had_stages, c.had_subjects)',
      'jsonb_build_array(c.stages, c.subjects)',
    ],
    ['title', sql`${has('title')} and ${differ('c.titles', 'c.had_titles')}`, 'c.had_titles', 'c.titles'],
    [
      'posts',
      sql`${has('posts')} and ${differ('c.posts', 'case when c.held_org = c.org_id then c.had_posts end')}`,
      'c.had_posts',
      'c.posts',
    ],
  ]
}

/** Found by the staff number, with no identity number on record to confirm or deny it. */
const byNumberAlone = sql`c.number_seen and (c.id_hash is null or c.number_hash is null and c.id_seen is null)`

/** An identity number on record of which only the shown part is known is compared by that; else birth dates are. */
const agrees = sql`coalesce(case when c.id_masked is not null and c.had_masked is not null then c.id_masked = c.had_masked else c.birth_date = c.had_birth end, false)`

/** Faults that only the records show: key of the column, code, condition on `c`, data. */
const judged = (
  today: string,
): readonly [key: string, code: string, when: RawBuilder<unknown>, data: RawBuilder<unknown>][] => [
  ['idNumber', 'records.identity_elsewhere', sql`not c.id_seen`, sql`'{}'::jsonb`],
  ['number', 'records.number_elsewhere', sql`not c.number_seen`, sql`'{}'::jsonb`],
  [
    'number',
    'records.identity_has_number',
    sql`c.id_seen and c.number <> c.id_number`,
    sql`jsonb_build_object('number', c.id_number)`,
  ],
  [
    'idNumber',
    'records.number_has_identity',
    sql`c.id_seen is null and c.number_seen and c.id_hash is distinct from c.number_hash and c.number_hash is not null and c.id_hash is not null`,
    sql`jsonb_build_object('number', c.number)`,
  ],
  // A number alone is easily mistyped: another name needs a birth date, or the shown part of an identity number, that agrees.
  [
    'name',
    'records.number_of_another',
    sql`${byNumberAlone} and c.name <> c.had_name and c.birth_date is null and c.id_masked is null`,
    sql`jsonb_build_object('number', c.number, 'name', c.had_name)`,
  ],
  [
    'number',
    'records.number_of_other_person',
    sql`${byNumberAlone} and c.name <> c.had_name and (c.birth_date is not null or c.id_masked is not null) and not ${agrees}`,
    sql`jsonb_build_object('number', c.number, 'name', c.had_name)`,
  ],
  ['name', 'records.several_alike', sql`c.matched is null and c.alike > 1`, sql`jsonb_build_object('people', c.alike)`],
  [
    'number',
    'records.alike_has_number',
    sql`c.matched is null and c.alike = 1 and c.number is not null`,
    sql`jsonb_build_object('number', c.alike_number)`,
  ],
  [
    'name',
    'records.person_twice',
    sql`c.matched is not null and not c.broken and c.times > 1`,
    sql`jsonb_build_object('other', case when c.row_no = c.first_row then c.last_row else c.first_row end)`,
  ],
  [
    'school',
    'records.move_entered',
    sql`c.held_org <> c.org_id and c.had_moves_on is not null`,
    sql`jsonb_build_object('on', c.had_moves_on)`,
  ],
  ['entered', 'records.move_in_future', sql`c.held_org <> c.org_id and c.entered > ${today}::date`, sql`'{}'::jsonb`],
  [
    'entered',
    'records.entry_before_current',
    sql`c.held_org <> c.org_id and not c.gone and c.entered <= lower(c.held_during)`,
    sql`jsonb_build_object('since', lower(c.held_during))`,
  ],
  [
    'entered',
    'records.entry_overlaps',
    sql`c.gone and c.entered < upper(c.held_during)`,
    sql`jsonb_build_object('until', upper(c.held_during))`,
  ],
  [
    'entered',
    'records.entry_overlaps',
    sql`not c.gone and c.held_org = c.org_id and c.entered <> c.since and c.entered < c.earlier_until`,
    sql`jsonb_build_object('until', c.earlier_until)`,
  ],
  [
    'entered',
    'records.entry_after_change',
    sql`not c.gone and c.held_org = c.org_id and c.entered >= c.first_until`,
    sql`jsonb_build_object('until', c.first_until)`,
  ],
]

/**
 * `with …` of two relations: `plan (row_no, action, person_id, changes, was, becomes, stint_id, first_id)` and
 * `fault (row_no, key, code, data)`. Row-level security holds; of people out of scope only `directory.holders` says that they exist.
 */
export function planned({ importId, today, sent }: Staged): RawBuilder<unknown> {
  const changes = compared(sent)
  const faults = judged(today)
  const only = (side: 2 | 3) => sql.join(changes.map((change) => sql`${sql.lit(change[0])}, ${sql.raw(change[side])}`))
  return sql`with r as materialized (
    select i.row_no, i.broken, i.number, i.name, i.sex, i.birth_date, i.id_type, i.id_hash, i.id_masked, i.org_id, i.category, i.basis, i.work_since, i.entered, i.stages, i.subjects, i.titles, i.posts
    from records.import_row i where i.import_id = ${importId}
  ),
  held as materialized (
    select h.* from directory.holders((select array_agg(r.number) from r where r.number is not null), (select array_agg(r.id_hash) from r where r.id_hash is not null)) h
  ),
  alike as materialized (
    select r.row_no, count(*)::int as people, (array_agg(p.id))[1] as person_id, (array_agg(p.number))[1] as number
    from r join directory.person p on p.org_id = r.org_id and p.name = r.name and p.birth_date = r.birth_date
    where p.id_hash is null or r.id_hash is null group by r.row_no
  ),
  found as materialized (
    select r.*, i.seen as id_seen, i.number as id_number, n.seen as number_seen, n.id_hash as number_hash,
      case when i.id_hash is null and n.number is null then a.people end as alike, a.number as alike_number,
      case when i.id_hash is not null then i.person_id when n.number is not null then n.person_id when a.people = 1 and r.number is null then a.person_id end as matched
    from r left join held i on i.id_hash = r.id_hash left join held n on n.number = r.number left join alike a on a.row_no = r.row_no
  ),
  whose as materialized (select distinct f.matched as person_id from found f where f.matched is not null),
  ${standing},
  teaches as materialized (${holding('teaching', sql`array_agg(f.stage order by f.stage, f.subject) as stages, array_agg(f.subject order by f.stage, f.subject) as subjects`, today)} group by f.person_id),
  titled as materialized (${holding('title', sql`array_agg(f.level order by f.level) as titles`, today)} group by f.person_id),
  posted as materialized (
    select f.person_id, array_agg(f.code order by f.code) as posts from (${holding('post', sql`f.code, f.org_id`, today)}) f
    join latest l on l.person_id = f.person_id and l.org_id = f.org_id group by f.person_id
  ),
  c as materialized (
    select f.*, p.name as had_name, p.sex as had_sex, p.birth_date as had_birth, p.id_hash as had_hash, p.id_type as had_id_type, p.id_masked as had_masked, p.moves_on as had_moves_on,
      l.id as stint_id, l.org_id as held_org, l.during as held_during, l.category as held_category, l.basis as held_basis,
      coalesce(upper(l.during) <= ${today}::date, false) as gone, b.first_id, b.since, b.first_until, b.earlier_until, s.work_since as had_work_since,
      t.stages as had_stages, t.subjects as had_subjects, k.titles as had_titles, o.posts as had_posts,
      count(*) over same as times, min(f.row_no) over same as first_row, max(f.row_no) over same as last_row
    from found f left join directory.person p on p.id = f.matched left join latest l on l.person_id = f.matched left join begun b on b.person_id = f.matched
      left join records.service s on s.person_id = f.matched left join teaches t on t.person_id = f.matched left join titled k on k.person_id = f.matched
      left join posted o on o.person_id = f.matched
    window same as (partition by f.matched)
  ),
  suspect as materialized (select c.* from c where ${sql.join(
    faults.map(([, , when]) => sql`(${when})`),
    sql` or `,
  )}),
  fault as materialized (${sql.join(
    faults.map(
      ([key, code, when, data]) =>
        sql`select c.row_no, ${sql.lit(key)}::text as key, ${sql.lit(code)}::text as code, ${data} as data from suspect c where ${when}`,
    ),
    sql` union all `,
  )}),
  differing as materialized (
    select c.row_no, x.changes, case when cardinality(x.changes) > 0 then (select jsonb_object_agg(k, v.it -> k) from (select jsonb_build_object(${only(2)}) as it) v, unnest(x.changes) as k) end as was,
      case when cardinality(x.changes) > 0 then (select jsonb_object_agg(k, v.it -> k) from (select jsonb_build_object(${only(3)}) as it) v, unnest(x.changes) as k) end as becomes
    from c cross join lateral (select array_remove(array[${sql.join(changes.map(([key, when]) => sql`case when ${when} then ${sql.lit(key)} end`))}]::text[], null) as changes) x
    where c.matched is not null
  ),
  plan as (
    select c.row_no, c.matched as person_id, c.stint_id, c.first_id, d.changes,
      case when c.broken or c.row_no in (select x.row_no from fault x) then 'faulty' when c.matched is null then 'added'
        when 'school' = any(d.changes) then 'moved' when cardinality(d.changes) > 0 then 'changed' else 'unchanged' end as action,
      d.was, d.becomes
    from c left join differing d on d.row_no = c.row_no
  )`
}
