/** A municipality of 200,000 invented teachers with 50 ledger entries each, written by the owner straight into the tables. */
import type pg from 'pg'
import { newId } from '../../src/base/ids.ts'
import { ownerClient } from '../../src/platform/db/index.ts'

export const SIZE = { districts: 20, schools: 50, teachers: 200, entries: 50 }
type Size = typeof SIZE
export const peopleIn = ({ districts, schools, teachers }: Size): number => districts * schools * teachers
/** The five years of a credit cycle, ten entries a year. */
export const YEARS = { from: 2021, to: 2025 }

type Say = (text: string) => void

/** Fills a migrated database; returns an account that may read all credits of the municipality, as an auditor. */
export async function fillMunicipality(databaseUrl: string, say: Say, size: Size = SIZE): Promise<string> {
  const owner = ownerClient(databaseUrl)
  await owner.connect()
  try {
    await owner.query(
      `set session_replication_role = replica; set maintenance_work_mem = '1GB'; set synchronous_commit = off`,
    )
    const account = await organisations(owner, size)
    say(`${peopleIn(size).toLocaleString('en')} teachers`)
    await people(owner, size)
    say(`${(peopleIn(size) * size.entries).toLocaleString('en')} ledger entries: some minutes`)
    await entries(owner, size)
    say('vacuum')
    for (const table of ['directory.organisation', 'directory.person', 'directory.employment', 'ledger.entry'])
      await owner.query(`vacuum (analyze) ${table}`)
    await owner.query('checkpoint')
    return account
  } finally {
    await owner.end()
  }
}

async function organisations(owner: pg.Client, size: Size): Promise<string> {
  const [city, account] = [newId(), newId()]
  await owner.query(
    `insert into directory.organisation (id, path, kind, name, short_name, authority) values ($1, 'c', 'municipality', '测量市', '测量市', 'chongqing')`,
    [city],
  )
  await owner.query(
    `insert into directory.organisation (id, parent_id, path, kind, name, short_name)
      select gen_random_uuid(), $1, ('c.d' || d)::ltree, 'district', '测量' || d || '区', '测量' || d || '区' from generate_series(1, $2::int) d`,
    [city, size.districts],
  )
  await owner.query(
    `insert into directory.organisation (id, parent_id, path, kind, school_type, name, short_name)
      select gen_random_uuid(), o.id, o.path || ('s' || s)::ltree, 'school', '211', o.short_name || '第' || s || '小学', '第' || s || '小学'
      from directory.organisation o, generate_series(1, $1::int) s where o.kind = 'district'`,
    [size.schools],
  )
  await owner.query(
    `insert into access.account (id, login, name, org_id, org_path) values ($1, 'auditor', '审计专员', $2, 'c')`,
    [account, city],
  )
  await owner.query(
    `insert into access.assignment (account_id, id, role, org_id, org_path) values ($1, $2, 'auditor', $3, 'c')`,
    [account, newId(), city],
  )
  return account
}

async function people(owner: pg.Client, size: Size): Promise<void> {
  await owner.query(
    `insert into directory.person (id, number, name, org_id, org_path)
      select gen_random_uuid(), 'B' || lpad((row_number() over (order by md5(o.id::text || n)))::text, 7, '0'), '测量' || chr(19968 + n % 20000), o.id, o.path
      from directory.organisation o, generate_series(1, $1::int) n where o.kind = 'school'`,
    [size.teachers],
  )
  await withoutKeys(owner, 'directory.employment', () =>
    owner.query(`insert into directory.employment (person_id, id, org_id, org_path, during)
      select p.id, gen_random_uuid(), p.org_id, p.org_path, daterange('2015-09-01', null) from directory.person p`),
  )
}

/** In the order in which they come in life: one training after the other, each with many people. Hashes are dummies. */
async function entries(owner: pg.Client, size: Size): Promise<void> {
  const perYear = size.entries / (YEARS.to - YEARS.from + 1)
  const one = (seq: number) =>
    owner.query(
      `insert into ledger.entry (person_id, id, seq, org_id, org_path, credit_year, occurred_on, kind, level, hours, credits, title, source_kind, source_id, recorded_at, hash)
        select p.id, gen_random_uuid(), $1::int, p.org_id, p.org_path, y.year, make_date(y.year, 1 + $1 % 12, 1 + $1 % 28),
          (array['concentrated', 'school_based', 'online'])[1 + $1 % 3], (array['school', 'district', 'city'])[1 + $1 % 3], 3 + $1 % 9, 1 + abs(hashtext(p.id::text)) % 4, '测量培训' || $1,
          'training_class', $2::uuid, now(), uuid_send(p.id) || uuid_send($2::uuid)
        from directory.person p, (select $3::int as year) y`,
      [seq, newId(), YEARS.from + Math.floor((seq - 1) / perYear)],
    )
  await withoutKeys(owner, 'ledger.entry', async () => {
    for (let seq = 1; seq <= size.entries; seq++) await one(seq)
  })
}

/** Takes keys and indexes off a table while it is filled, as for any bulk load. */
export async function withoutKeys(owner: pg.Client, table: string, fill: () => Promise<unknown>): Promise<void> {
  const { rows: constraints } = await owner.query<{ name: string; kind: string; definition: string }>(
    `select quote_ident(c.conname) as name, c.contype as kind, pg_get_constraintdef(c.oid) as definition
    from pg_constraint c where c.conrelid = $1::regclass and c.contype in ('p', 'u', 'f', 'x')
    order by array_position(array['p', 'u', 'x', 'f'], c.contype::text)`,
    [table],
  )
  const { rows: indexes } = await owner.query<{ name: string; definition: string }>(
    `select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition
    from pg_index i where i.indrelid = $1::regclass and not exists (select from pg_constraint c where c.conindid = i.indexrelid)`,
    [table],
  )
  for (const { name } of constraints.toReversed()) await owner.query(`alter table ${table} drop constraint ${name}`)
  for (const { name } of indexes) await owner.query(`drop index ${name}`)
  await fill()
  for (const { name, kind, definition } of constraints)
    await owner.query(`alter table ${table} add constraint ${name} ${definition} ${kind === 'f' ? 'not valid' : ''}`)
  for (const { definition } of indexes) await owner.query(definition)
}
