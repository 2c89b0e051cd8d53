/** What of the database is copied: every table of the product in the order of its foreign keys, and the sequences. */
import type pg from 'pg'

export type Table = {
  /** Schema and name, ready for SQL. */
  name: string
  /** Without the columns that the database works out itself. */
  columns: string[]
  /** True where row-level security binds those who read. */
  guarded: boolean
  /** The primary key as a sort order; empty where there is none. */
  sorting: string[]
}

export type Sequence = { name: string; value: string; called: boolean }

/** How values are written down, whatever the server's own settings. */
export const PLAIN = `set local datestyle = 'ISO, YMD'; set local intervalstyle = 'postgres'; set local timezone = 'UTC';
  set local extra_float_digits = 1; set local bytea_output = 'hex'; set local search_path = public; set local statement_timeout = 0;
  set local idle_in_transaction_session_timeout = 0; set local synchronize_seqscans = off; set local work_mem = '64MB'`

/**
 * The queue (schema pgboss) is left out: it holds nothing but the ids of runs, and is filled again from `jobs.run`.
 * What belongs to an extension is the extension's.
 */
const OURS = `n.nspname not like 'pg\\_%' and n.nspname not in ('information_schema', 'pgboss')
  and c.relname <> 'kysely_migration_lock'
  and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')`

type Row = Table & { needs: string[] }

export async function tablesOf(client: pg.ClientBase): Promise<Table[]> {
  const { rows } = await client.query<Row>(`
    select format('%I.%I', n.nspname, c.relname) as name, c.relrowsecurity as guarded,
      array(select quote_ident(a.attname) from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' order by a.attnum) as columns,
      array(select quote_ident(a.attname) || case when a.attcollation <> 0 then ' collate "C"' else '' end
        from pg_index i, unnest(i.indkey::int2[]) with ordinality as k(att, ord), pg_attribute a
        where i.indrelid = c.oid and i.indisprimary and a.attrelid = c.oid and a.attnum = k.att order by k.ord) as sorting,
      array(select distinct format('%I.%I', tn.nspname, t.relname) from pg_constraint f
        join pg_class t on t.oid = f.confrelid join pg_namespace tn on tn.oid = t.relnamespace
        where f.conrelid = c.oid and f.contype = 'f' and f.confrelid <> c.oid) as needs
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and not c.relispartition and c.relpersistence = 'p' and ${OURS} order by 1`)
  return inOrder(rows)
}

/** Sorted by key, so that the same rows give the same bytes wherever they lie. */
export const reading = ({ name, sorting }: Table, columns: string[]): string =>
  `copy (select ${columns.join(', ')} from ${name}
    order by ${sorting.length > 0 ? sorting.join(', ') : `row(${columns.join(', ')})::text collate "C"`}) to stdout`

export const writing = ({ name }: Table, columns: string[]): string => `copy ${name} (${columns.join(', ')}) from stdin`

/** A table comes after all that its foreign keys lead to. */
function inOrder(rows: Row[]): Row[] {
  const placed = new Set<string>()
  const ordered: Row[] = []
  for (let rest = rows; rest.length > 0; ) {
    const ready = rest.filter(({ needs }) => needs.every((name) => placed.has(name)))
    if (ready.length === 0) throw new Error(`foreign keys go in a circle: ${rest.map(({ name }) => name).join(', ')}`)
    for (const row of ready) {
      placed.add(row.name)
      ordered.push(row)
    }
    rest = rest.filter(({ name }) => !placed.has(name))
  }
  return ordered
}

export async function sequencesOf(client: pg.ClientBase): Promise<Sequence[]> {
  const { rows } = await client.query<{ name: string }>(`select format('%I.%I', n.nspname, c.relname) as name
    from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'S' and ${OURS} order by 1`)
  const found: Sequence[] = []
  for (const { name } of rows) {
    const { rows: state } = await client.query<{ value: string; called: boolean }>(
      `select s.last_value::text as value, s.is_called as called from ${name} s`,
    )
    found.push({ name, ...state[0]! })
  }
  return found
}

/** Tables of which the asking role does not see every row: a copy would lack rows without anybody noticing. */
export async function unseenTables(client: pg.ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(`select format('%I.%I', n.nspname, c.relname) as name
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and c.relrowsecurity and ${OURS}
      and not exists (select from pg_roles r where r.rolname = current_user and (r.rolsuper or r.rolbypassrls))
      and not (not c.relforcerowsecurity and pg_has_role(c.relowner, 'usage'))
      and (exists (select from pg_policies p where p.schemaname = n.nspname and p.tablename = c.relname
          and p.permissive = 'RESTRICTIVE' and p.cmd in ('ALL', 'SELECT')
          and exists (select from unnest(p.roles) r where case r when 'public' then true else pg_has_role(r, 'usage') end))
        or not exists (select from pg_policies p where p.schemaname = n.nspname and p.tablename = c.relname
          and p.cmd in ('ALL', 'SELECT') and p.qual = 'true' and (current_user = any (p.roles) or 'public' = any (p.roles))))
    order by 1`)
  return rows.map(({ name }) => name)
}
