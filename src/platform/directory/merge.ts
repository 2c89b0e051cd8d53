/** Schools that become part of another: their people, clusters and departments go over on a day, and they close on it. */
import { sql } from 'kysely'
import { invalid, notFound } from '../../base/errors.ts'
import { newId } from '../../base/ids.ts'
import { record } from '../audit/index.ts'
import type { Act } from '../db/index.ts'
import { moveOrganisation } from './service.ts'

export type SchoolMerge = {
  fromIds: readonly string[]
  toId: string
  on: string
  joinClusters: boolean
  reason: string
}
export type WentOver = { people: { personId: string }[]; employments: number; clusters: number; toPath: string }
type Going = {
  personId: string
  id: string
  kind: string
  category: string
  basis: string
  until: string | null
  endReason: string | null
}
type Org = { id: string; path: string; kind: string; shortName: string; open: boolean; opened: string | null }

/** The organisations meant, in scope and open on the day. */
export async function mergeable<T>(
  act: Act<T>,
  { fromIds, toId, on }: Pick<SchoolMerge, 'fromIds' | 'toId' | 'on'>,
): Promise<{ from: Org[]; to: Org }> {
  const { rows } = await sql<Org>`select o.id, o.path::text, o.kind, o.short_name, lower(o.during)::text as opened,
      upper_inf(o.during) and (lower_inf(o.during) or lower(o.during) < ${on}::date) as open
    from directory.organisation o where o.id = any(${[...fromIds, toId]}::uuid[]) and o.path <@ any (db.scope()) order by o.path`.execute(
    act.tx,
  )
  const to = rows.find(({ id }) => id === toId)
  const from = rows.filter(({ id }) => id !== toId)
  if (!to || from.length !== new Set(fromIds).size || fromIds.includes(toId)) throw notFound('organisation')
  const wrong = rows.find(({ kind }) => kind !== 'school' && kind !== 'institution')
  if (wrong) throw invalid('directory.merge_schools_only', { name: wrong.shortName })
  const closed = rows.find(({ open }) => !open)
  if (closed) throw invalid('directory.not_open', { on, name: closed.shortName })
  return { from, to }
}

/** Brings it about. Employments that end on the day begin anew at the school that takes over; those to come are at that school from the start. */
export async function mergeSchools<T>(
  act: Act<T>,
  { fromIds, toId, on, joinClusters, reason }: SchoolMerge,
): Promise<WentOver> {
  const { from, to } = await mergeable(act, { fromIds, toId, on })
  const ids = from.map(({ id }) => id)
  const there = sql`org_id = ${to.id}, org_path = ${to.path}::ltree`
  const { rows: people } = await sql<{
    personId: string
  }>`select p.id as person_id from directory.person p where p.org_id = any(${ids}::uuid[]) order by p.id for update`.execute(
    act.tx,
  )
  // A second employment at the school that takes over would be the same twice.
  await sql`update directory.employment e set during = daterange(lower(e.during), ${on}), end_reason = ${reason} where e.kind = 'secondary' and lower(e.during) < ${on}::date
    and e.during @> ${on}::date and (e.org_id = any(${ids}::uuid[]) or e.org_id = ${to.id})
    and exists (select from directory.employment m where m.person_id = e.person_id and m.kind = 'main' and m.during @> ${on}::date and m.org_id = any(${[...ids, to.id]}::uuid[]))`.execute(
    act.tx,
  )
  await sql`update directory.employment e set ${there} where e.org_id = any(${ids}::uuid[]) and lower(e.during) >= ${on}::date`.execute(
    act.tx,
  )
  const { rows: going } =
    await sql<Going>`select e.person_id, e.id, e.kind, e.category, e.basis, upper(e.during)::text as until, e.end_reason from directory.employment e
    where e.org_id = any(${ids}::uuid[]) and e.during @> ${on}::date and lower(e.during) < ${on}::date for update`.execute(
      act.tx,
    )
  const stints = going.map(({ id }) => id)
  await sql`update directory.employment e set during = daterange(lower(e.during), ${on}), end_reason = ${reason} where e.id = any(${stints}::uuid[])`.execute(
    act.tx,
  )
  const anew = going.map(({ personId, until, endReason, ...rest }) => ({
    ...rest,
    person_id: personId,
    until,
    end_reason: endReason,
    id: newId(),
  }))
  await sql`insert into directory.employment (person_id, id, org_id, org_path, kind, category, basis, during, end_reason)
    select g.person_id, g.id, ${to.id}, ${to.path}::ltree, g.kind, g.category, g.basis, daterange(${on}, g.until), g.end_reason
    from jsonb_to_recordset(${JSON.stringify(anew)}::jsonb) as g(person_id uuid, id uuid, kind text, category text, basis text, until date, end_reason text)`.execute(
    act.tx,
  )
  await sql`update directory.person p set ${there} where p.org_id = any(${ids}::uuid[])`.execute(act.tx)
  const clusters = await leaveClusters(act, { ids, to, on, joinClusters })
  const { rows: departments } = await sql<{
    id: string
  }>`select o.id from directory.organisation o where o.parent_id = any(${ids}::uuid[]) and upper_inf(o.during) order by o.path`.execute(
    act.tx,
  )
  for (const { id } of departments) await moveOrganisation(act, { orgId: id, parentId: to.id })
  await sql`update directory.organisation o set during = daterange(lower(o.during), ${on}) where o.id = any(${ids}::uuid[])`.execute(
    act.tx,
  )
  await record(
    act,
    ...from.map(({ id, path }) => ({
      action: 'directory.organisation_merged',
      subject: { kind: 'organisation', id },
      orgPath: path,
      after: { into: to.id, on, reason },
    })),
  )
  return { people, employments: stints.length, clusters, toPath: to.path }
}

async function leaveClusters<T>(
  act: Act<T>,
  { ids, to, on, joinClusters }: { ids: string[]; to: Org; on: string; joinClusters: boolean },
): Promise<number> {
  const { rows: left } = await sql<{ clusterId: string }>`select distinct m.cluster_id from directory.cluster_member m
    where m.org_id = any(${ids}::uuid[]) and (upper_inf(m.during) or upper(m.during) > ${on}::date)`.execute(act.tx)
  await sql`delete from directory.cluster_member m where m.org_id = any(${ids}::uuid[]) and lower(m.during) >= ${on}::date`.execute(
    act.tx,
  )
  await sql`update directory.cluster_member m set during = daterange(lower(m.during), ${on}) where m.org_id = any(${ids}::uuid[]) and m.during @> ${on}::date`.execute(
    act.tx,
  )
  if (!joinClusters) return 0
  const { numAffectedRows } = await sql`insert into directory.cluster_member (cluster_id, org_id, during)
    select c.id, ${to.id}, daterange(${on}, null) from unnest(${left.map(({ clusterId }) => clusterId)}::uuid[]) c (id)
    where not exists (select from directory.cluster_member m where m.cluster_id = c.id and m.org_id = ${to.id} and m.during && daterange(${on}, null))`.execute(
    act.tx,
  )
  return Number(numAffectedRows ?? 0)
}
