/** The rows of the grid: people in whose records something was found, with their cells, and a mark by which a change made meanwhile is noticed. */
import { type RawBuilder, sql } from 'kysely'
import type { Act } from '../../../platform/db/index.ts'
import { BOOK } from './book.ts'
import { groundOf } from './check.ts'
import { cellsOf, FIELDS, STANDS } from './fields.ts'

export type Cells = Record<string, string | null>
export type GridRow = {
  personId: string
  number: string
  name: string
  orgName: string
  version: string
  values: Cells
  /** Rules that were not kept. */
  found: string[]
}

const values = sql.raw(`jsonb_build_object(${FIELDS.map(({ key, read }) => `'${key}', ${read}`).join(', ')})`)

/** People as the grid has them; `chosen` gives `(id)`. The mark is made of what is shown and of the identity number behind the mask. */
export const standing = (
  chosen: RawBuilder<unknown>,
): RawBuilder<unknown> => sql`select v.id as person_id, v.number, v.name, v.org_id, v.org_path, v.cells as "values",
    md5(v.cells::text || coalesce(v.id_hash::text, '')) as version, v.education_id, v.stint_id
  from (select x.id, x.number, x.name, x.org_id, x.org_path, x.id_hash, ${values} as cells, g.id as education_id, e.id as stint_id
    from directory.person x ${sql.raw(STANDS)} where x.id in (${chosen})) v`

/** Rules of which a cell is in the grid. */
export const MENDED = BOOK.filter(({ cell }) => cellsOf(cell.field).length > 0).map(({ id }) => id)

export type GridAsk = {
  orgId?: string | undefined
  rule?: string | undefined
  cursor?: string | undefined
  limit: number
}

/** A page of them by school and number. */
export async function gridRows<T>(
  act: Act<T>,
  ask: GridAsk,
): Promise<{ rows: GridRow[]; next: string | null; total: number }> {
  const path = await groundOf(act, ask.orgId)
  const rules = ask.rule ? [ask.rule] : MENDED
  const found = sql`from directory.person p join (select distinct f.person_id from records.finding f where f.rule = any(${rules}::text[])) f on f.person_id = p.id
    where p.org_path <@ any ((select db.scope())::ltree[]) and (${path}::ltree is null or p.org_path <@ ${path}::ltree)`
  const { rows } = await sql<GridRow>`with chosen as materialized (
      select p.id, p.number ${found} and (${ask.cursor ?? null}::text is null or p.number > ${ask.cursor ?? null}) order by p.number limit ${ask.limit + 1}
    ), wrong as materialized (select f.person_id, array_agg(distinct f.rule) as found from records.finding f where f.person_id in (select c.id from chosen c) group by 1)
    select s.person_id, s.number, s.name, o.short_name as org_name, s.version, s."values", w.found
    from (${standing(sql`select c.id from chosen c`)}) s join wrong w on w.person_id = s.person_id join directory.organisation o on o.id = s.org_id order by s.number`.execute(
    act.tx,
  )
  const { rows: count } = await sql<{ total: number }>`select count(*)::int as total ${found}`.execute(act.tx)
  const shown = rows.slice(0, ask.limit)
  return { rows: shown, next: rows.length > ask.limit ? shown.at(-1)!.number : null, total: count[0]!.total }
}
