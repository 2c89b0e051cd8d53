/** What has a declared term that is over goes, once a day; and how much that would be, beforehand. Nothing goes without a term. */
import { sql } from 'kysely'
import { record } from '../../audit/index.ts'
import type { Act } from '../../db/index.ts'
import type { Holding, ToldHolding } from '../contract.ts'
import type { Registry } from '../registry.ts'
import { keptFrom, keptOf, policyOf, rootOf, toldOf } from './terms.ts'

/** Works for the product itself: nobody asks for it. */
export async function lapse<T>(act: Act<T>, registry: Registry): Promise<number> {
  const held = await policyOf(act, (await rootOf(act))?.id)
  const gone: { table: string; parameter: string; before: string; rows: number }[] = []
  for (const holding of registry.holdings) {
    const kept = keptOf(holding, held, act.today)
    const before = await keptFrom(act, kept)
    if (before === null || kept.kind === 'kept') continue
    for (const table of withTerm(holding)) {
      const { rows } = await sql<{ rows: number }>`select privacy.expire(${table}, ${before}::date) as rows`.execute(
        act.tx,
      )
      if (rows[0]!.rows > 0) gone.push({ table, parameter: kept.parameter, before, rows: rows[0]!.rows })
    }
  }
  if (gone.length === 0) return 0
  await sql`insert into privacy.expired (day, table_name, parameter, before, rows)
    select db.today(), r."table", r.parameter, r.before, r.rows
    from jsonb_to_recordset(${JSON.stringify(gone)}::jsonb) as r("table" text, parameter text, before date, rows bigint)
    on conflict (day, table_name) do update set rows = privacy.expired.rows + excluded.rows`.execute(act.tx)
  await record(act, { action: 'privacy.data_lapsed', after: gone })
  return gone.reduce((sum, { rows }) => sum + rows, 0)
}

const withTerm = ({ tables }: Holding): string[] =>
  tables.filter(({ ends }) => ends !== undefined).map(({ table }) => table)

type TermRow = ToldHolding & {
  tables: { name: string; lapsing: number | null; before: string | null; clears: boolean }[]
}

/** The dry run: everything that is held, with what would go today. */
export async function lapsing<T>(act: Act<T>, registry: Registry): Promise<TermRow[]> {
  const held = await policyOf(act, (await rootOf(act))?.id)
  const told: TermRow[] = []
  for (const holding of registry.holdings) {
    const before = await keptFrom(act, keptOf(holding, held, act.today))
    const tables: TermRow['tables'] = []
    for (const { table, ends, clears } of holding.tables) {
      const rows =
        before === null || ends === undefined
          ? []
          : (await sql<{ n: number }>`select privacy.lapsed(${table}, ${before}::date) as n`.execute(act.tx)).rows
      tables.push({
        name: table,
        lapsing: rows[0]?.n ?? null,
        before: ends === undefined ? null : before,
        clears: clears !== undefined,
      })
    }
    told.push({ ...toldOf(holding, held, act.today), tables })
  }
  return told
}

type Past = { day: string; tableName: string; parameter: string; before: string; rows: number }

/** What went in the last year, the latest first. */
export async function lapsedBefore<T>(act: Act<T>): Promise<Past[]> {
  const { rows } = await sql<Past>`select e.day, e.table_name, e.parameter, e.before, e.rows from privacy.expired e
    where e.day > db.today() - 366 order by e.day desc, e.table_name limit 500`.execute(act.tx)
  return rows
}
