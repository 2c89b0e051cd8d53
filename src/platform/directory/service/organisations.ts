/** Commands on organisations: make, rename, close, move. The path in the tree is kept here and nowhere else. */
import { type QueryExecutorProvider, sql } from 'kysely'
import type { CivilDate } from '../../../base/dates.ts'
import { conflict, invalid, notFound, refused } from '../../../base/errors.ts'
import { newId } from '../../../base/ids.ts'
import { record } from '../../audit/index.ts'
import type { Act } from '../../db/index.ts'
import { readName } from '../pinyin.ts'
import { mayStandUnder, type OrganisationKind, pathUnder } from '../rules.ts'
import type { DirectoryTables } from '../tables.ts'

export type NewOrganisation = {
  id?: string
  parentId: string | null
  kind: OrganisationKind
  /** 办学类型 (JY/T 1001 BXLX), of schools. */
  schoolType?: string
  code?: string
  name: string
  shortName?: string
  nameEn?: string
  /** 城乡类型 (JY/T 1001). */
  locality?: string
  authority?: string
  since?: CivilDate
}

export type Organisation = { id: string; parentId: string | null; path: string; kind: OrganisationKind; name: string }

/** A PostgreSQL error of this kind, by SQLSTATE and constraint. */
export const broke = (error: unknown, constraint: RegExp): boolean =>
  /^23/.test(String((error as { code?: unknown })?.code)) && constraint.test(String((error as { constraint?: unknown }).constraint))

/**
 * Adds organisations in one statement, parents before children. A parent is another row or an organisation in scope;
 * only the product itself makes a root.
 */
export async function addOrganisations(act: Act<DirectoryTables>, rows: NewOrganisation[]): Promise<Organisation[]> {
  const known = new Map<string, { path: string; kind: OrganisationKind }>()
  const asked = [...new Set(rows.flatMap(({ parentId }) => parentId ?? []))]
  for (const { id, path, kind } of await inScope(act, asked)) known.set(id, { path, kind })
  const made = rows.map((row) => {
    const id = row.id ?? newId()
    const parent = row.parentId === null ? null : known.get(row.parentId)
    if (parent === undefined || (parent === null && act.actor.account !== null)) throw notFound('organisation')
    if (!mayStandUnder(row.kind, parent?.kind ?? null)) throw invalid('directory.wrong_parent', { kind: row.kind })
    if (row.kind === 'school' && !row.schoolType) throw invalid('directory.school_type_missing')
    const path = pathUnder(parent?.path ?? null, id)
    known.set(id, { path, kind: row.kind })
    const shortName = row.shortName ?? row.name
    return { ...row, id, path, shortName, ...readName(shortName) }
  })
  await sql`insert into directory.organisation (id, parent_id, path, kind, school_type, code, name, short_name, name_en, pinyin,
      initials, locality, authority, during)
    select r.id, r."parentId", r.path::ltree, r.kind, r."schoolType", r.code, r.name, r."shortName", r."nameEn", r.pinyin,
      r.initials, r.locality, r.authority, daterange(coalesce(r.since, '1949-10-01'), null)
    from jsonb_to_recordset(${JSON.stringify(made)}::jsonb) as r(id uuid, "parentId" uuid, path text, kind text, "schoolType" text,
      code text, name text, "shortName" text, "nameEn" text, pinyin text, initials text, locality text, authority text, since date)`
    .execute(act.tx)
    .catch((error) => {
      throw broke(error, /code/) ? conflict('directory.code_taken') : error
    })
  return made.map(({ id, parentId, path, kind, name }) => ({ id, parentId, path, kind, name }))
}

/** Makes one organisation under a parent in scope. */
export async function createOrganisation(act: Act<DirectoryTables>, input: NewOrganisation): Promise<Organisation> {
  const [made] = await addOrganisations(act, [input])
  const { id, path } = made!
  await record(act, { action: 'directory.organisation_created', subject: { kind: 'organisation', id }, orgPath: path, after: input })
  return made!
}

export type Renaming = { id: string; name: string; shortName?: string; nameEn?: string | null }

