/** The population that a class is for, as one statement, with each person's fair share of earlier training. */
import { type RawBuilder, sql } from 'kysely'
import { type Act, prepared } from '../../../platform/db/index.ts'
import type { CandidateSort } from '../contract/orders.ts'
import type { Claim } from '../rules/shareout.ts'
import type { Target, TeacherFacts } from '../rules/target.ts'
import { besideTotal, byFigure, byText, keyset, type Order, pageOf, type SortKey } from './keyset.ts'

/** The rule as SQL over `records.pub_teacher t`; equal to `isEligible` (a property test holds the two together). */
export function targetSql(target: Target, asOf: RawBuilder<unknown> = sql`db.today()`): RawBuilder<boolean> {
  const all: RawBuilder<unknown>[] = [sql`true`]
  if (target.categories) all.push(sql`t.category = any(${target.categories}::text[])`)
  if (target.stages) all.push(sql`t.stages && ${target.stages}::text[]`)
  if (target.subjects) all.push(sql`t.subjects && ${target.subjects}::text[]`)
  if (target.posts) all.push(sql`t.posts && ${target.posts}::text[]`)
  if (target.excludePosts) all.push(sql`not t.posts && ${target.excludePosts}::text[]`)
  if (target.honoursAny) all.push(sql`t.honours && ${target.honoursAny}::text[]`)
  if (target.titlesAny) all.push(sql`coalesce(t.title = any(${target.titlesAny}::text[]), false)`)
  if (target.serviceYears) {
    const { from = 0, to = 99 } = target.serviceYears
    all.push(
      sql`coalesce(date_part('year', age(${asOf}::timestamp, t.service_from::timestamp)) between ${from} and ${to}, false)`,
    )
  }
  if (target.hiredWithinMonths !== undefined) {
    all.push(
      sql`coalesce(t.hired_on > ${asOf}::date - make_interval(months => ${target.hiredWithinMonths}::int), false)`,
    )
  }
  return sql<boolean>`(${sql.join(all, sql` and `)})`
}

export type Candidate = {
  personId: string
  name: string
  number: string
  orgId: string
  orgName: string
  stages: string[]
  subjects: string[]
  title: string | null
  posts: string[]
  fairShare: string
  recent: number
  state: string | null
}

type Ask = {
  classId: string
  target: Target
  year: number
  orgId?: string
  personIds?: string[]
  search?: string
  /** Null: everybody. */
  limit: number | null
} & Order<CandidateSort>

const KEYS: Record<CandidateSort, SortKey> = {
  recent: byFigure(sql`k.recent`),
  fair: byFigure(sql`k.fair_share`),
  name: byText(sql`k.name`),
  number: byText(sql`k.number`),
  title: byText(sql`coalesce(k.title, '')`),
  state: byText(sql`coalesce(e.state, '')`),
}

/** How many credit years back a training counts for the fair share, the present one included. */
const FAIR_SHARE_YEARS = 3

/**
 * Eligible people in scope. `recent` counts classes of district level or above in the last three credit years, the places held
 * this year included; `fairShare` is that number over the mean of all eligible colleagues at the same school (1.00 is the mean).
 */
export async function candidates<T>(
  act: Act<T>,
  ask: Ask,
): Promise<{ rows: Candidate[]; next: string | null; total: number }> {
  const { key, after, by } = keyset(KEYS[ask.sort ?? 'recent'], ask)
  const { rows } = await sql<Candidate & { key: string; total: number }>`
    with eligible as materialized (
      select t.person_id, t.name, t.number, t.org_id, t.org_path, t.stages, t.subjects, t.title, t.posts from records.pub_teacher t
      where t.org_path <@ any (db.scope()) and (${ask.orgId ?? null}::uuid is null or t.org_id = ${ask.orgId ?? null}) and ${targetSql(ask.target)}
    ), past as (
      select e.person_id, count(distinct e.source_id) as times from ledger.entry e
      where e.credit_year between ${ask.year - FAIR_SHARE_YEARS + 1} and ${ask.year} and e.level in ('district', 'city', 'national')
        and e.counter_of is null and e.person_id in (select x.person_id from eligible x)
        and not exists (select from ledger.entry c where c.person_id = e.person_id and c.counter_of = e.id)
      group by e.person_id
    ), present as (
      select e.person_id, count(*) as times from training.enrolment e join training.class c on c.id = e.class_id
      where e.state in ('accepted', 'confirmed') and e.class_id <> ${ask.classId} and e.person_id in (select x.person_id from eligible x)
      group by e.person_id
    ), counted as (
      select x.*, (coalesce(p.times, 0) + coalesce(n.times, 0))::int as recent,
        avg(coalesce(p.times, 0) + coalesce(n.times, 0)) over (partition by x.org_id) as mean
      from eligible x left join past p on p.person_id = x.person_id left join present n on n.person_id = x.person_id
    ), found as materialized (
      select k.person_id, k.name, k.number, k.org_id, k.stages, k.subjects, k.title, k.posts, k.recent, k.fair_share, e.state, ${key} as key
      from (select c.*, round(case when c.mean = 0 then 1 else c.recent / c.mean end, 2) as fair_share from counted c) k
      left join training.enrolment e on e.person_id = k.person_id and e.class_id = ${ask.classId}
      where (${ask.personIds ?? null}::uuid[] is null or k.person_id = any(${ask.personIds ?? null}::uuid[]))
        and (${ask.search ?? null}::text is null or k.name like '%' || ${ask.search ?? ''} || '%' or k.number = ${ask.search ?? ''})
    )
    select v.*, o.short_name as org_name, v.key::text as key, n.total
    from ${besideTotal(sql`found`, sql`select v.* from found v where ${after} order by ${by} limit ${ask.limit === null ? null : ask.limit + 1}`)}
    left join directory.organisation o on o.id = v.org_id order by ${by}`.execute(act.tx)
  return pageOf(rows, ask.limit)
}

/** Eligible headcount by school, for the schools under the organisation that runs the class. */
export async function eligibleBySchool<T>(act: Act<T>, target: Target): Promise<Claim[]> {
  const { rows } = await sql<Claim>`
    select n.org_id, n.eligible, o.code, o.short_name as name from (
      select t.org_id, count(*)::int as eligible from records.pub_teacher t where t.org_path <@ any (db.scope()) and ${targetSql(target)} group by t.org_id
    ) n join directory.organisation o on o.id = n.org_id order by o.path`.execute(act.tx)
  return rows
}

/** The facts that a rule looks at, for one person in scope. */
export async function factsOf<T>(act: Act<T>, personId: string): Promise<(TeacherFacts & { orgId: string }) | null> {
  const { rows } = await sql<
    TeacherFacts & { orgId: string }
  >`${prepared}select t.category, t.stages, t.subjects, t.title, t.posts, t.honours, t.service_from, t.hired_on, t.org_id
    from records.pub_teacher t where t.person_id = ${personId}`.execute(act.tx)
  return rows[0] ?? null
}
