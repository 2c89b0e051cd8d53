/**
 * The database asked directly, as the role that the program acts under, over every table there is: whatever statement a mistake in the program
 * sends, no row outside the scope is read, changed, removed or put there. A table that is new is tried without anybody adding it here.
 */
import { sql, type Transaction } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Scope, transact } from '../../src/platform/db/index.ts'
import type { OpenHouse } from '../../src/server/house.ts'
import { openTestHouse } from '../harness/house.ts'
import { buildWorld, type World } from '../harness/world.ts'
import { furnish } from './furniture.ts'

/** Tables without row-level security that say who did something in office, about something that is everybody's to see. */
const OPEN = new Set([
  'cases.amendment',
  'cases.deadline',
  'ledger.lock',
  'sso.platform',
  'sso.review',
  'training.session',
])
/** Shown beyond the scope on purpose: what is announced to everybody who has an account, the notice that one's own case stands on,
 * and what one's school is asked. */
const ANNOUNCED = new Set(['burden.item', 'burden.reached', 'cases.call', 'cases.notice'])
/** The trail takes an entry about anybody from whoever acts; it shows them to few and changes none. */
const TOLD = new Set(['audit.event'])
/** Columns that lead to somebody. */
const PERSONAL = [
  'person_id',
  'about_person',
  'account_id',
  'by_account',
  'by_name',
  'host_person',
  'sealed_by',
  'owner_id',
]

type Table = { name: string; forced: boolean; reads: boolean; columns: string[]; key: string[]; leads: string[] }
let house: OpenHouse
let world: World
let tables: Table[]
beforeAll(async () => {
  house = await openTestHouse()
  world = await buildWorld(house, 3)
  await furnish(house, world)
  const { rows } = await sql<Table>`
    select n.nspname || '.' || c.relname as name, c.relrowsecurity and c.relforcerowsecurity as forced,
      has_any_column_privilege('qiangshi_app', c.oid, 'select') as reads,
      array(select a.attname::text from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' order by a.attnum) as columns,
      array(select a.attname::text from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey)
        where i.indrelid = c.oid and i.indisprimary) as key,
      array(select a.attname::text from pg_attribute a where a.attrelid = c.oid and not a.attisdropped and a.attname = any (${PERSONAL})) as leads
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and n.nspname not in ('information_schema', 'public') and n.nspname not like 'pg_%' and n.nspname <> 'pgboss' order by 1`.execute(
    house.owner,
  )
  tables = rows
})
afterAll(() => house?.close())

class Undone extends Error {}
type Who = { account: string; person?: string; scope: Scope; permission: string }

/** Asks as somebody, and takes everything back. */
async function as<R>(who: Who, work: (tx: Transaction<unknown>) => Promise<R>): Promise<R> {
  let answer: { given: R } | undefined
  const asked = {
    actor: { account: who.account, person: who.person ?? null, name: 'direct' },
    permission: who.permission,
    scope: who.scope,
  }
  await transact(house.db, asked, async ({ tx }) => {
    answer = { given: await work(tx) }
    throw new Undone()
  }).catch((error) => {
    if (!(error instanceof Undone)) throw error
  })
  return answer!.given
}

