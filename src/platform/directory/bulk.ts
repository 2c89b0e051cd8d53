/** Many people at once: each function takes a query of the rows meant and works in one or two statements, however many there are. */
import { type RawBuilder, sql } from 'kysely'
import type { Act } from '../db/index.ts'

/** A query whose columns are named as each function says. Row-level security holds for what it reads and for what is written. */
export type Rows = RawBuilder<unknown>

/**
 * Takes on people: `person_id, number, name, pinyin, initials, sex, birth_date, id_type, id_cipher, id_hash, id_masked, org_id, org_path,
 * category, basis, since`. Without a number they get the next ones of the house.
 */
export async function takeOnAll<T>(act: Act<T>, people: Rows): Promise<void> {
  await sql`insert into directory.person (id, number, name, pinyin, initials, sex, birth_date, id_type, id_cipher, id_hash, id_masked, org_id, org_path)
    select r.person_id, coalesce(r.number, 'T' || lpad(nextval('directory.person_number')::text, 8, '0')), r.name, r.pinyin, r.initials, coalesce(r.sex, '0'), r.birth_date,
      coalesce(r.id_type, '1'), r.id_cipher, r.id_hash, r.id_masked, r.org_id, r.org_path from (${people}) r`.execute(
    act.tx,
  )
  await sql`insert into directory.employment (person_id, id, org_id, org_path, category, basis, during)
    select r.person_id, gen_random_uuid(), r.org_id, r.org_path, r.category, coalesce(r.basis, 'in_post'), daterange(r.since, null) from (${people}) r`.execute(
    act.tx,
  )
}

/** Corrects people: `person_id, name, pinyin, initials, sex, birth_date, id_type, id_cipher, id_hash, id_masked`. What is null stays. */
export async function correctAll<T>(act: Act<T>, people: Rows): Promise<void> {
  await sql`update directory.person p set name = coalesce(r.name, p.name), pinyin = coalesce(r.pinyin, p.pinyin), initials = coalesce(r.initials, p.initials), sex = coalesce(r.sex, p.sex),
      birth_date = coalesce(r.birth_date, p.birth_date), id_type = coalesce(r.id_type, p.id_type), id_cipher = coalesce(r.id_cipher, p.id_cipher),
      id_hash = coalesce(r.id_hash, p.id_hash), id_masked = coalesce(r.id_masked, p.id_masked)
    from (${people}) r where p.id = r.person_id`.execute(act.tx)
}

/**
 * Moves people, or employs them again: `person_id, stint_id, org_id, org_path, category, basis, since, reason`. The employment `stint_id`,
 * if it lasts until then, ends on the day `since`; a new one begins. Category and basis stay where null.
 */
export async function moveAll<T>(act: Act<T>, people: Rows): Promise<void> {
  await sql`with r as materialized (${people}),
    ended as (
      update directory.employment e set during = daterange(lower(e.during), r.since), end_reason = r.reason from r
      where e.person_id = r.person_id and e.id = r.stint_id and (upper_inf(e.during) or upper(e.during) > r.since)
    ) update directory.person p set org_id = r.org_id, org_path = r.org_path from r where p.id = r.person_id`.execute(
    act.tx,
  )
  await sql`insert into directory.employment (person_id, id, org_id, org_path, category, basis, during)
    select r.person_id, gen_random_uuid(), r.org_id, r.org_path, coalesce(r.category, e.category, '11'), coalesce(r.basis, e.basis, 'in_post'), daterange(r.since, null)
    from (${people}) r left join directory.employment e on e.person_id = r.person_id and e.id = r.stint_id`.execute(
    act.tx,
  )
}

/** Corrects the day on which employments began: `person_id, stint_id, since`. */
export async function redateAll<T>(act: Act<T>, people: Rows): Promise<void> {
  await sql`update directory.employment e set during = daterange(r.since, upper(e.during)) from (${people}) r
    where e.person_id = r.person_id and e.id = r.stint_id`.execute(act.tx)
}

/**
 * Changes category or basis from a day on: `person_id, stint_id, category, basis, since`. An employment that began earlier ends and goes on
 * under the new ones; one that begins on the day or later is changed itself.
 */
export async function recastAll<T>(act: Act<T>, people: Rows): Promise<void> {
  await sql`with r as materialized (${people}),
    earlier as materialized (
      select e.person_id, e.id, e.org_id, e.org_path, coalesce(r.category, e.category) as category, coalesce(r.basis, e.basis) as basis, r.since, upper(e.during) as until
      from directory.employment e join r on r.person_id = e.person_id and r.stint_id = e.id where lower(e.during) < r.since
    ),
    same as (
      update directory.employment e set category = coalesce(r.category, e.category), basis = coalesce(r.basis, e.basis) from r
      where e.person_id = r.person_id and e.id = r.stint_id and lower(e.during) >= r.since
    ),
    ended as (
      update directory.employment e set during = daterange(lower(e.during), x.since) from earlier x where e.person_id = x.person_id and e.id = x.id
      returning e.person_id
    )
    insert into directory.employment (person_id, id, org_id, org_path, category, basis, during)
    select x.person_id, gen_random_uuid(), x.org_id, x.org_path, x.category, x.basis, daterange(x.since, x.until)
    from earlier x where x.person_id in (select n.person_id from ended n)`.execute(act.tx)
}
