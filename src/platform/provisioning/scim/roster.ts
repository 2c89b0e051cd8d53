/** Who a holder is told of, and of each what may be told: one statement finds a page, one reads it. Row-level security draws the line again underneath. */
import { type RawBuilder, sql } from 'kysely'
import type { House } from '../../access/index.ts'
import { type Act, setBased } from '../../db/index.ts'
import { giveNames, type Holder } from '../tokens/holder.ts'
import type { Attribute, Attributes } from './attributes.ts'
import { instant } from './form.ts'
import type { RosterSource } from './sources.ts'
import { ENTERPRISE, TEACHER } from './urns.ts'

/** What is told of everybody, whatever the scopes: that somebody is there, under which name, and whether they may sign in. */
export type Person = {
  key: string
  id: string
  active: boolean
  lastModified: string
  created: string | null
  name: string | null
  number: string | null
  locale: string | null
  orgId: string | null
  orgName: string | null
  district: string | null
  department: string | null
  roles: string[] | null
} & Record<string, unknown>

type Coded = { value: string; display: string }
export type Extra = Record<string, Coded[] | null>

/** Whether a scope reaches a row: of platforms that rest on consent each person's own answer counts. */
function told(holder: Holder, scope: string): RawBuilder<boolean> | boolean {
  if (!holder.scopes.includes(scope)) return false
  return holder.consent ? sql<boolean>`(${scope} = any (c.scopes))` : true
}
const only = (holder: Holder, scope: string, value: RawBuilder<unknown>): RawBuilder<unknown> | null => {
  const may = told(holder, scope)
  if (may === false) return null
  return may === true ? value : sql`case when ${may} then ${value} end`
}
const onlyRows = (holder: Holder, scope: string, rows: RawBuilder<unknown>): RawBuilder<unknown> | null => {
  const may = told(holder, scope)
  if (may === false) return null
  return may === true ? rows : sql`select * from (${rows}) r where ${may}`
}

/** Rows `u`, with `o` where they belong and `s` by which name they are known. `keys` narrows them before anything is joined. */
function people(holder: Holder, keys?: RawBuilder<unknown>): RawBuilder<unknown> {
  const among = (column: RawBuilder<unknown>) => (keys ? sql`and ${column} = any (${keys})` : sql``)
  const meant =
    holder.roles.length === 0
      ? sql``
      : sql`and exists (select from access.assignment r where r.account_id = u.account_id and r.role = any (${holder.roles}::text[])
          and r.org_path <@ ${holder.orgPath}::ltree and r.during @> db.today())`
  const let_ = holder.consent ? sql`join provisioning.consented() c on c.account_id = u.account_id` : sql``
  return sql`(
      select p.id as key, p.id as person_id, a.id as account_id, p.name, p.number, a.locale, a.disabled_at, a.ends_on, p.org_id
      from directory.person p left join access.account a on a.person_id = p.id and a.kind = 'person'
      where p.org_path <@ any ((select db.scope())::ltree[]) ${among(sql`p.id`)}
      union all
      select a.id, null, a.id, a.name, null, a.locale, a.disabled_at, a.ends_on, a.org_id from access.account a
      where a.kind = 'person' and a.person_id is null and a.org_path <@ any ((select db.scope())::ltree[]) ${among(sql`a.id`)}
    ) u join directory.organisation o on o.id = u.org_id ${let_}
    left join provisioning.subject s on s.holder_id = ${holder.holderId}::uuid and s.key = u.key
    where (u.account_id is not null or exists (select from directory.employment e where e.person_id = u.person_id and e.during @> db.today())) ${meant}`
}

const active = sql`(u.account_id is not null and u.disabled_at is null and coalesce(u.ends_on >= db.today(), true)
  and (u.person_id is null or exists (select from directory.employment e where e.person_id = u.person_id and e.during @> db.today())))`

/** When anything of it was changed; or the day on which an employment began or ended by itself. Not before changes are noted. */
const lastModified = sql`greatest((select w.since from provisioning.watch w), (select h.at from provisioning.change h where h.key = u.key),
  (select max(d.day)::timestamp at time zone 'Asia/Shanghai' from directory.employment e cross join lateral (values (lower(e.during)), (upper(e.during))) d(day)
    where e.person_id = u.person_id and d.day <= db.today()))`