/** Rows of a table that lie outside: of other schools and of their people, as the owner knows who sees all. */
async function foreignRows(
  { name, columns, key }: Table,
  paths: string[],
  self: string | null,
  account: string,
): Promise<Record<string, unknown>[]> {
  const has = (column: string) => columns.includes(column)
  const ways = [
    ...(has('org_path') ? [sql`t.org_path <@ any (${paths}::ltree[])`] : []),
    ...(has('person_id')
      ? [
          sql`exists (select from directory.person p where p.id = t.person_id and (p.org_path <@ any (${paths}::ltree[]) or p.id = ${self}::uuid))`,
        ]
      : []),
    ...(has('org_id') && !has('org_path')
      ? [sql`exists (select from directory.organisation o where o.id = t.org_id and o.path <@ any (${paths}::ltree[]))`]
      : []),
    ...(has('application_id')
      ? [
          sql`exists (select from cases.application a join directory.person p on p.id = a.person_id
          where a.id = t.application_id and (p.org_path <@ any (${paths}::ltree[]) or p.id = ${self}::uuid))`,
        ]
      : []),
    ...(has('recipient_id') ? [sql`t.recipient_id in (${account}::uuid, ${self}::uuid)`] : []),
    ...(has('about_person') ? [sql`t.about_person = ${self}::uuid`] : []),
    ...(has('account_id') ? [sql`t.account_id = ${account}::uuid`] : []),
    ...(name === 'directory.person' || name === 'directory.person_history' ? [sql`t.id = ${self}::uuid`] : []),
    ...(name === 'access.account' ? [sql`t.id = ${account}::uuid`] : []),
  ]
  const known = ways.length > (has('about_person') ? 1 : 0)
  if (!known) return []
  const { rows } = await sql<{ row: Record<string, unknown> }>`select to_jsonb(t) as row from ${sql.table(name)} t
    where not coalesce(${sql.join(ways, sql` or `)}, false) order by ${sql.join(key.map((one) => sql`t.${sql.ref(one)}`))} limit 40`.execute(
    house.owner,
  )
  return rows.map(({ row }) => row)
}

const asRecord = (name: string, row: unknown) =>
  sql`jsonb_populate_record(null::${sql.table(name)}, ${JSON.stringify(row)}::jsonb)`
const sameKey = ({ key }: Table) =>
  sql.join(
    key.map((one) => sql`t.${sql.ref(one)} = r.${sql.ref(one)}`),
    sql` and `,
  )

/** What became of a statement: rows that it reached, or the state that it was refused with. */
async function outcome(
  who: Who,
  statement: (tx: Transaction<unknown>) => Promise<{ numAffectedRows?: bigint; rows: unknown[] }>,
): Promise<string> {
  try {
    const { numAffectedRows, rows } = await as(who, statement)
    return `reached ${Math.max(Number(numAffectedRows ?? 0), rows.length)}`
  } catch (error) {
    return (error as { code?: string }).code ?? String(error)
  }
}

const people = (): [string, Who][] => {
  const [teacher] = world.teachers[0]!
  return [
    ['nobody', { account: world.accounts['clerk@0']!, scope: { paths: [], self: false }, permission: 'test' }],
    [
      'a teacher',
      {
        account: teacher!.account,
        person: teacher!.id,
        scope: { paths: [], self: true },
        permission: 'records.person.own',
      },
    ],
    [
      'a clerk of one school',
      {
        account: world.accounts['clerk@0']!,
        scope: { paths: [world.schools[0].path], self: false },
        permission: 'records.person.write',
      },
    ],
    [
      'the other district',
      {
        account: world.accounts['commission@other']!,
        scope: { paths: [world.other.path], self: false },
        permission: 'cases.decide',
      },
    ],
  ]
}