/** Renames; the earlier name stays in the audit trail. */
export async function renameOrganisation(act: Act<DirectoryTables>, input: Renaming): Promise<void> {
  const { rows } = await sql<Renaming & { path: string }>`select o.id, o.name, o.short_name, o.name_en, o.path::text
    from directory.organisation o where o.id = ${input.id} and o.path <@ any (db.scope()) for update`.execute(act.tx)
  const before = rows[0]
  if (!before) throw notFound('organisation')
  const shortName = input.shortName ?? input.name
  const nameEn = input.nameEn === undefined ? before.nameEn : input.nameEn
  await act.tx
    .updateTable('directory.organisation')
    .set({ name: input.name, shortName, nameEn: nameEn ?? null, ...readName(shortName) })
    .where('id', '=', input.id)
    .execute()
  const { path, id, ...names } = before
  const after = { name: input.name, shortName, nameEn }
  await record(act, { action: 'directory.organisation_renamed', subject: { kind: 'organisation', id }, orgPath: path, before: names, after })
}

/** Closes from `on`: nobody may be employed there and nothing may stand under it from that day. */
export async function closeOrganisation(act: Act<DirectoryTables>, input: { id: string; on: CivilDate }): Promise<void> {
  const [org] = await inScope(act, [input.id], true)
  if (!org) throw notFound('organisation')
  const { rows } = await sql<{ open: boolean; children: number; people: number }>`
    select o.during @> ${input.on}::date and lower(o.during) < ${input.on}::date as open,
      (select count(*)::int from directory.organisation c where c.parent_id = o.id and not c.during << daterange(${input.on}, null)) as children,
      (select count(*)::int from directory.employment e where e.org_id = o.id and not e.during << daterange(${input.on}, null)) as people
    from directory.organisation o where o.id = ${input.id}`.execute(act.tx)
  const { open, children, people } = rows[0]!
  if (!open) throw refused('directory.not_open', { on: input.on })
  if (children > 0) throw refused('directory.has_children', { children })
  if (people > 0) throw refused('directory.has_people', { people })
  await sql`update directory.organisation o set during = daterange(lower(o.during), ${input.on}) where o.id = ${input.id}`.execute(act.tx)
  await record(act, { action: 'directory.organisation_closed', subject: { kind: 'organisation', id: org.id }, orgPath: org.path, after: { on: input.on } })
}

/** Moves an organisation with everything under it; people, accounts and roles follow in the database (cascading keys). */
export async function moveOrganisation(act: Act<DirectoryTables>, input: { id: string; parentId: string }): Promise<void> {
  const found = await inScope(act, [input.id, input.parentId], true)
  const org = found.find(({ id }) => id === input.id)
  const parent = found.find(({ id }) => id === input.parentId)
  if (!org || !parent) throw notFound('organisation')
  if (parent.path === org.path || parent.path.startsWith(`${org.path}.`)) throw invalid('directory.own_descendant')
  if (!mayStandUnder(org.kind, parent.kind)) throw invalid('directory.wrong_parent', { kind: org.kind })
  const path = pathUnder(parent.path, org.id)
  await sql`update directory.organisation o set
      parent_id = case when o.id = ${org.id} then ${parent.id}::uuid else o.parent_id end,
      path = case when o.id = ${org.id} then ${path}::ltree else ${path}::ltree || subpath(o.path, nlevel(${org.path}::ltree)) end
    where o.path <@ ${org.path}::ltree`.execute(act.tx)
  const subject = { kind: 'organisation', id: org.id }
  await record(act, { action: 'directory.organisation_moved', subject, orgPath: path, before: { parentId: org.parentId }, after: { parentId: parent.id } })
}

/** Organisations of these that lie in the act's scope; with `lock` nobody else changes them until the act ends. */
export async function inScope(act: { tx: QueryExecutorProvider }, ids: string[], lock = false): Promise<Organisation[]> {
  const { rows } = await sql<Organisation>`select o.id, o.parent_id, o.path::text, o.kind, o.name from directory.organisation o
    where o.id = any (${ids}::uuid[]) and o.path <@ any (db.scope()) order by o.id ${lock ? sql`for update` : sql``}`.execute(act.tx)
  return rows
}