const orgName = sql`case when o.kind = 'department' then coalesce((select q.name from directory.organisation q where q.id = o.parent_id), o.name) else o.name end`
const department = sql`case when o.kind = 'department' then o.name end`
const district = sql`(select d.name from directory.organisation d where d.kind = 'district' and d.path @> o.path)`
const userName = (holder: Holder) => sql`coalesce(${only(holder, 'number', sql`u.number`) ?? sql`null::text`}, s.id)`
const roleRows = sql`select distinct r.role as value from access.assignment r where r.account_id = u.account_id and r.during @> db.today()`
const groupRows = sql`select o.id::text as value, o.name as display`

/** What this holder may filter and order by: what it is not told it cannot ask for either. */
export function attributesFor(holder: Holder, sources: readonly RosterSource[]): Attributes {
  const found = new Map<string, Attribute>()
  const single = (
    path: string,
    value: RawBuilder<unknown> | null,
    kind: 'string' | 'boolean' | 'dateTime',
    exact = false,
  ) => value && found.set(path.toLowerCase(), { kind, exact, sql: value })
  const several = (path: string, rows: RawBuilder<unknown> | null, columns: Record<string, { exact?: boolean }>) =>
    rows && found.set(path.toLowerCase(), { rows, columns })
  single('id', sql`s.id`, 'string', true)
  single('userName', userName(holder), 'string')
  single('active', active, 'boolean')
  single('meta.lastModified', lastModified, 'dateTime')
  single('displayName', only(holder, 'profile', sql`u.name`), 'string')
  single('name.formatted', only(holder, 'profile', sql`u.name`), 'string')
  single('preferredLanguage', only(holder, 'profile', sql`u.locale`), 'string')
  single(`${ENTERPRISE}:employeeNumber`, only(holder, 'number', sql`u.number`), 'string')
  single(`${ENTERPRISE}:organization`, only(holder, 'school', orgName), 'string')
  single(`${ENTERPRISE}:department`, only(holder, 'school', department), 'string')
  single(`${ENTERPRISE}:division`, only(holder, 'school', district), 'string')
  several('groups', onlyRows(holder, 'school', groupRows), { value: { exact: true }, display: {} })
  several('roles', onlyRows(holder, 'roles', roleRows), { value: { exact: true } })
  for (const { scope, name, rows } of sources)
    several(`${TEACHER}:${name}`, onlyRows(holder, scope, rows(sql`u.person_id`)), {
      value: { exact: true },
      display: {},
    })
  return found
}

/** Who belongs where, `org_id, id`, by the names this holder knows; null where it is not told where people belong. */
export const belonging = (holder: Holder): RawBuilder<unknown> | null => {
  const may = told(holder, 'school')
  if (may === false) return null
  return sql`select u.org_id, s.id from ${people(holder)} and s.id is not null ${may === true ? sql`` : sql`and ${may}`}`
}

export type Order = { by: RawBuilder<unknown>; descending: boolean }
export type Asked = { where: RawBuilder<boolean> | null; order: Order | null; startIndex: number; count: number }

/** A holder is told of thousands as a rule: what is asked of all of them is not asked one by one. */
export const POPULATION = 5_000

/** Keys of one page and how many there are in all; whoever has no name yet gets one first. */
export async function pageOf(
  act: Act,
  house: House,
  holder: Holder,
  { where, order, startIndex, count }: Asked,
): Promise<{ keys: string[]; total: number }> {
  await setBased(act, POPULATION)
  const hit = sql`${people(holder)} ${where ? sql`and ${where}` : sql``}`
  const counted = async (): Promise<number> => {
    const { rows } = await sql<{ total: number }>`select count(*)::int as total from ${hit}`.execute(act.tx)
    return rows[0]!.total
  }
  // Whoever has no name yet would not be found by it.
  if (where) await nameAll(act, house, holder)
  if (count === 0) return { keys: [], total: await counted() }
  const sorted = order
    ? order.descending
      ? sql`(${order.by}) desc nulls first,`
      : sql`(${order.by}) asc nulls last,`
    : sql``
  const page = () =>
    sql<{
      key: string
      total: number
      unnamed: boolean
    }>`select u.key, count(*) over ()::int as total, bool_or(s.id is null) over () as unnamed
      from ${hit} order by ${sorted} s.id limit ${count} offset ${startIndex - 1}`.execute(act.tx)
  let { rows } = await page()
  if (rows[0]?.unnamed) {
    await nameAll(act, house, holder)
    rows = (await page()).rows
  }
  return { keys: rows.map(({ key }) => key), total: rows[0]?.total ?? (startIndex === 1 ? 0 : await counted()) }
}

