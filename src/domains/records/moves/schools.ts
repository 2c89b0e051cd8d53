/** Merging schools: what it would do, entered for a day, done on that day by itself. */
import { sql } from 'kysely'
import { conflict, invalid, notFound } from '../../../base/errors.ts'
import { newId } from '../../../base/ids.ts'
import { handOver } from '../../../platform/access/index.ts'
import { record } from '../../../platform/audit/index.ts'
import type { Act } from '../../../platform/db/index.ts'
import { mergeable, mergeSchools } from '../../../platform/directory/index.ts'

export type Asked = { fromIds: string[]; toId: string; on: string; keepPosts: string[]; joinClusters: boolean }
export type MergePreview = {
  from: {
    orgId: string
    name: string
    people: number
    secondary: number
    posts: { code: string; people: number }[]
    accounts: number
    officeRoles: number
    clusters: string[]
    departments: number
    arrivals: number
    moves: number
  }[]
  to: { orgId: string; name: string; people: number }
  /** What stays under the names of the schools that close, by table. */
  kept: { rel: string; held: number }[]
  /** Posts of which a school has one, held on both sides. */
  clashes: { code: string; people: string[] }[]
}

const ONE_EACH = ['principal', 'party_secretary']

/** In figures, school by school. */
export async function previewSchools<T>(act: Act<T>, { fromIds, toId, on, keepPosts }: Asked): Promise<MergePreview> {
  const { from, to } = await mergeable(act, { fromIds, toId, on })
  const ids = from.map(({ id }) => id)
  const { rows } = await sql<MergePreview['from'][number]>`select o.id as org_id, o.short_name as name,
      (select count(*) from directory.employment e where e.org_id = o.id and e.kind = 'main' and e.during @> db.today())::int as people,
      (select count(*) from directory.employment e where e.org_id = o.id and e.kind = 'secondary' and e.during @> db.today())::int as secondary,
      coalesce((select jsonb_agg(jsonb_build_object('code', x.code, 'people', x.people) order by x.code) from (select t.code, count(*)::int as people from records.post t
        where t.org_id = o.id and t.during @> db.today() group by 1) x), '[]') as posts,
      (select count(*) from access.account a where a.org_id = o.id)::int as accounts,
      (select count(*) from access.assignment s where s.org_id = o.id and s.role <> 'teacher' and s.during @> db.today())::int as office_roles,
      array(select k.name from directory.cluster_member m join directory.cluster k on k.id = m.cluster_id where m.org_id = o.id and m.during @> db.today() order by k.name) as clusters,
      (select count(*) from directory.organisation c where c.parent_id = o.id and upper_inf(c.during))::int as departments,
      (select count(*) from directory.employment e where e.org_id = o.id and lower(e.during) > db.today())::int as arrivals,
      (select count(*) from directory.person p where p.org_id = o.id and p.moves_on > db.today())::int as moves
    from directory.organisation o where o.id = any(${ids}::uuid[]) order by o.path`.execute(act.tx)
  const { rows: there } = await sql<MergePreview['to']>`select o.id as org_id, o.short_name as name,
    (select count(*) from directory.employment e where e.org_id = o.id and e.kind = 'main' and e.during @> db.today())::int as people
    from directory.organisation o where o.id = ${to.id}`.execute(act.tx)
  const { rows: clashes } = await sql<
    MergePreview['clashes'][number]
  >`select t.code, array_agg(p.name order by p.name) as people from records.post t join directory.person p on p.id = t.person_id
    where t.org_id = any(${[...ids, to.id]}::uuid[]) and t.during @> db.today() and t.code = any(${ONE_EACH.filter((code) => keepPosts.includes(code))}::text[])
    group by t.code having count(*) > 1`.execute(act.tx)
  const { rows: kept } = await sql<
    MergePreview['kept'][number]
  >`select k.rel, k.held::int from records.kept_under(${ids}::uuid[]) k
    where k.rel not in ('directory.person', 'directory.employment', 'access.account', 'access.assignment', 'records.post', 'records.quality') order by k.rel`.execute(
    act.tx,
  )
  return { from: rows, to: there[0]!, clashes, kept }
}

type Planned = Asked & { id: string; reason: string }

/** Enters it; on a day that has come it is done at once. */
export async function planSchools<T>(
  act: Act<T>,
  { reason, ...asked }: Asked & { reason: string },
): Promise<{ mergeId: string; done: boolean }> {
  const { from, to } = await mergeable(act, asked)
  const { rows: codes } = await sql<{ code: string }>`select x.code from unnest(${asked.keepPosts}::text[]) x (code)
    where not exists (select from records.code c where c."table" = 'POST' and c.code = x.code)`.execute(act.tx)
  if (codes[0]) throw invalid('records.unknown_code', { table: 'POST', code: codes[0].code })
  const { rows: other } = await sql`select m.id from records.school_merge m where m.state = 'planned'
    and (m.from_ids && ${[...asked.fromIds, asked.toId]}::uuid[] or m.to_id = any(${asked.fromIds}::uuid[]))`.execute(
    act.tx,
  )
  if (other.length > 0) throw conflict('records.merge_planned_already')
  const id = newId()
  await sql`insert into records.school_merge (id, to_id, to_path, from_ids, "on", keep_posts, join_clusters, reason, planned_by)
    values (${id}, ${to.id}, ${to.path}::ltree, ${asked.fromIds}::uuid[], ${asked.on}, ${asked.keepPosts}::text[], ${asked.joinClusters}, ${reason}, ${act.actor.account})`.execute(
    act.tx,
  )
  await record(act, {
    action: 'records.schools_merge_planned',
    subject: { kind: 'organisation', id: to.id },
    orgPath: to.path,
    after: { from: from.map(({ id: one }) => one), on: asked.on, reason },
  })
  const done = asked.on <= act.today
  if (done) await bringAbout(act, { id, reason, ...asked })
  return { mergeId: id, done }
}

