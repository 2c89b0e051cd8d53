/** Commands on organisations and clusters. Codes and histories stay; nothing is deleted. */
import { sql } from 'kysely'
import { invalid, notFound, refused } from '../../base/errors.ts'
import { newId } from '../../base/ids.ts'
import { record } from '../audit/index.ts'
import type { Act } from '../db/index.ts'
import { readName } from './pinyin.ts'
import { mayStandUnder } from './rules.ts'

type Named = { name: string; shortName: string; nameEn?: string | null | undefined }

async function inScope<T>(
  act: Act<T>,
  orgId: string,
): Promise<{ path: string; kind: string; name: string; shortName: string }> {
  const { rows } = await sql<{
    path: string
    kind: string
    name: string
    shortName: string
  }>`select o.path::text, o.kind, o.name, o.short_name
    from directory.organisation o where o.id = ${orgId} and o.path <@ any (db.scope())`.execute(act.tx)
  if (!rows[0]) throw notFound('organisation')
  return rows[0]
}

type NewOrganisation = Named & {
  parentId: string
  kind: string
  schoolType?: string | undefined
  code?: string | undefined
  from: string
}

/** Opens an organisation under one in scope. Its label in the tree is made from its id, so that a rename moves nothing. */
export async function addOrganisation<T>(act: Act<T>, input: NewOrganisation): Promise<string> {
  const parent = await inScope(act, input.parentId)
  if (!mayStandUnder(input.kind, parent.kind)) throw invalid('directory.wrong_parent')
  if (input.kind === 'school' && !input.schoolType) throw invalid('directory.school_type_needed')
  if (input.code) {
    const { rows } = await sql<{
      name: string
    }>`select o.short_name as name from directory.organisation o where o.code = ${input.code}`.execute(act.tx)
    if (rows[0]) throw invalid('directory.code_taken', { code: input.code, name: rows[0].name })
  }
  const id = newId()
  const path = `${parent.path}.o${id.replaceAll('-', '').slice(-16)}`
  const sound = readName(input.shortName)
  await sql`insert into directory.organisation (id, parent_id, path, kind, school_type, code, name, short_name, name_en, pinyin, initials, during)
    values (${id}, ${input.parentId}, ${path}::ltree, ${input.kind}, ${input.schoolType ?? null}, ${input.code ?? null}, ${input.name}, ${input.shortName}, ${input.nameEn ?? null},
      ${sound.pinyin}, ${sound.initials}, daterange(${input.from}, null))`.execute(act.tx)
  await record(act, {
    action: 'directory.organisation_opened',
    subject: { kind: 'organisation', id },
    orgPath: path,
    after: input,
  })
  return id
}

export async function renameOrganisation<T>(act: Act<T>, input: Named & { orgId: string }): Promise<void> {
  const before = await inScope(act, input.orgId)
  const sound = readName(input.shortName)
  await sql`update directory.organisation set name = ${input.name}, short_name = ${input.shortName}, name_en = ${input.nameEn ?? null}, pinyin = ${sound.pinyin},
    initials = ${sound.initials} where id = ${input.orgId}`.execute(act.tx)
  await record(act, {
    action: 'directory.organisation_renamed',
    subject: { kind: 'organisation', id: input.orgId },
    orgPath: before.path,
    before: { name: before.name, shortName: before.shortName },
    after: { name: input.name, shortName: input.shortName },
  })
}

/** Closes an organisation where nobody is employed on that day or later, and under which nothing is open. */
export async function closeOrganisation<T>(act: Act<T>, input: { orgId: string; on: string }): Promise<void> {
  const org = await inScope(act, input.orgId)
  const { rows } = await sql<{ people: number; children: number }>`select
    (select count(*) from directory.employment e join directory.organisation g on g.id = e.org_id
      where g.path <@ ${org.path}::ltree and not e.during << daterange(${input.on}, null))::int as people,
    (select count(*) from directory.organisation c where c.parent_id = ${input.orgId} and not c.during << daterange(${input.on}, null))::int as children`.execute(
    act.tx,
  )
  if (rows[0]!.people > 0) throw refused('directory.people_left', { people: rows[0]!.people })
  if (rows[0]!.children > 0) throw refused('directory.children_left', { children: rows[0]!.children })
  const { rows: closed } = await sql<{
    id: string
  }>`update directory.organisation set during = daterange(lower(during), ${input.on})
    where id = ${input.orgId} and lower(during) < ${input.on} returning id`.execute(act.tx)
  if (!closed[0]) throw invalid('directory.closes_before_it_opens')
  await record(act, {
    action: 'directory.organisation_closed',
    subject: { kind: 'organisation', id: input.orgId },
    orgPath: org.path,
    after: { on: input.on },
  })
}

