/** What the database itself holds to, whatever the program above it does. */
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { OpenHouse } from '../../src/server/house.ts'
import { openTestHouse } from '../harness/house.ts'
import { buildWorld, type World } from '../harness/world.ts'
import { furnish } from './furniture.ts'

let house: OpenHouse
let world: World
beforeAll(async () => {
  house = await openTestHouse()
  world = await buildWorld(house, 3)
  await furnish(house, world)
})
afterAll(() => house?.close())

/** Tables that name a person and yet are no personal data of theirs: who recorded, who hosts. */
const OUTSIDE = new Set(['training.session'])

type Table = { name: string; forced: boolean; owner: boolean; app: boolean; person: boolean }
const tables = async (): Promise<Table[]> => {
  const { rows } = await sql<Table>`
    select n.nspname || '.' || c.relname as name, c.relrowsecurity and c.relforcerowsecurity as forced,
      exists (select from pg_policy p where p.polrelid = c.oid and p.polname = 'owner') as owner,
      exists (select from pg_policy p join pg_roles r on r.oid = any(p.polroles) where p.polrelid = c.oid and r.rolname = 'qiangshi_app') as app,
      exists (select from pg_attribute a where a.attrelid = c.oid and not a.attisdropped and a.attname in ('person_id', 'about_person', 'id_cipher')) as person
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema', 'public', 'pgboss') and n.nspname not like 'pg_%' order by 1`.execute(
    house.owner,
  )
  return rows
}

describe('row-level security', () => {
  it('is forced on every table with personal data, with a policy for the application', async () => {
    const personal = (await tables()).filter(({ person, name }) => person && !OUTSIDE.has(name))
    expect(personal.length).toBeGreaterThan(12)
    expect(personal.filter(({ forced, owner, app }) => !forced || !owner || !app)).toEqual([])
  })

  it('shows nothing at all to a connection without a scope', async () => {
    const secured = (await tables()).filter(({ forced }) => forced).map(({ name }) => name)
    for (const name of secured) {
      const { rows: granted } = await sql<{
        may: boolean
      }>`select has_table_privilege('qiangshi_app', ${name}, 'select') as may`.execute(house.owner)
      if (!granted[0]!.may) continue
      const { rows } = await sql<{ n: number }>`select count(*)::int as n from ${sql.raw(name)}`.execute(house.db)
      expect(`${name} ${rows[0]!.n}`).toBe(`${name} 0`)
    }
  })

  it('runs the application under a role that owns nothing', async () => {
    const { rows } = await sql<{
      role: string
      owned: number
    }>`select current_user as role, (select count(*)::int from pg_class c where pg_get_userbyid(c.relowner) = current_user) as owned`.execute(
      house.db,
    )
    expect(rows).toEqual([{ role: 'qiangshi_app', owned: 0 }])
  })
})

describe('what is written once', () => {
  it.each([
    ['audit.event', `update audit.event set action = 'x'`],
    ['audit.event', 'delete from audit.event'],
    ['audit.link', 'delete from audit.link'],
    ['ledger.entry', 'update ledger.entry set credits = 99'],
    ['ledger.entry', 'delete from ledger.entry'],
    ['ledger.entry', 'truncate ledger.entry cascade'],
  ])('%s refuses %s, even from the owner', async (_table, statement) => {
    await expect(sql.raw(statement).execute(house.owner)).rejects.toThrow(/append-only|permission denied|violates/)
  })
})

describe('places', () => {
  it('cannot be overrun, whatever statement tries', async () => {
    await expect(sql`update training.quota set taken = places + 1`.execute(house.owner)).rejects.toThrow(
      /never_overrun/,
    )
  })
})

/** Rows on their way in are not anybody's record yet: they are keyed by the file they came with. */
const STAGING = new Set(['records.import_row'])

describe('keys of personal tables', () => {
  it('begin with the person, and so do their unique keys', async () => {
    const { rows } = await sql<{ name: string; columns: string[] }>`
      select n.nspname || '.' || c.relname as name, array_agg(a.attname::text order by k.ord) as columns
      from pg_index i join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace
      cross join lateral unnest(i.indkey::int[]) with ordinality as k(attnum, ord) join pg_attribute a on a.attrelid = c.oid and a.attnum = k.attnum
      where i.indisprimary and n.nspname in ('records', 'training', 'ledger', 'directory')
        and exists (select from pg_attribute p where p.attrelid = c.oid and p.attname = 'person_id') group by 1`.execute(
      house.owner,
    )
    expect(rows.length).toBeGreaterThan(8)
    expect(rows.filter(({ columns, name }) => columns[0] !== 'person_id' && !STAGING.has(name))).toEqual([])
  })
})
