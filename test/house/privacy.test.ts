/** Nothing is held about people that is not declared, and what is declared is there. */
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { held } from '../../src/server/held.ts'
import type { OpenHouse } from '../../src/server/house.ts'
import { openTestHouse } from '../harness/house.ts'

let house: OpenHouse
beforeAll(async () => {
  house = await openTestHouse()
})
afterAll(() => house?.close())

const tables = held.holdings.flatMap((holding) => holding.tables.map((table) => ({ holding, ...table })))

/** Names of columns that lead to a person or an account whose row it is. */
const PERSONAL = ['person_id', 'account_id', 'about_person', 'holder_id', 'recipient_id']

describe('what is held about people', () => {
  it('is declared, table by table', async () => {
    const { rows } = await sql<{ name: string }>`select n.nspname || '.' || c.relname as name
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema', 'public', 'pgboss') and n.nspname not like 'pg_%'
        and exists (select from pg_attribute a where a.attrelid = c.oid and not a.attisdropped and a.attname = any (${PERSONAL}::text[]))
      order by 1`.execute(house.owner)
    const declared = new Set(tables.map(({ table }) => table))
    const lacking = rows.map(({ name }) => name).filter((name) => !declared.has(name.replace(/_history$/, '')))
    expect(rows.length).toBeGreaterThan(60)
    expect(lacking).toEqual([])
  })

  it('stands where it is declared, under the columns that are named', async () => {
    const { rows } = await sql<{ name: string; columns: string[] }>`
      select n.nspname || '.' || c.relname as name, array_agg(a.attname::text) as columns
      from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      where c.relkind in ('r', 'p') group by 1`.execute(house.owner)
    const known = new Map(rows.map(({ name, columns }) => [name, columns]))
    const wrong = tables.flatMap(({ table, through, of = through?.column ?? 'person_id', without = [], clears = [] }) =>
      [of, ...without, ...clears].filter((column) => !known.get(table)?.includes(column)).map((c) => `${table}.${c}`),
    )
    expect(wrong).toEqual([])
  })

  it('is told to the database as it is declared', async () => {
    const { rows } = await sql<{ name: string }>`select h.name from privacy.held_table h`.execute(house.owner)
    expect(rows.map(({ name }) => name).sort()).toEqual(tables.map(({ table }) => table).sort())
  })

  it('names tables as closed exactly where the application may not read them', async () => {
    const { rows } = await sql<{
      name: string
      may: boolean
    }>`select h.name, has_table_privilege('qiangshi_app', h.name, 'select') as may from privacy.held_table h`.execute(
      house.owner,
    )
    const closed = new Set(tables.filter((table) => table.closed).map(({ table }) => table))
    expect(rows.filter(({ name, may }) => may === closed.has(name))).toEqual([])
  })
})

describe('terms', () => {
  const termed = held.holdings.filter(({ retention }) => 'parameter' in retention)

  it('are declared of every table of a holding that has one, and of no other', () => {
    const wrong = tables.filter(({ holding, ends }) => 'parameter' in holding.retention !== (ends !== undefined))
    expect(wrong.map(({ table }) => table)).toEqual([])
  })

  it('have a length in the pack, in days or months', async () => {
    const { rows } = await sql<{ id: string; unit: string }>`select p.id, p.unit from policy.parameter p
      where p.id like 'privacy.retention.%'`.execute(house.owner)
    const wanted = [
      ...new Set(termed.map(({ retention }) => ('parameter' in retention ? retention.parameter : ''))),
    ].sort()
    expect([...new Set(rows.map(({ id }) => id))].sort()).toEqual(wanted)
    expect(rows.every(({ unit }) => unit === 'day' || unit === 'month')).toBe(true)
  })

  it('run, each of them, and let nothing go that is not over', async () => {
    const { rows } = await sql<{
      name: string
    }>`select h.name from privacy.held_table h where h.ends is not null order by 1`.execute(house.owner)
    expect(rows.length).toBeGreaterThan(10)
    await house.owner.transaction().execute(async (tx) => {
      await sql`select set_config('qiangshi.permission', 'privacy.retention', true)`.execute(tx)
      for (const { name } of rows) {
        const { rows: gone } = await sql<{ n: number }>`select privacy.expire(${name}, '2001-01-01') as n`.execute(tx)
        expect(`${name} ${gone[0]!.n}`).toBe(`${name} 0`)
      }
    })
  })

  it('cannot be used by whoever acts for another purpose, nor on what has none', async () => {
    const expire = (permission: string, table: string, before: string) =>
      house.db.transaction().execute(async (tx) => {
        await sql`select set_config('qiangshi.permission', ${permission}, true)`.execute(tx)
        await sql`select privacy.expire(${table}, ${before}::date)`.execute(tx)
      })
    await expect(expire('records.person.write', 'privacy.look', '2001-01-01')).rejects.toThrow('not permitted')
    await expect(expire('privacy.retention', 'ledger.entry', '2001-01-01')).rejects.toThrow('no declared term')
    await expect(expire('privacy.retention', 'privacy.look', '2100-01-01')).rejects.toThrow('at least one day')
  })
})