describe('every table', () => {
  it('that leads to somebody is secured, out of reach, or named here', () => {
    expect(tables.length).toBeGreaterThan(100)
    const bare = tables.filter(
      ({ name, forced, reads, leads }) => !forced && reads && leads.length > 0 && !OPEN.has(name),
    )
    expect(bare.map(({ name, leads }) => `${name} (${leads.join(', ')})`)).toEqual([])
    expect([...OPEN].filter((name) => !tables.some((table) => table.name === name && !table.forced))).toEqual([])
  })

  it('shows nobody a row from outside', async () => {
    const seen: string[] = []
    let tried = 0
    for (const [who, asking] of people())
      for (const table of tables.filter(({ name, forced, reads }) => forced && reads && !ANNOUNCED.has(name))) {
        const rows = await foreignRows(
          table,
          asking.scope.paths,
          asking.scope.self ? asking.person! : null,
          asking.account,
        )
        if (rows.length === 0) continue
        tried += 1
        const reached = await outcome(asking, (tx) =>
          sql`select t.${sql.ref(table.key[0]!)} from ${sql.table(table.name)} t, lateral (select (jsonb_populate_record(null::${sql.table(table.name)}, j)).*
            from jsonb_array_elements(${JSON.stringify(rows)}::jsonb) j) r where ${sameKey(table)}`.execute(tx),
        )
        if (reached !== 'reached 0') seen.push(`${who}: ${table.name} ${reached}`)
      }
    expect(seen).toEqual([])
    expect(tried).toBeGreaterThan(60)
  })

  it('lets nobody change, remove or put a row there', async () => {
    const done: string[] = []
    let tried = 0
    for (const [who, asking] of people())
      for (const table of tables.filter(({ forced }) => forced)) {
        const [row] = await foreignRows(
          table,
          asking.scope.paths,
          asking.scope.self ? asking.person! : null,
          asking.account,
        )
        if (!row) continue
        tried += 1
        const { name, columns, key } = table
        const changed = columns.find((one) => !key.includes(one)) ?? key[0]!
        const all = sql.join(columns.map((one) => sql.ref(one)))
        const tries = {
          change: (tx: Transaction<unknown>) =>
            sql`update ${sql.table(name)} t set ${sql.ref(changed)} = r.${sql.ref(changed)} from ${asRecord(name, row)} r where ${sameKey(table)}`.execute(
              tx,
            ),
          remove: (tx: Transaction<unknown>) =>
            sql`delete from ${sql.table(name)} t using ${asRecord(name, row)} r where ${sameKey(table)}`.execute(tx),
          put: (tx: Transaction<unknown>) =>
            sql`insert into ${sql.table(name)} (${all}) overriding system value select ${all} from ${asRecord(name, row)} r`.execute(
              tx,
            ),
        }
        for (const [how, statement] of Object.entries(tries)) {
          if (how === 'put' && TOLD.has(name)) continue
          const became = await outcome(asking, statement)
          // Refused by privilege or by policy (42501), by what is only ever appended to (2F002), or it was not there.
          if (!['reached 0', '42501', '2F002'].includes(became)) done.push(`${who}: ${how} ${name}: ${became}`)
        }
      }
    expect(done).toEqual([])
    expect(tried).toBeGreaterThan(60)
  })
})

describe('the role itself', () => {
  it.each([
    ['becomes another role', 'set role postgres'],
    ['makes tables', 'create table public.mine (x int)'],
    ['turns row-level security off', 'alter table directory.person disable row level security'],
    ['drops a policy', 'drop policy seen on directory.person'],
    ['reads passwords of the server', 'select * from pg_authid'],
    ['reads the files of the server', `select pg_read_file('postgresql.conf')`],
    ['runs programs', `copy (select 1) to program 'true'`],
    ['empties a table', 'truncate directory.person'],
    ['reads the installation’s secrets', 'select * from access.secret'],
    ['reads sessions', 'select * from access.session'],
    ['moves the clock', `update db.clock set ahead = interval '1 day'`],
    ['chooses the cipher', `update cipher.chosen set suite = 'sm4'`],
    ['silences the trail', 'alter table audit.event disable trigger user'],
  ])('never %s', async (_what, statement) => {
    await expect(sql.raw(statement).execute(house.db)).rejects.toMatchObject({
      code: expect.stringMatching(/^(42501|42P17|22023|0A000)$/),
    })
  })

  it('is no superuser and does not go round row-level security', async () => {
    const { rows } =
      await sql`select r.rolsuper, r.rolbypassrls, r.rolcreaterole, r.rolcreatedb, r.rolreplication from pg_roles r where r.rolname = 'qiangshi_app'`.execute(
        house.db,
      )
    expect(rows).toEqual([
      { rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false, rolreplication: false },
    ])
  })
})

it('functions that act as the owner cannot be led elsewhere, and are nobody’s but the program’s', async () => {
  const { rows } = await sql<{ name: string; fixed: boolean; open: boolean }>`select p.oid::regprocedure::text as name,
      exists (select from unnest(p.proconfig) c where c ~ '^search_path=.*pg_temp$') as fixed,
      has_function_privilege('public', p.oid, 'execute') and has_schema_privilege('public', n.oid, 'usage') as open
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where p.prosecdef and n.nspname not in ('pg_catalog', 'information_schema', 'pgboss')`.execute(house.owner)
  expect(rows.length).toBeGreaterThan(30)
  expect(rows.filter(({ fixed, open }) => !fixed || open)).toEqual([])
})
