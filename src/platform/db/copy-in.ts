/** Puts a copy into an empty database: schema, rows and sequences in one transaction, proved equal before it is committed. */
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Kysely, PostgresDialect, type PostgresPool, type PostgresPoolClient } from 'kysely'
import type pg from 'pg'
import { from } from 'pg-copy-streams'
import { Refusal } from '../../base/errors.ts'
import { ensureAppRole } from './app-role.ts'
import { ownerClient } from './connect.ts'
import { PLAIN, tablesOf, writing } from './copied.ts'
import { type Copied, type Part, readTable } from './copy-out.ts'
import { applyMigrations, migrationFiles } from './migrate.ts'

/**
 * Makes the schema that the copy was taken from, loads it and reads it back. Until everything is equal nothing is committed, so that
 * a restore that fails or is killed leaves the database as empty as it was. Later migrations are left to `migrate`.
 * @throws Refusal `db.not_empty`, `db.copy_newer`, `db.copy_other_schema`, `db.copy_differs`
 */
export async function copyIn(url: string, copied: Copied, parts: AsyncIterable<Part>): Promise<void> {
  const known = await migrationFiles()
  const foreign = copied.migrations.filter((name) => !known.has(name))
  if (foreign.length > 0) throw new Refusal('conflict', 'db.copy_newer', { newest: foreign.at(-1) })
  await ensureAppRole(url)
  const client = ownerClient(url)
  client.on('error', () => {})
  await client.connect()
  try {
    await onOne(client)
      .transaction()
      .execute(async (tx) => {
        await client.query(`select pg_advisory_xact_lock(hashtext('db.copy_in'))`)
        await assertEmpty(client)
        await applyMigrations(tx, new Set(copied.migrations))
        await client.query(PLAIN)
        await load(client, copied, parts)
      })
    await client.query('analyze')
  } finally {
    await client.end().catch(() => {})
  }
}

/** Kysely on one connection, which the COPY streams use as well. */
function onOne(client: pg.Client): Kysely<unknown> {
  const held = Object.assign(client, { release: () => {} }) as unknown as PostgresPoolClient
  const pool = { connect: async () => held, end: async () => {} } as unknown as PostgresPool
  return new Kysely({ dialect: new PostgresDialect({ pool }) })
}

async function assertEmpty(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>(`select format('%I.%I', n.nspname, c.relname) as name
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and n.nspname not like 'pg\\_%' and n.nspname <> 'information_schema'
      and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
    order by 1`)
  if (rows[0]) throw new Refusal('refused', 'db.not_empty', { tables: rows.length })
}

async function load(client: pg.Client, copied: Copied, parts: AsyncIterable<Part>): Promise<void> {
  const tables = await tablesOf(client)
  assertSameSchema(copied, tables)
  const byName = new Map(tables.map((table) => [table.name, table]))
  const copies = new Map(copied.tables.map((copy) => [copy.table, copy]))
  // COPY into a table under row-level security is refused to all but superusers, and triggers have done their work already.
  for (const { name, guarded } of tables) {
    await client.query(`alter table ${name} disable trigger user`)
    if (guarded) await client.query(`alter table ${name} disable row level security`)
  }
  // Rows that a migration made itself come back with the copy.
  for (const { name } of tables.toReversed()) await client.query(`delete from ${name}`)
  const source = parts[Symbol.asyncIterator]()
  let next = await source.next()
  while (!next.done) {
    const { table } = next.value
    const stream = client.query(from(writing(byName.get(table)!, copies.get(table)!.columns)))
    const ofTable = async function* () {
      for (; !next.done && next.value.table === table; next = await source.next()) yield next.value.bytes
    }
    await pipeline(Readable.from(ofTable(), { objectMode: false }), stream)
  }
  for (const { name, value, called } of copied.sequences)
    await client.query('select setval($1::regclass, $2::bigint, $3)', [name, value, called])
  for (const { name, guarded } of tables) {
    await client.query(`alter table ${name} enable trigger user`)
    if (guarded) await client.query(`alter table ${name} enable row level security`)
  }
  for (const table of tables) {
    const copy = copies.get(table.name)!
    const { sha256, rows } = await readTable(client, table, copy.columns)
    if (sha256 !== copy.sha256 || rows !== copy.rows)
      throw new Refusal('fault', 'db.copy_differs', { table: table.name })
  }
}

/** The migrations of the copy have the names of ours; they must have been the same as well. */
function assertSameSchema(copied: Copied, tables: { name: string; columns: string[] }[]): void {
  const outline = (name: string, columns: string[]) => `${name}(${columns.toSorted().join()})`
  const ours = new Set(tables.map(({ name, columns }) => outline(name, columns)))
  const theirs = new Set(copied.tables.map(({ table, columns }) => outline(table, columns)))
  const [odd] = ours.symmetricDifference(theirs)
  if (odd !== undefined) throw new Refusal('conflict', 'db.copy_other_schema', { table: odd.split('(')[0] })
}
