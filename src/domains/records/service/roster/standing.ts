/** Where people stand: their latest main employment, and when their time at that organisation began. */
import { type RawBuilder, sql } from 'kysely'

/**
 * Common table expressions over the people of `whose (person_id)`: `stint` (main employments in order, without one that a move entered for a day to come will begin), `latest` (the last of them) and
 * `begun` (the first of those that follow one another at the same organisation without a gap: `since` is the entry there).
 */
export const standing: RawBuilder<unknown> = sql`
  stint as (
    select e.person_id, e.id, e.org_id, e.category, e.basis, e.during, row_number() over w as n,
      lag(e.org_id) over w as earlier_org, lag(upper(e.during)) over w as earlier_until
    from directory.employment e join directory.person p on p.id = e.person_id
    where e.kind = 'main' and e.person_id in (select w.person_id from whose w) and (p.moves_on is null or lower(e.during) < p.moves_on)
    window w as (partition by e.person_id order by lower(e.during))
  ),
  run as (
    select s.*, count(*) filter (where s.earlier_org is distinct from s.org_id or s.earlier_until is distinct from lower(s.during))
      over (partition by s.person_id order by s.n) as run
    from stint s
  ),
  latest as materialized (select distinct on (r.person_id) r.* from run r order by r.person_id, r.n desc),
  begun as materialized (
    select distinct on (r.person_id) r.person_id, r.id as first_id, lower(r.during) as since, upper(r.during) as first_until, r.earlier_until
    from run r join latest l on l.person_id = r.person_id and l.run = r.run order by r.person_id, r.n
  )`

/** Facts of the people of `whose` that hold or are to come, as sets of codes. */
export const holding = (
  table: 'teaching' | 'title' | 'post',
  columns: RawBuilder<unknown>,
  today: string,
): RawBuilder<unknown> =>
  sql`select f.person_id, ${columns} from ${sql.table(`records.${table}`)} f
    where f.person_id in (select w.person_id from whose w) and (upper_inf(f.during) or upper(f.during) > ${today}::date)`
