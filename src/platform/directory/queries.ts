/** Reads on organisations: children on demand, one with the way to it, clusters. */
import { sql } from 'kysely'
import { notFound } from '../../base/errors.ts'
import type { Act } from '../db/index.ts'

export type OrganisationRow = {
  id: string
  parentId: string | null
  kind: 'municipality' | 'district' | 'school' | 'institution' | 'department'
  schoolType: string | null
  code: string | null
  name: string
  shortName: string
  nameEn: string | null
  locality: string | null
  openedOn: string | null
  closedOn: string | null
  children: number
  people: number
}

const columns = sql`o.id, o.parent_id, o.kind, o.school_type, o.code, o.name, o.short_name, o.name_en, o.locality,
  lower(o.during)::text as opened_on, upper(o.during)::text as closed_on,
  (select count(*) from directory.organisation c where c.parent_id = o.id and c.during @> (select db.today()))::int as children,
  (select count(*) from directory.person p where p.org_path <@ o.path)::int as people`

/** The scope of a teacher is their own school. */
const inSight = sql`(o.path <@ any ((select db.scope())::ltree[]) or o.path = (select p.org_path from directory.person p where p.id = db.self()))`

/** Children of an organisation in scope, or the tops of the scope. */
export async function childrenOf<T>(act: Act<T>, parentId?: string): Promise<OrganisationRow[]> {
  const { rows } = await sql<OrganisationRow>`select ${columns} from directory.organisation o
    where ${inSight} and ${parentId ? sql`o.parent_id = ${parentId}` : sql`not exists (select from directory.organisation a where a.id = o.parent_id and a.path <@ any (db.scope()))`}
    order by o.kind, o.path`.execute(act.tx)
  return rows
}

/** A part of the name, the code begun, initials or pinyin begun; blanks and capitals do not matter. */
const meant = (search: string) => sql`exists (select from directory.plain_name(${search}) as plain
    where position(plain in directory.plain_name(o.name)) > 0 or position(plain in directory.plain_name(o.short_name)) > 0 or starts_with(lower(o.code), plain)
      or starts_with(o.initials, plain) or starts_with(o.pinyin, replace(plain, 'ü', 'v')))`

export async function schoolsInSight<T>(act: Act<T>, search?: string) {
  const { rows } = await sql<Pick<OrganisationRow, 'id' | 'name' | 'shortName' | 'kind' | 'code'>>`
    select o.id, o.name, o.short_name, o.kind, o.code from directory.organisation o
    where ${inSight} and o.kind in ('school', 'institution') and o.during @> db.today()
      and ${search?.trim() ? meant(search) : sql`true`}
    order by o.short_name collate "zh-x-icu" limit 500`.execute(act.tx)
  return rows
}

export async function organisationOf<T>(act: Act<T>, orgId: string) {
  type Row = OrganisationRow & {
    ancestors: { id: string; name: string }[]
    clusters: { id: string; name: string; kind: string }[]
  }
  const { rows } = await sql<Row>`select ${columns},
      coalesce((select jsonb_agg(jsonb_build_object('id', a.id, 'name', a.short_name) order by nlevel(a.path)) from directory.organisation a where a.path @> o.path and a.id <> o.id), '[]') as ancestors,
      coalesce((select jsonb_agg(jsonb_build_object('id', k.id, 'name', k.name, 'kind', k.kind)) from directory.cluster_member m join directory.cluster k on k.id = m.cluster_id
        where m.org_id = o.id and m.during @> db.today()), '[]') as clusters
    from directory.organisation o where o.id = ${orgId} and ${inSight}`.execute(act.tx)
  if (!rows[0]) throw notFound('organisation')
  return rows[0]
}

type Cluster = { id: string; kind: string; name: string; members: { orgId: string; name: string; from: string }[] }

export async function clustersInSight<T>(act: Act<T>): Promise<Cluster[]> {
  const { rows } = await sql<Cluster>`
    select k.id, k.kind, k.name, coalesce((select jsonb_agg(jsonb_build_object('orgId', m.org_id, 'name', o.short_name, 'from', lower(m.during)) order by o.path)
      from directory.cluster_member m join directory.organisation o on o.id = m.org_id where m.cluster_id = k.id and m.during @> db.today()), '[]') as members
    from directory.cluster k where k.org_path <@ any (db.scope())
      or exists (select from directory.cluster_member m join directory.organisation o on o.id = m.org_id where m.cluster_id = k.id and ${inSight})
    order by k.kind, k.name`.execute(act.tx)
  return rows
}