/** Moves an organisation with everything under it; people, accounts and roles follow in the database (cascading keys). */
export async function moveOrganisation<T>(act: Act<T>, input: { orgId: string; parentId: string }): Promise<void> {
  const org = await inScope(act, input.orgId)
  const parent = await inScope(act, input.parentId)
  if (parent.path === org.path || parent.path.startsWith(`${org.path}.`)) throw invalid('directory.own_descendant')
  if (!mayStandUnder(org.kind, parent.kind)) throw invalid('directory.wrong_parent')
  const path = `${parent.path}.${org.path.slice(org.path.lastIndexOf('.') + 1)}`
  await sql`update directory.organisation o set
      parent_id = case when o.id = ${input.orgId} then ${input.parentId}::uuid else o.parent_id end,
      path = ${parent.path}::ltree || subpath(o.path, nlevel(${org.path}::ltree) - 1)
    where o.path <@ ${org.path}::ltree`.execute(act.tx)
  await record(act, {
    action: 'directory.organisation_moved',
    subject: { kind: 'organisation', id: input.orgId },
    orgPath: path,
    before: { path: org.path },
    after: { path, parentId: input.parentId },
  })
}

export async function saveCluster<T>(
  act: Act<T>,
  input: { clusterId?: string | undefined; orgId: string; kind: string; name: string },
): Promise<string> {
  const org = await inScope(act, input.orgId)
  const id = input.clusterId ?? newId()
  if (input.clusterId) {
    const { rows } = await sql<{
      id: string
    }>`update directory.cluster set name = ${input.name}, kind = ${input.kind} where id = ${id} and org_path <@ any (db.scope()) returning id`.execute(
      act.tx,
    )
    if (!rows[0]) throw notFound('cluster')
  } else {
    await sql`insert into directory.cluster (id, org_id, org_path, kind, name) values (${id}, ${input.orgId}, ${org.path}::ltree, ${input.kind}, ${input.name})`.execute(
      act.tx,
    )
  }
  await record(act, {
    action: 'directory.cluster_saved',
    subject: { kind: 'cluster', id },
    orgPath: org.path,
    after: input,
  })
  return id
}

/** The members from a date on: who is not named leaves on that day, who is new joins; earlier memberships stay as history. */
export async function setMembers<T>(
  act: Act<T>,
  input: { clusterId: string; orgIds: string[]; from: string },
): Promise<void> {
  const { rows } = await sql<{
    path: string
  }>`select k.org_path::text as path from directory.cluster k where k.id = ${input.clusterId} and k.org_path <@ any (db.scope()) for update`.execute(
    act.tx,
  )
  if (!rows[0]) throw notFound('cluster')
  const { rows: known } = await sql<{
    id: string
  }>`select o.id from directory.organisation o where o.id = any(${input.orgIds}::uuid[]) and o.path <@ any (db.scope())`.execute(
    act.tx,
  )
  if (known.length !== new Set(input.orgIds).size) throw notFound('organisation')
  await sql`delete from directory.cluster_member m
    where m.cluster_id = ${input.clusterId} and lower(m.during) >= ${input.from}::date and not m.org_id = any(${input.orgIds}::uuid[])`.execute(
    act.tx,
  )
  await sql`update directory.cluster_member m set during = daterange(lower(m.during), ${input.from})
    where m.cluster_id = ${input.clusterId} and m.during @> ${input.from}::date and not m.org_id = any(${input.orgIds}::uuid[])`.execute(
    act.tx,
  )
  await sql`insert into directory.cluster_member (cluster_id, org_id, during) select ${input.clusterId}, x.id, daterange(${input.from}, null) from unnest(${[...new Set(input.orgIds)]}::uuid[]) as x(id)
    where not exists (select from directory.cluster_member m where m.cluster_id = ${input.clusterId} and m.org_id = x.id and m.during && daterange(${input.from}, null))`.execute(
    act.tx,
  )
  await record(act, {
    action: 'directory.members_set',
    subject: { kind: 'cluster', id: input.clusterId },
    orgPath: rows[0].path,
    after: { from: input.from, members: input.orgIds.length },
  })
}
