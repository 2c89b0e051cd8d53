/** 学区 and 教育集团: groups of schools across the tree, with members over time. */
import { sql } from 'kysely'
import type { CivilDate } from '../../../base/dates.ts'
import { conflict, notFound } from '../../../base/errors.ts'
import { newId } from '../../../base/ids.ts'
import { record } from '../../audit/index.ts'
import type { Act } from '../../db/index.ts'
import type { DirectoryTables } from '../tables.ts'
import { broke, inScope } from './organisations.ts'

export type NewCluster = { id?: string; orgId: string; kind: 'school_district' | 'education_group'; name: string; members?: string[]; since?: CivilDate }

/** Makes a cluster run by an organisation in scope, with its first members. */
export async function createCluster(act: Act<DirectoryTables>, input: NewCluster): Promise<{ id: string }> {
  const [org] = await inScope(act, [input.orgId])
  if (!org) throw notFound('organisation')
  const id = input.id ?? newId()
  const { orgId, kind, name } = input
  await act.tx.insertInto('directory.cluster').values({ id, orgId, orgPath: org.path, kind, name }).execute()
  if (input.members?.length) await join(act, id, input.members, input.since ?? act.today)
  await record(act, { action: 'directory.cluster_created', subject: { kind: 'cluster', id }, orgPath: org.path, after: input })
  return { id }
}

export async function addToCluster(act: Act<DirectoryTables>, input: { clusterId: string; orgId: string; since: CivilDate }): Promise<void> {
  const cluster = await clusterInScope(act, input.clusterId)
  await join(act, cluster.id, [input.orgId], input.since)
  const after = { orgId: input.orgId, since: input.since }
  await record(act, { action: 'directory.cluster_joined', subject: { kind: 'cluster', id: cluster.id }, orgPath: cluster.path, after })
}

/** Ends a membership from `on`; one that would never have held is taken out. */
export async function leaveCluster(act: Act<DirectoryTables>, input: { clusterId: string; orgId: string; on: CivilDate }): Promise<void> {
  const cluster = await clusterInScope(act, input.clusterId)
  const of = sql`m.cluster_id = ${cluster.id} and m.org_id = ${input.orgId}`
  const gone = await sql`delete from directory.cluster_member m where ${of} and lower(m.during) >= ${input.on}::date
    returning m.org_id`.execute(act.tx)
  const ended = await sql`update directory.cluster_member m set during = daterange(lower(m.during), ${input.on})
    where ${of} and m.during @> ${input.on}::date returning m.org_id`.execute(act.tx)
  if (gone.rows.length + ended.rows.length === 0) throw notFound('cluster_member')
  const after = { orgId: input.orgId, on: input.on }
  await record(act, { action: 'directory.cluster_left', subject: { kind: 'cluster', id: cluster.id }, orgPath: cluster.path, after })
}

async function join(act: Act<DirectoryTables>, clusterId: string, members: string[], since: CivilDate): Promise<void> {
  const found = await inScope(act, members)
  if (found.length !== new Set(members).size) throw notFound('organisation')
  await sql`insert into directory.cluster_member (cluster_id, org_id, during)
    select ${clusterId}::uuid, m, daterange(${since}, null) from unnest(${members}::uuid[]) as m`.execute(act.tx).catch((error) => {
    throw broke(error, /cluster_member/) ? conflict('directory.already_member') : error
  })
}

async function clusterInScope(act: Act<DirectoryTables>, id: string): Promise<{ id: string; path: string }> {
  const { rows } = await sql<{ id: string; path: string }>`select c.id, c.org_path::text as path from directory.cluster c
    where c.id = ${id} and c.org_path <@ any (db.scope())`.execute(act.tx)
  if (!rows[0]) throw notFound('cluster')
  return rows[0]
}
