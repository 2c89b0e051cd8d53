/** A consistent copy of the whole database while others work in it: one read-only transaction, every table as a stream. */
import { createHash } from 'node:crypto'
import type pg from 'pg'
import { to } from 'pg-copy-streams'
import { Refusal } from '../../base/errors.ts'
import { ownerClient } from './connect.ts'
import { PLAIN, reading, type Sequence, sequencesOf, type Table, tablesOf, unseenTables } from './copied.ts'

/** A piece of a table's stream in PostgreSQL's text format; pieces of one table come one after the other. */
export type Part = { table: string; bytes: Uint8Array }

export type CopiedTable = { table: string; columns: string[]; rows: number; bytes: number; sha256: string }

/** Everything about a copy but its content. `migrations` are those that made the tables, `sequences` are read last: never behind the rows. */
export type Copied = { server: string; migrations: string[]; tables: CopiedTable[]; sequences: Sequence[] }

/** About this much lies in one part. */
const PART = 4 * 2 ** 20

/**
 * Hands over the database as of one instant. Writers are not held up; changes of the schema wait until the copy is done.
 * @throws Refusal `db.copy_nothing` where the product has never been set up in this database.
 */
export async function copyOut(url: string, keep: (part: Part) => Promise<void>): Promise<Copied> {
  const client = ownerClient(url)
  client.on('error', () => {})
  await client.connect()
  try {
    await client.query('begin isolation level repeatable read read only')
    await client.query(PLAIN)
    const { rows: there } = await client.query(`select to_regclass('public.kysely_migration') is not null as made`)
    if (!there[0].made) throw new Refusal('refused', 'db.copy_nothing')
    const tables = await tablesOf(client)
    await client.query(`lock table ${tables.map(({ name }) => name).join(', ')} in access share mode`)
    const unseen = await unseenTables(client)
    if (unseen.length > 0) throw new Refusal('fault', 'db.copy_unseen', { tables: unseen.join(', ') })
    const copied: CopiedTable[] = []
    for (const table of tables) copied.push(await readTable(client, table, table.columns, keep))
    const { rows: known } = await client.query<{ name: string }>(
      'select m.name from public.kysely_migration m order by m.name',
    )
    const { rows: version } = await client.query<{ server_version: string }>('show server_version')
    const server = version[0]!.server_version
    return { server, migrations: known.map(({ name }) => name), tables: copied, sequences: await sequencesOf(client) }
  } finally {
    await client.end().catch(() => {})
  }
}

/** Reads one table from beginning to end within the transaction of `client`. */
export async function readTable(
  client: pg.ClientBase,
  table: Table,
  columns: string[],
  keep: (part: Part) => Promise<void> = async () => {},
): Promise<CopiedTable> {
  const stream = client.query(to(reading(table, columns), { highWaterMark: 2 ** 20 }))
  const hash = createHash('sha256')
  let bytes = 0
  let rows = 0
  let held: Uint8Array[] = []
  let size = 0
  const handOver = async () => {
    if (size > 0) await keep({ table: table.name, bytes: Buffer.concat(held) })
    held = []
    size = 0
  }
  for await (const chunk of stream as AsyncIterable<Uint8Array>) {
    hash.update(chunk)
    bytes += chunk.length
    rows += linesIn(chunk)
    held.push(chunk)
    size += chunk.length
    if (size >= PART) await handOver()
  }
  await handOver()
  return { table: table.name, columns, rows, bytes, sha256: hash.digest('hex') }
}

/** A row is a line: line feeds in values are written as two characters. The stream ends before the server has told the number. */
function linesIn(bytes: Uint8Array): number {
  let lines = 0
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) lines += 1
  return lines
}
