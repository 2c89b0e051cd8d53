/** Everything that is held about oneself, table by table: under one's own sight, with what is sealed opened. */
import { sql } from 'kysely'
import { addDays } from '../../../base/dates.ts'
import { type Kept, type Keys, sealer } from '../../cipher/index.ts'
import type { Act } from '../../db/index.ts'
import type { Bilingual, HeldTable, Holding } from '../contract.ts'
import type { Registry } from '../registry.ts'
import { isTechnical } from './columns.ts'

export type Line = Record<string, unknown>
export type Part = { table: string; withheld: Bilingual | null; rows: Line[] }
export type Collected = { holding: Holding; parts: Part[] }[]

/** Everything with its history, in the order in which it is declared. `done` is told after each holding. */
export async function collect<T>(
  act: Act<T>,
  registry: Registry,
  house: { key: Keys; kept: readonly Kept[] },
  done: (holdings: number) => Promise<void> = async () => {},
): Promise<Collected> {
  const histories = await historiesOf(act, registry)
  const names = await organisations(act)
  const collected: Collected = []
  for (const holding of registry.holdings) {
    const parts: Part[] = []
    for (const table of holding.tables) {
      const open = opener(table.table, house)
      const plain = (row: Line): Line => tidy(open(row), table, names)
      const tables = histories.has(table.table) ? [table.table, `${table.table}_history`] : [table.table]
      for (const name of tables) {
        const rows = table.withheld ? [] : await rowsOf(act, table, name)
        if (rows.length > 0 || table.withheld)
          parts.push({ table: name, withheld: table.withheld ?? null, rows: rows.map(plain) })
      }
    }
    collected.push({ holding, parts })
    await done(collected.length)
  }
  return collected
}

async function rowsOf<T>(
  act: Act<T>,
  { table, of = 'person_id', is = 'person', through, closed }: HeldTable,
  name: string,
) {
  const whose = { person: [sql`db.self()`], account: [sql`db.account()`], either: [sql`db.self()`, sql`db.account()`] }[
    is
  ]
  const mine = sql`${sql.ref(of)} in (${sql.join(whose)})`
  const condition = through
    ? sql`t.${sql.ref(through.column)} in (select x.${sql.ref(through.key)} from ${sql.table(through.table)} x where x.${mine})`
    : sql`t.${mine}`
  const { rows } = await (closed
    ? sql<{ row: Line }>`select r as "row" from privacy.own_rows(${table}) r`
    : sql<{ row: Line }>`select to_jsonb(t) as "row" from ${sql.table(name)} t where ${condition}`
  ).execute(act.tx.withoutPlugins())
  return rows.map(({ row }) => row)
}

/** Tables with a history that the application may read. */
async function historiesOf<T>(act: Act<T>, { holdings }: Registry): Promise<ReadonlySet<string>> {
  const tables = holdings.flatMap((holding) => holding.tables.map(({ table }) => table))
  const { rows } = await sql<{ name: string }>`select x.name from unnest(${tables}::text[]) x (name)
    where to_regclass(x.name || '_history') is not null and has_table_privilege(x.name || '_history', 'select')`.execute(
    act.tx,
  )
  return new Set(rows.map(({ name }) => name))
}

async function organisations<T>(act: Act<T>): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{
    id: string
    name: string
  }>`select o.id, o.name from directory.organisation o where o.path @> any (
      select e.org_path from directory.employment e where e.person_id = db.self()
      union select a.org_path from access.account a where a.id = db.account())`.execute(act.tx)
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** Sealed columns in clear. What opens under no key any more stays away. */
function opener(table: string, { key, kept }: { key: Keys; kept: readonly Kept[] }): (row: Line) => Line {
  const sealed = kept.filter((column) => column.table === table)
  return (row) => {
    const opened: Line = { ...row }
    for (const { cipher, purpose, bound } of sealed) {
      const hex = row[cipher]
      if (typeof hex !== 'string' || !hex.startsWith('\\x')) continue
      const text = openText(sealer(key, purpose), Buffer.from(hex.slice(2), 'hex'), bound && String(row[bound]))
      // Under a name that is not technical, so that it stays.
      if (text !== null) opened[`${cipher.replace(/_cipher$/, '')}_in_clear`] = text
    }
    return opened
  }
}

function openText(seal: ReturnType<typeof sealer>, bytes: Buffer, bound: string | undefined): string | null {
  try {
    return seal.open(bytes, bound)
  } catch {
    return null
  }
}

const SPAN = /^\[(\d{4}-\d{2}-\d{2})?,(\d{4}-\d{2}-\d{2})?\)$/

/** Without what is nobody's data, spans as two dates (the last day included), organisations by name. */
function tidy(row: Line, { without = [] }: HeldTable, names: ReadonlyMap<string, string>): Line {
  const out: Line = {}
  for (const [column, value] of Object.entries(row)) {
    if (value === null || without.includes(column) || isTechnical(column)) continue
    const span = column === 'during' && typeof value === 'string' ? SPAN.exec(value) : null
    if (span) {
      if (span[1]) out.from = span[1]
      if (span[2]) out.until = addDays(span[2], -1)
    } else if (column === 'org_id') out.org = names.get(String(value)) ?? value
    else out[column] = value
  }
  return out
}
