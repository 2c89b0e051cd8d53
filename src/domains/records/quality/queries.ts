/** What the checks found: the score of an organisation, of those below it, by rule; who is behind it; one person's own. */
import { sql } from 'kysely'
import type { Act } from '../../../platform/db/index.ts'
import { BOOK } from './book.ts'
import { groundOf } from './check.ts'

type Sums = {
  people: number
  faulty: number
  severe: number
  warning: number
  hint: number /** Hundredths of a point more exactly; null where nobody was looked at. */
  score: string | null
}
export type Scored = Sums & { orgId: string; name: string; kind: string; checkedAt: string | null }
export type Quality = {
  org: Scored | null
  children: Scored[]
  rules: { rule: string; people: number; cells: number }[]
  days: { day: string; score: string }[]
  twins: number
}

const sums = sql`coalesce(sum(q.people), 0)::int as people, coalesce(sum(q.faulty), 0)::int as faulty, coalesce(sum(q.severe), 0)::int as severe,
  coalesce(sum(q.warning), 0)::int as warning, coalesce(sum(q.hint), 0)::int as hint, round(sum(q.points)::numeric / nullif(sum(q.people), 0), 1)::text as score, max(q.checked_at) as checked_at`
/** The last check of every school. */
const latest = sql`latest as materialized (select distinct on (q.org_id) q.* from records.quality q order by q.org_id, q.day desc)`

/** An organisation, or the top of what one sees. */
export async function qualityOf<T>(act: Act<T>, orgId?: string): Promise<Quality> {
  const top = orgId ?? (await topOf(act))
  const path = await groundOf(act, top ?? undefined)
  const of = (
    where: ReturnType<typeof sql>,
  ) => sql<Scored>`with ${latest} select o.id as org_id, o.short_name as name, o.kind, ${sums}
    from directory.organisation o left join latest q on q.org_path <@ o.path where ${where} and o.during @> db.today()
    group by o.id, o.short_name, o.kind, o.path order by sum(q.points)::numeric / nullif(sum(q.people), 0) nulls last, o.path`
  const { rows: own } = top ? await of(sql`o.id = ${top}`).execute(act.tx) : { rows: [] }
  const { rows: children } = await of(
    top
      ? sql`o.parent_id = ${top}`
      : sql`o.path <@ any ((select db.scope())::ltree[]) and not exists (select from directory.organisation a where a.id = o.parent_id and a.path <@ any (db.scope()))`,
  ).execute(act.tx)
  const { rows: rules } = await sql<
    Quality['rules'][number]
  >`select f.rule, count(distinct f.person_id)::int as people, count(*)::int as cells
    from records.finding f join directory.seen(${path}::ltree) s on s.person_id = f.person_id group by f.rule`.execute(
    act.tx,
  )
  const { rows: days } = await sql<Quality['days'][number]>`select x.day::text, x.score from (
      select q.day, round(sum(q.points)::numeric / nullif(sum(q.people), 0), 1)::text as score, count(*) as schools from records.quality q
      where ${path}::ltree is null or q.org_path <@ ${path}::ltree group by q.day order by q.day desc limit 60) x
    where x.score is not null and x.schools * 2 > (select max(y.schools) from (select count(*) as schools from records.quality q where ${path}::ltree is null or q.org_path <@ ${path}::ltree group by q.day) y)
    order by x.day`.execute(act.tx)
  const { rows: twins } = await sql<{
    twins: number
  }>`select count(*)::int as twins from records.twin t where t.dismissed_at is null and (${path}::ltree is null
    or exists (select from directory.person p where p.id in (t.person_id, t.other_id) and p.org_path <@ ${path}::ltree))`.execute(
    act.tx,
  )
  const place = new Map(BOOK.map(({ id }, nth) => [id, nth]))
  return {
    org: own[0] ?? null,
    children: children.filter((child) => child.people > 0 || child.kind !== 'department'),
    rules: rules.sort((a, b) => (place.get(a.rule) ?? 0) - (place.get(b.rule) ?? 0)),
    days,
    twins: twins[0]!.twins,
  }
}

/** The one organisation that holds everything one sees; none where one sees several. */
async function topOf<T>(act: Act<T>): Promise<string | null> {
  const { rows } = await sql<{
    id: string
  }>`select o.id from directory.organisation o where o.path <@ any ((select db.scope())::ltree[])
    and not exists (select from directory.organisation a where a.id = o.parent_id and a.path <@ any (db.scope())) limit 2`.execute(
    act.tx,
  )
  return rows.length === 1 ? rows[0]!.id : null
}

export type FoundPerson = {
  personId: string
  name: string
  number: string
  orgName: string
  found: { rule: string; value: string | null }[]
}

/** Who is behind it, by number: all, or those whom one rule means. */
export async function foundPeople<T>(
  act: Act<T>,
  ask: { orgId?: string | undefined; rule?: string | undefined; cursor?: string | undefined; limit: number },
): Promise<{ rows: FoundPerson[]; next: string | null; total: number }> {
  const path = await groundOf(act, ask.orgId)
  const found = sql`from directory.person p where p.org_path <@ any ((select db.scope())::ltree[]) and (${path}::ltree is null or p.org_path <@ ${path}::ltree)
    and exists (select from records.finding f where f.person_id = p.id and (${ask.rule ?? null}::text is null or f.rule = ${ask.rule ?? null}))`
  const { rows } = await sql<FoundPerson>`with chosen as materialized (select p.id, p.name, p.number, p.org_id ${found}
      and (${ask.cursor ?? null}::text is null or p.number > ${ask.cursor ?? null}) order by p.number limit ${ask.limit + 1})
    select c.id as person_id, c.name, c.number, o.short_name as org_name, (select jsonb_agg(jsonb_build_object('rule', f.rule, 'value', f.value) order by f.rule)
      from records.finding f where f.person_id = c.id and (${ask.rule ?? null}::text is null or f.rule = ${ask.rule ?? null})) as found
    from chosen c join directory.organisation o on o.id = c.org_id order by c.number`.execute(act.tx)
  const { rows: count } = await sql<{ total: number }>`select count(*)::int as total ${found}`.execute(act.tx)
  const shown = rows.slice(0, ask.limit)
  return { rows: shown, next: rows.length > ask.limit ? shown.at(-1)!.number : null, total: count[0]!.total }
}
