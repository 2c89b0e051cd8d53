/** Writes what a roster says about teaching, titles, posts and service as dated facts: one set of statements for all people. */
import { type RawBuilder, sql } from 'kysely'
import type { Act } from '../../../../platform/db/index.ts'

type Kind = {
  table: 'teaching' | 'title' | 'post'
  /** Name of the change in the plan. */
  change: string
  /** Columns that say which fact it is. */
  keys: readonly string[]
  /** The wanted facts of `d`, a row of `due`. */
  wanted: RawBuilder<unknown>
  /** Facts at other schools end with a move; otherwise they are not this roster's. */
  atSchool: boolean
}

const KINDS: readonly Kind[] = [
  {
    table: 'teaching',
    change: 'teaching',
    keys: ['stage', 'subject'],
    wanted: sql`unnest(d.stages) as stage cross join unnest(d.subjects) as subject`,
    atSchool: false,
  },
  { table: 'title', change: 'title', keys: ['level'], wanted: sql`unnest(d.titles) as level`, atSchool: false },
  { table: 'post', change: 'posts', keys: ['code'], wanted: sql`unnest(d.posts) as code`, atSchool: true },
]

/**
 * The day from which a row's facts hold. For new people the entry; for people who moved too, unless a fact of theirs begins or ends after
 * it, which then stays history; otherwise today.
 */
const dueOf = ({ table, change, atSchool }: Kind, importId: string, today: string): RawBuilder<unknown> => sql`
  select x.who as person_id, x.org_id, x.org_path, x.action, x.stages, x.subjects, x.titles, x.posts,
    case when x.action = 'added' or (x.action = 'moved' or 'employment' = any(x.changes)) and not exists (
        select from ${sql.table(`records.${table}`)} f where f.person_id = x.who and (lower(f.during) >= x.entered or upper(f.during) > x.entered)
      ) then x.entered else greatest(${today}::date, x.entered) end as since
  from (select i.*, coalesce(i.person_id, i.new_id) as who from records.import_row i where i.import_id = ${importId}) x
  where x.action = 'added' or ${change} = any(x.changes) ${atSchool ? sql`or x.action = 'moved'` : sql``}`

export async function writeFacts<T>(act: Act<T>, importId: string): Promise<void> {
  for (const kind of KINDS) {
    const table = sql.table(`records.${kind.table}`)
    const same = sql.join(
      kind.keys.map((key) => sql`w.${sql.ref(key)} = f.${sql.ref(key)}`),
      sql` and `,
    )
    const columns = sql.join(kind.keys.map((key) => sql.ref(key)))
    const wanted = sql`due as materialized (${dueOf(kind, importId, act.today)}),
      wanted as materialized (select distinct d.person_id, d.org_id, d.org_path, d.since, ${sql.join(kind.keys.map((key) => sql.ref(key)))} from due d cross join ${kind.wanted})`
    const others = sql`f.person_id = d.person_id and d.action <> 'added' and not exists (select from wanted w where w.person_id = f.person_id and ${same} ${kind.atSchool ? sql`and w.org_id = f.org_id` : sql``})
      ${kind.atSchool ? sql`and (f.org_id = d.org_id or d.action = 'moved')` : sql``}`
    // A fact from the day itself is a correction of the day; one from earlier ends.
    await sql`with ${wanted}, gone as (delete from ${table} f using due d where lower(f.during) >= d.since and ${others})
      update ${table} f set during = daterange(lower(f.during), d.since) from due d where lower(f.during) < d.since and (upper_inf(f.during) or upper(f.during) > d.since) and ${others}`.execute(
      act.tx,
    )
    await sql`with ${wanted} insert into ${table} (person_id, id, ${columns}, ${kind.atSchool ? sql`org_id, org_path,` : sql``} during)
      select w.person_id, gen_random_uuid(), ${sql.join(kind.keys.map((key) => sql`w.${sql.ref(key)}`))}, ${kind.atSchool ? sql`w.org_id, w.org_path,` : sql``} daterange(w.since, null) from wanted w
      where not exists (select from ${table} f where f.person_id = w.person_id and ${same} ${kind.atSchool ? sql`and f.org_id = w.org_id` : sql``} and (upper_inf(f.during) or upper(f.during) > w.since))`.execute(
      act.tx,
    )
  }
}

/** Since when people have worked. Teaching began with work where nothing else is known, and never before it. */
export async function writeService<T>(act: Act<T>, importId: string): Promise<void> {
  await sql`insert into records.service as s (person_id, id, work_since, teaching_since)
    select coalesce(i.person_id, i.new_id), gen_random_uuid(), coalesce(i.work_since, i.entered), coalesce(i.work_since, i.entered) from records.import_row i
    where i.import_id = ${importId} and (i.action = 'added' or 'workSince' = any(i.changes))
    on conflict (person_id) do update set work_since = excluded.work_since,
      teaching_since = case when s.teaching_since = s.work_since then excluded.work_since else greatest(s.teaching_since, excluded.work_since) end`.execute(
    act.tx,
  )
}
