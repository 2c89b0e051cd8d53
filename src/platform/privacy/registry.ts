/** Everything that modules declare to hold about people, as one book; and as rows that the database goes by. */
import { sql } from 'kysely'
import type { Db } from '../db/index.ts'
import type { Declared, Holding } from './contract/holding.ts'

export class Registry {
  readonly holdings: readonly Holding[]
  readonly reveals: readonly string[]
  readonly #byId: ReadonlyMap<string, Holding>
  constructor(declared: readonly Declared[]) {
    this.holdings = declared.flatMap(({ holdings }) => holdings)
    this.reveals = declared.flatMap(({ reveals = [] }) => reveals)
    this.#byId = new Map(this.holdings.map((holding) => [holding.id, holding]))
    if (this.#byId.size !== this.holdings.length) throw new Error('a holding is declared twice')
    const tables = this.holdings.flatMap((holding) => holding.tables.map(({ table }) => table))
    if (new Set(tables).size !== tables.length) throw new Error('a table is declared twice')
  }
  find(id: string): Holding | undefined {
    return this.#byId.get(id)
  }
}

/** Since the last employment is over; null while there is one, and of whom there never was one. */
const leftOf = (column: string): string =>
  `(select case when bool_or(upper_inf(e.during)) then null else max(upper(e.during)) end from directory.employment e where e.person_id = t.${column})`

/** Brings the tables up to date that the database's own functions may touch. Needs the owner's connection. */
export async function loadHeld(owner: Db, { holdings }: Registry): Promise<void> {
  const rows = holdings.flatMap(({ id, tables, retention }) =>
    tables.map(
      ({ table, of = 'person_id', is = 'person', through, without = [], closed = false, ends, clears = [] }) => ({
        name: table,
        holding: id,
        owner_column: through?.column ?? of,
        owner_is: is,
        without,
        closed,
        ends: 'parameter' in retention ? (ends === 'left' ? leftOf(of) : (ends ?? null)) : null,
        clears,
      }),
    ),
  )
  await sql`with wanted as materialized (select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(
        name text, holding text, owner_column text, owner_is text, without text[], closed boolean, ends text, clears text[])),
      gone as (delete from privacy.held_table h where h.name not in (select w.name from wanted w))
    insert into privacy.held_table (name, holding, owner_column, owner_is, without, closed, ends, clears)
    select w.name, w.holding, w.owner_column, w.owner_is, w.without, w.closed, w.ends, w.clears from wanted w
    on conflict (name) do update set holding = excluded.holding, owner_column = excluded.owner_column, owner_is = excluded.owner_is,
      without = excluded.without, closed = excluded.closed, ends = excluded.ends, clears = excluded.clears`.execute(
    owner,
  )
}