/** Everybody who is told of and has no name yet; nothing is written where all of them have one. */
export async function nameAll(act: Act, house: House, holder: Holder, keys?: readonly string[]): Promise<void> {
  const { rows } = await sql<{ key: string; accountId: string | null }>`select u.key, u.account_id
    from ${people(holder, keys && sql`${keys}::uuid[]`)} and s.id is null`.execute(act.tx)
  if (rows.length > 0) await giveNames(act, house, holder, rows)
}

/** The key of whom a holder knows by this name, while it is told of them. */
export async function keyOf(act: Act, holder: Holder, id: string): Promise<string | undefined> {
  const { rows } = await sql<{
    key: string
  }>`select x.key from provisioning.subject x where x.holder_id = ${holder.holderId} and x.id = ${id}`.execute(act.tx)
  return rows[0]?.key
}

/** What is told of these people, in their order; whoever is not told of is not among them. */
export async function read(
  act: Act,
  holder: Holder,
  sources: readonly RosterSource[],
  keys: readonly string[],
): Promise<(Person & Extra)[]> {
  if (keys.length === 0) return []
  const value = (scope: string, one: RawBuilder<unknown>, type: string) =>
    sql`${only(holder, scope, one) ?? sql`null`}::${sql.raw(type)}`
  const coded = (rows: RawBuilder<unknown> | null) =>
    rows
      ? sql`(select jsonb_agg(jsonb_build_object('value', r.value, 'display', r.display) order by r.value) from (${rows}) r)`
      : sql`null::jsonb`
  const extra = sources.map(
    ({ scope, name, rows }) =>
      sql`, ${coded(onlyRows(holder, scope, rows(sql`u.person_id`)))} as ${sql.ref(`x_${name}`)}`,
  )
  const roles = onlyRows(holder, 'roles', roleRows)
  const { rows } = await sql<
    Person & Extra
  >`select u.key, s.id, ${active} as active, ${instant(lastModified)} as last_modified,
      ${value('profile', sql`u.name`, 'text')} as name, ${value('profile', sql`u.locale`, 'text')} as locale, ${value('number', sql`u.number`, 'text')} as number,
      ${value('school', sql`o.id`, 'text')} as org_id, ${value('school', orgName, 'text')} as org_name, ${value('school', department, 'text')} as department,
      ${value('school', sql`o.name`, 'text')} as group_name, ${value('school', district, 'text')} as district,
      ${roles ? sql`(select array_agg(r.value order by r.value) from (${roles}) r)` : sql`null::text[]`} as roles ${sql.join(extra, sql``)}
    from ${people(holder, sql`${keys}::uuid[]`)} and s.id is not null
    order by array_position(${keys}::uuid[], u.key)`.execute(act.tx)
  return rows
}

/**
 * Names of these people by key, for word that is sent to a holder. Whoever is gone from the record is still named to a holder that rests on
 * nobody's consent and is told of everybody, if it knew them.
 */
export async function namesOf(
  act: Act,
  house: House,
  holder: Holder,
  keys: readonly string[],
): Promise<Map<string, string>> {
  if (keys.length === 0) return new Map()
  await setBased(act, keys.length)
  await nameAll(act, house, holder, keys)
  const known =
    holder.consent || holder.roles.length > 0
      ? sql``
      : sql`union select x.key, x.id from provisioning.subject x where x.holder_id = ${holder.holderId} and x.key = any (${keys}::uuid[])`
  const { rows } = await sql<{ key: string; id: string }>`select u.key, s.id
    from ${people(holder, sql`${keys}::uuid[]`)} and s.id is not null ${known}`.execute(act.tx)
  return new Map(rows.map(({ key, id }) => [key, id]))
}
