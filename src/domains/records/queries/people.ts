/** Lists of teachers: search, filters, paging by name. */
import { sql } from 'kysely'
import { invalid } from '../../../base/errors.ts'
import type { Act } from '../../../platform/db/index.ts'

export type Filter = {
  search?: string | undefined
  orgId?: string | undefined
  stage?: string | undefined
  subject?: string | undefined
  category?: string | undefined
  title?: string | undefined
  post?: string | undefined
}
export type PersonRow = {
  personId: string
  name: string
  number: string
  orgId: string
  orgName: string
  category: string | null
  basis: string | null
  stages: string[]
  subjects: string[]
  title: string | null
  posts: string[]
  serviceFrom: string | null
  employedFrom: string | null
}

/** Names, their sounds, numbers and schools, in any combination: the directory knows the indexes behind row-level security. */
const matches = (search: string) => sql`p.id in (select f from directory.find_people(${search}) f)`

const today = sql`(select db.today())`

/** Whom one sees is decided by row-level security. */
export const where = ({ search, orgId, stage, subject, category, title, post }: Filter) => sql`true
  ${search ? sql`and ${matches(search)}` : sql``}
  ${orgId ? sql`and p.org_path <@ (select g.path from directory.organisation g where g.id = ${orgId})` : sql``}
  ${category ? sql`and exists (select from directory.employment e where e.person_id = p.id and e.kind = 'main' and e.during @> ${today} and e.category = ${category})` : sql``}
  ${stage ? sql`and exists (select from records.teaching t where t.person_id = p.id and t.during @> ${today} and t.stage = ${stage})` : sql``}
  ${subject ? sql`and exists (select from records.teaching t where t.person_id = p.id and t.during @> ${today} and t.subject = ${subject})` : sql``}
  ${title ? sql`and exists (select from records.title t where t.person_id = p.id and t.during @> ${today} and t.level = ${title})` : sql``}
  ${post ? sql`and exists (select from records.post t where t.person_id = p.id and t.during @> ${today} and t.code = ${post})` : sql``}`

/** The page is chosen on the people alone; facts are looked up only for those it shows. */
const facts = sql`select c.id as person_id, c.name, c.number, c.org_id, o.short_name as org_name, e.category, e.basis, lower(e.during)::text as employed_from,
    array(select distinct t.stage from records.teaching t where t.person_id = c.id and t.during @> ${today} order by t.stage) as stages,
    array(select distinct t.subject from records.teaching t where t.person_id = c.id and t.during @> ${today} order by t.subject) as subjects,
    (select t.level from records.title t where t.person_id = c.id and t.during @> ${today} limit 1) as title,
    array(select distinct t.code from records.post t where t.person_id = c.id and t.during @> ${today} order by t.code) as posts,
    (select coalesce(s.teaching_since, s.work_since)::text from records.service s where s.person_id = c.id) as service_from
  from chosen c join directory.organisation o on o.id = c.org_id
  left join directory.employment e on e.person_id = c.id and e.kind = 'main' and e.during @> ${today}
  order by c.name collate "zh-x-icu", c.id`

/** @throws Refusal `invalid_input` where it is none of ours */
function readCursor(text: string): { name: string; id: string } {
  try {
    const [name, id] = JSON.parse(Buffer.from(text, 'base64url').toString()) as unknown[]
    if (typeof name === 'string' && typeof id === 'string') return { name, id }
  } catch {
    // Falls through to the refusal.
  }
  throw invalid('invalid_input')
}

export async function peoplePage<T>(
  act: Act<T>,
  ask: Filter & { cursor?: string | undefined; limit: number },
): Promise<{ rows: PersonRow[]; next: string | null; total: number }> {
  const { name, id } = ask.cursor ? readCursor(ask.cursor) : {}
  const { rows } = await sql<PersonRow>`with chosen as (
      select p.id, p.name, p.number, p.org_id from directory.person p where ${where(ask)}
        ${id ? sql`and (p.name collate "zh-x-icu", p.id) > (${name} collate "zh-x-icu", ${id}::uuid)` : sql``}
      order by p.name collate "zh-x-icu", p.id limit ${ask.limit + 1}
    ) ${facts}`.execute(act.tx)
  const { rows: count } = await sql<{
    total: number
  }>`select count(*)::int as total from directory.person p where ${where(ask)}`.execute(act.tx)
  const shown = rows.slice(0, ask.limit)
  const last = shown.at(-1)
  const next =
    rows.length > ask.limit && last
      ? Buffer.from(JSON.stringify([last.name, last.personId])).toString('base64url')
      : null
  return { rows: shown, next, total: count[0]!.total }
}

/** One person as the list shows them. */
export async function rowOf<T>(act: Act<T>, personId: string): Promise<PersonRow | undefined> {
  const { rows } =
    await sql<PersonRow>`with chosen as (select p.id, p.name, p.number, p.org_id from directory.person p where p.id = ${personId}) ${facts}`.execute(
      act.tx,
    )
  return rows[0]
}