async function bringAbout<T>(
  act: Act<T>,
  { id, fromIds, toId, on, keepPosts, joinClusters, reason }: Planned,
): Promise<void> {
  const { people, employments, clusters, toPath } = await mergeSchools(act, { fromIds, toId, on, joinClusters, reason })
  const posts = await movePosts(act, { fromIds, toId, toPath, on, keepPosts })
  const offices = await handOver(act, { fromIds, toId, toPath, people })
  const outcome = { people: people.length, employments, clusters, ...posts, ...offices }
  await sql`update records.school_merge m set state = 'done', done_at = db.now(), outcome = ${JSON.stringify(outcome)}::jsonb where m.id = ${id}`.execute(
    act.tx,
  )
  await record(act, {
    action: 'records.schools_merged',
    subject: { kind: 'organisation', id: toId },
    orgPath: toPath,
    after: { from: fromIds, on, ...outcome },
  })
}

/** Posts end with the school, those that are to go on begin at the other on the day. */
async function movePosts<T>(
  act: Act<T>,
  {
    fromIds,
    toId,
    toPath,
    on,
    keepPosts,
  }: { fromIds: string[]; toId: string; toPath: string; on: string; keepPosts: string[] },
): Promise<{ postsEnded: number; postsKept: number }> {
  const { numAffectedRows: kept } = await sql`insert into records.post (person_id, id, code, org_id, org_path, during)
    select distinct on (t.person_id, t.code) t.person_id, gen_random_uuid(), t.code, ${toId}::uuid, ${toPath}::ltree, daterange(${on}, upper(t.during)) from records.post t
    where t.org_id = any(${fromIds}::uuid[]) and t.code = any(${keepPosts}::text[]) and (upper_inf(t.during) or upper(t.during) > ${on}::date)
      and not exists (select from records.post x where x.person_id = t.person_id and x.code = t.code and x.org_id = ${toId} and x.during && daterange(${on}, upper(t.during)))
    order by t.person_id, t.code, upper(t.during) desc`.execute(act.tx)
  await sql`delete from records.post t where t.org_id = any(${fromIds}::uuid[]) and lower(t.during) >= ${on}::date`.execute(
    act.tx,
  )
  const { numAffectedRows: ended } =
    await sql`update records.post t set during = daterange(lower(t.during), ${on}) where t.org_id = any(${fromIds}::uuid[]) and t.during @> ${on}::date`.execute(
      act.tx,
    )
  return { postsEnded: Number(ended ?? 0), postsKept: Number(kept ?? 0) }
}

/** What has come due: run every day. */
export async function settleSchools(act: Act): Promise<void> {
  const { rows } =
    await sql<Planned>`select m.id, m.to_id, m.from_ids, m."on"::text, m.keep_posts, m.join_clusters, m.reason from records.school_merge m
    where m.state = 'planned' and m."on" <= db.today() order by m."on", m.id for update`.execute(act.tx)
  for (const planned of rows) await bringAbout(act, planned)
}

export async function withdrawSchools<T>(
  act: Act<T>,
  { mergeId, reason }: { mergeId: string; reason: string },
): Promise<void> {
  const { rows } = await sql<{
    toId: string
    toPath: string
  }>`update records.school_merge m set state = 'withdrawn', done_at = db.now()
    where m.id = ${mergeId} and m.state = 'planned' returning m.to_id, m.to_path::text`.execute(act.tx)
  if (!rows[0]) throw notFound('merge')
  await record(act, {
    action: 'records.schools_merge_withdrawn',
    subject: { kind: 'organisation', id: rows[0].toId },
    orgPath: rows[0].toPath,
    after: { mergeId, reason },
  })
}

export type PlannedRow = {
  mergeId: string
  to: string
  from: string[]
  on: string
  state: string
  reason: string
  outcome: Record<string, number> | null
}

export async function schoolMerges<T>(act: Act<T>): Promise<PlannedRow[]> {
  const { rows } =
    await sql<PlannedRow>`select m.id as merge_id, o.short_name as "to", array(select f.short_name from directory.organisation f where f.id = any(m.from_ids) order by f.path) as "from",
      m."on"::text, m.state, m.reason, m.outcome from records.school_merge m join directory.organisation o on o.id = m.to_id order by m.planned_at desc limit 100`.execute(
      act.tx,
    )
  return rows
}
