/** The database as a machine: version, extensions, schema, and whether people are kept apart in it. */
import { sql } from 'kysely'
import { type Db, migrationFiles, unknownMigrations } from '../../platform/db/index.ts'
import { type Finding, fault, ok, skipped } from './finding.ts'

const OLDEST = 150_000
const EXTENSIONS = ['ltree', 'btree_gist', 'pg_trgm', 'pgcrypto']

export async function postgres(owner: Db): Promise<Finding> {
  const { rows } = await sql<{ version: string; number: number; encoding: string; collation: boolean }>`
    select current_setting('server_version') as version, current_setting('server_version_num')::int as number,
      current_setting('server_encoding') as encoding, exists (select from pg_collation c where c.collname = 'zh-x-icu') as collation`.execute(
    owner,
  )
  const { version, number, encoding, collation } = rows[0]!
  if (number < OLDEST) return fault('postgres.old', { version })
  if (encoding !== 'UTF8') return fault('postgres.encoding', { encoding })
  if (!collation) return fault('postgres.collation', { version })
  return ok('postgres.ok', { version })
}

/** None of the product’s tables: nobody has started it on this database yet. */
export async function isSetUp(owner: Db): Promise<boolean> {
  const { rows } = await sql<{
    there: boolean
  }>`select to_regclass('public.kysely_migration') is not null as there`.execute(owner)
  return rows[0]!.there
}

export async function schema(owner: Db): Promise<Finding> {
  if (!(await isSetUp(owner))) return skipped('schema.none')
  const newer = await unknownMigrations(owner)
  if (newer.length > 0) return fault('schema.newer', { newest: newer.at(-1) })
  const { rows } = await sql<{ name: string }>`select m.name from public.kysely_migration m`.execute(owner)
  const applied = new Set(rows.map(({ name }) => name))
  const pending = [...(await migrationFiles()).keys()].filter((name) => !applied.has(name))
  return pending.length > 0
    ? fault('schema.pending', { count: pending.length, first: pending[0] })
    : ok('schema.ok', { count: applied.size })
}

export async function extensions(owner: Db): Promise<Finding> {
  const { rows } = await sql<{ name: string }>`select e.extname as name from pg_extension e`.execute(owner)
  const missing = EXTENSIONS.filter((wanted) => !rows.some(({ name }) => name === wanted))
  const names = (missing.length > 0 ? missing : EXTENSIONS).join(', ')
  return missing.length > 0 ? fault('extensions.missing', { names }) : ok('extensions.ok', { names })
}

/** The role that requests run under must be one that row-level security binds. */
export async function role(owner: Db): Promise<Finding> {
  const { rows } = await sql<{ strong: boolean; member: boolean; owns: number }>`
    select r.rolsuper or r.rolbypassrls as strong, pg_has_role(current_user, r.oid,
        case when current_setting('server_version_num')::int >= 160000 then 'set' else 'member' end) as member,
      (select count(*) from pg_class c where c.relowner = r.oid) as owns
    from pg_roles r where r.rolname = 'qiangshi_app'`.execute(owner)
  const [found] = rows
  if (!found) return fault('role.missing')
  if (!found.member) return fault('role.not_granted')
  if (found.strong || found.owns > 0) return fault('role.strong')
  return ok('role.ok')
}

/** Every table that says whom a row is about hides its rows from those who may not see that person. */
export async function isolation(owner: Db): Promise<Finding> {
  const { rows } = await sql<{ name: string; open: boolean }>`
    select format('%I.%I', n.nspname, c.relname) as name,
      not c.relrowsecurity or not c.relforcerowsecurity or not exists (select from pg_policy p where p.polrelid = c.oid) as open
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and n.nspname not like 'pg\_%' and n.nspname not in ('information_schema', 'pgboss')
      and (format('%s.%s', n.nspname, c.relname) = 'directory.person' or exists (select from pg_attribute a
        where a.attrelid = c.oid and not a.attisdropped and a.attname in ('person_id', 'about_person')))
    order by 1`.execute(owner)
  const open = rows.filter((row) => row.open).map(({ name }) => name)
  return open.length > 0
    ? fault('isolation.open', { tables: open.join(', ') })
    : ok('isolation.ok', { count: rows.length })
}
