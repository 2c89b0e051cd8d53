/** What was known when: rows remember since when they are known, and file what they said before. */
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { openTestHouse } from '../../../test/harness/house.ts'
import { buildWorld, type World } from '../../../test/harness/world.ts'
import { newId } from '../../base/ids.ts'
import type { OpenHouse } from '../../server/house.ts'
import { moveClock, SYSTEM, transact } from './index.ts'

let house: OpenHouse
let world: World
beforeAll(async () => {
  house = await openTestHouse('2023-03-01T01:00:00Z')
  world = await buildWorld(house, 2)
})
afterAll(() => house?.close())

const at = (day: string) => moveClock(house.owner, new Date(`${day}T01:00:00Z`))
beforeEach(() => at('2023-03-01'))

const scope = (paths: string[]) => ({ actor: SYSTEM, permission: 'test', scope: { paths, self: false } })
const inScope = <T>(paths: string[], work: (db: Parameters<Parameters<typeof transact>[2]>[0]['tx']) => Promise<T>) =>
  transact(house.db, scope(paths), ({ tx }) => work(tx))

const levels = (personId: string, known: string, paths = [world.city.path]) =>
  inScope(paths, async (tx) => {
    const { rows } = await sql<{ level: string }>`select t.level from records.title_known(${known}::timestamptz) t
      where t.person_id = ${personId} order by lower(t.during)`.execute(tx)
    return rows.map(({ level }) => level)
  })

it('tells what a row said before it was corrected, and before it was deleted', async () => {
  const { id } = world.teachers[0]![0]!
  const row = newId()
  await sql`delete from records.title where person_id = ${id}`.execute(house.owner)
  await at('2023-04-01')
  await sql`insert into records.title (person_id, id, level, during) values (${id}, ${row}, 'level_2', '[2019-09-01,)')`.execute(
    house.owner,
  )
  await at('2023-05-01')
  await sql`update records.title set level = 'level_1' where person_id = ${id} and id = ${row}`.execute(house.owner)
  await at('2023-06-01')
  await sql`delete from records.title where person_id = ${id} and id = ${row}`.execute(house.owner)
  expect(await levels(id, '2023-03-31T00:00:00Z')).not.toContain('level_2')
  expect(await levels(id, '2023-04-30T00:00:00Z')).toEqual(['level_2'])
  expect(await levels(id, '2023-05-31T00:00:00Z')).toEqual(['level_1'])
  expect(await levels(id, '2023-06-30T00:00:00Z')).toEqual([])
})

it('files nothing where nothing was changed, and many rows by one statement', async () => {
  const counted = async () => {
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from directory.employment_history`.execute(
      house.owner,
    )
    return rows[0]!.n
  }
  const before = await counted()
  await at('2023-07-01')
  await sql`update directory.employment set category = category, org_path = org_path`.execute(house.owner)
  expect(await counted()).toBe(before)
  const { rows } = await sql`update directory.employment set basis = 'contract' returning id`.execute(house.owner)
  expect(rows.length).toBeGreaterThan(3)
  expect(await counted()).toBe(before + rows.length)
})

it('keeps identity numbers only as they are shown, and nothing that is searched by', async () => {
  const { rows } = await sql<{ name: string }>`select a.attname::text as name from pg_attribute a
    where a.attrelid = 'directory.person_history'::regclass and a.attnum > 0 and not a.attisdropped order by 1`.execute(
    house.owner,
  )
  const kept = [
    'birth_date',
    'id',
    'id_masked',
    'id_type',
    'known_from',
    'known_until',
    'name',
    'number',
    'org_id',
    'sex',
  ]
  expect(rows.map(({ name }) => name)).toEqual(kept)
})

it('is seen by whoever sees the person, written by nobody, and cannot be changed', async () => {
  const { id } = world.teachers[0]![1]!
  await at('2023-08-01')
  await sql`update directory.person set birth_date = '1981-02-03' where id = ${id}`.execute(house.owner)
  const filed = (paths: string[]) =>
    inScope(paths, async (tx) => {
      const { rows } = await sql`select h.id from directory.person_history h where h.id = ${id}`.execute(tx)
      return rows.length
    })
  expect(await filed([world.schools[0].path])).toBe(1)
  expect(await filed([world.schools[1].path])).toBe(0)
  expect(await levels(world.teachers[0]![0]!.id, '2023-04-30T00:00:00Z', [world.schools[1].path])).toEqual([])
  await expect(
    inScope([world.city.path], (tx) =>
      sql`insert into directory.person_history (id, known_from, known_until) values (${id}, '2020-01-01', '2021-01-01')`.execute(
        tx,
      ),
    ),
  ).rejects.toThrow(/permission denied/)
  await expect(sql`update directory.person_history set sex = '1'`.execute(house.owner)).rejects.toThrow(/append-only/)
})

/** Tables of the records that say nothing about a teacher by themselves: code tables, what was asked for and done, what was found. */
const WORKINGS = ['code', 'reveal', 'change', 'change_step', 'change_evidence', 'finding', 'quality', 'twin']
const MOVES = ['merge', 'merge_row', 'school_merge', 'year_roll']

it('has the past for every table that facts are read from', async () => {
  const { rows } = await sql<{ name: string; known: boolean }>`
    select n.nspname || '.' || c.relname as name, to_regprocedure(format('%I.%I(timestamptz)', n.nspname, c.relname || '_known')) is not null as known
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and c.relname not like '%\\_history' and (c.relname in ('person', 'employment') and n.nspname = 'directory'
      or n.nspname = 'records' and c.relname not like 'import%' and c.relname <> all (${[...WORKINGS, ...MOVES]}::text[]) or n.nspname || '.' || c.relname = 'ledger.entry')`.execute(
    house.owner,
  )
  expect(rows.length).toBeGreaterThan(8)
  expect(rows.filter(({ known }) => !known)).toEqual([])
  for (const { name } of rows)
    await inScope([world.city.path], (tx) => sql`select count(*) from ${sql.raw(`${name}_known(now())`)} k`.execute(tx))
})
