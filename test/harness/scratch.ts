/** A bare database for tests of platform modules: migrated, nothing loaded; with a small organisation tree where wanted. */
import { sql } from 'kysely'
import { newId } from '../../src/base/ids.ts'
import { type Act, type Actor, connect, type Db, migrate, type Scope, transact } from '../../src/platform/db/index.ts'
import { createDatabase, dropDatabase, templateDatabase } from './cluster.ts'

export type Scratch = {
  url: string
  owner: Db
  db: Db
  /** Runs work as the application role, for instance `as({ paths: ['m.q'] }, act => …)`. */
  as<R>(
    who: Partial<Actor & Scope> & { permission?: string; at?: string; readOnly?: boolean },
    work: (act: Act) => Promise<R>,
  ): Promise<R>
  drop(): Promise<void>
}

export async function scratch(): Promise<Scratch> {
  const url = await createDatabase(await templateDatabase('bare', async (bare) => void (await migrate(bare))))
  const owner = connect(url, { role: 'owner', max: 4 })
  const db = connect(url, { max: 12 })
  return {
    url,
    owner,
    db,
    as: (
      { account = null, person = null, name: called = 'test', paths = [], self = false, permission = 'test', ...rest },
      work,
    ) => transact(db, { actor: { account, person, name: called }, scope: { paths, self }, permission, ...rest }, work),
    drop: async () => {
      await db.destroy()
      await owner.destroy()
      await dropDatabase(url)
    },
  }
}

export type Planted = Record<'municipality' | 'district' | 'first' | 'second' | 'foreign' | 'abroad', string>

/** m ▸ m.q (district) ▸ m.q.s1, m.q.s2 (schools) · m.w (another district) ▸ m.w.s3. Returns the ids by role. */
export async function plantOrganisations(owner: Db): Promise<Planted> {
  const ids = {
    municipality: newId(),
    district: newId(),
    first: newId(),
    second: newId(),
    foreign: newId(),
    abroad: newId(),
  }
  const rows = [
    {
      id: ids.municipality,
      parent: null,
      path: 'm',
      kind: 'municipality',
      type: null,
      name: '渝城市',
      authority: 'chongqing',
    },
    {
      id: ids.district,
      parent: ids.municipality,
      path: 'm.q',
      kind: 'district',
      type: null,
      name: '青江区',
      authority: 'qianjiang',
    },
    {
      id: ids.first,
      parent: ids.district,
      path: 'm.q.s1',
      kind: 'school',
      type: '211',
      name: '青江一小',
      authority: null,
    },
    {
      id: ids.second,
      parent: ids.district,
      path: 'm.q.s2',
      kind: 'school',
      type: '311',
      name: '青江二中',
      authority: null,
    },
    {
      id: ids.foreign,
      parent: ids.municipality,
      path: 'm.w',
      kind: 'district',
      type: null,
      name: '万水区',
      authority: null,
    },
    {
      id: ids.abroad,
      parent: ids.foreign,
      path: 'm.w.s3',
      kind: 'school',
      type: '211',
      name: '万水三小',
      authority: null,
    },
  ]
  await sql`insert into directory.organisation (id, parent_id, path, kind, school_type, name, short_name, authority)
    select r.id, r.parent, r.path::ltree, r.kind, r.type, r.name, r.name, r.authority
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, parent uuid, path text, kind text, type text, name text, authority text)`.execute(
    owner,
  )
  return ids
}

/** Invented people at an organisation; returns their ids. */
export async function plantPeople(owner: Db, orgId: string, count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, () => newId())
  await sql`insert into directory.person (id, number, name, sex, org_id, org_path)
    select x.id, left(x.id::text, 36), '测试' || x.n, case when x.n % 2 = 0 then '2' else '1' end, o.id, o.path
    from unnest(${ids}::uuid[]) with ordinality as x(id, n), directory.organisation o where o.id = ${orgId}`.execute(
    owner,
  )
  return ids
}

/** An account without a password, at an organisation. */
export async function plantAccount(
  owner: Db,
  orgId: string,
  login: string,
  personId: string | null = null,
): Promise<string> {
  const id = newId()
  await sql`insert into access.account (id, login, person_id, name, org_id, org_path)
    select ${id}, ${login}, ${personId}, ${login}, o.id, o.path from directory.organisation o where o.id = ${orgId}`.execute(
    owner,
  )
  return id
}
