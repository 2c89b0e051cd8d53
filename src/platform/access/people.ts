/** Accounts of people: opened when somebody is taken on, moved along with the person. One statement a table, however many. */
import { type RawBuilder, sql } from 'kysely'
import { record } from '../audit/index.ts'
import type { Act } from '../db/index.ts'

export type Opened = { personId: string; login: string; name: string; orgId: string; orgPath: string }
export type Moved = { personId: string; orgId: string; orgPath: string }

/**
 * Opens accounts without a password, with the role of a teacher; a person who has one keeps it. Where the login is somebody else's
 * already, the account gets the next free one made from it, `t0012-2`. Returns the logins that differ from those wanted.
 */
export async function openAccounts<T>(act: Act<T>, people: Opened[]): Promise<{ wanted: string; login: string }[]> {
  if (people.length === 0) return []
  const rows = people.map(({ personId, login, name, orgId, orgPath }) => ({
    person_id: personId,
    login,
    name,
    org_id: orgId,
    org_path: orgPath,
  }))
  return openAccountsFor(
    act,
    sql`select r.* from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(person_id uuid, login text, name text, org_id uuid, org_path ltree)`,
  )
}

/** The same for the people of a query: `person_id, login, name, org_id, org_path`. */
export async function openAccountsFor<T>(
  act: Act<T>,
  people: RawBuilder<unknown>,
): Promise<{ wanted: string; login: string }[]> {
  const { rows } = await sql<{ wanted: number; opened: number }>`with wanted as materialized (
      select gen_random_uuid() as id, w.person_id, lower(w.login) as login, w.name, w.org_id, w.org_path from (${people}) w
    ), opened as (
      insert into access.account (id, login, person_id, name, org_id, org_path) select w.id, w.login, w.person_id, w.name, w.org_id, w.org_path from wanted w
      on conflict do nothing returning id, org_id, org_path
    ), teaching as (
      insert into access.assignment (account_id, id, role, org_id, org_path, during, granted_by)
      select o.id, gen_random_uuid(), 'teacher', o.org_id, o.org_path, daterange(null, null), db.account() from opened o
    ) select (select count(*) from wanted)::int as wanted, (select count(*) from opened)::int as opened`.execute(act.tx)
  if (rows[0]!.opened === rows[0]!.wanted) return []
  const { rows: others } = await sql<{ wanted: string; login: string }>`with wanted as materialized (
      select w.person_id, lower(w.login) as wanted, w.name, w.org_id, w.org_path from (${people}) w
      where not exists (select from access.account a where a.person_id = w.person_id)
    ), opened as (
      insert into access.account (id, login, person_id, name, org_id, org_path)
      select gen_random_uuid(), t.free, w.person_id, w.name, w.org_id, w.org_path from wanted w
        join access.taken_logins((select array_agg(x.wanted) from wanted x)) t on t.login = w.wanted
      on conflict do nothing returning id, person_id, login, org_id, org_path
    ), teaching as (
      insert into access.assignment (account_id, id, role, org_id, org_path, during, granted_by)
      select o.id, gen_random_uuid(), 'teacher', o.org_id, o.org_path, daterange(null, null), db.account() from opened o
    ) select w.wanted, o.login from opened o join wanted w on w.person_id = o.person_id order by w.wanted`.execute(
    act.tx,
  )
  return others
}

/** Which of these logins (lower case, a `text[]`) are somebody's already, each with the free one that would be taken instead. */
export async function takenLogins<T>(act: Act<T>, logins: RawBuilder<unknown>): Promise<Map<string, string>> {
  const { rows } = await sql<{
    login: string
    free: string
  }>`select t.login, t.free from access.taken_logins(${logins}) t`.execute(act.tx)
  return new Map(rows.map(({ login, free }) => [login, free]))
}

type Called = { number: string; name: string }

/**
 * Lets the account of a person whose number or name was corrected follow: its name, and its login where that was made from the
 * number. Returns the login where it changed, which is another than the number where that one is taken.
 */
export async function renameAccount<T>(
  act: Act<T>,
  personId: string,
  { was, now }: { was: Called; now: Called },
): Promise<string | null> {
  const { rows } = await sql<{ id: string; login: string; name: string; orgPath: string; above: boolean }>`
    select a.id, a.login, a.name, a.org_path::text, access.office_above(a.id) as above
    from access.account a where a.person_id = ${personId} for update`.execute(act.tx)
  const account = rows[0]
  if (!account) return null
  const old = was.number.toLowerCase()
  // Whoever stands above the one who corrects the number signs in as before.
  const made =
    !account.above &&
    (account.login === old ||
      (account.login.startsWith(`${old}-`) && /^\d+$/.test(account.login.slice(old.length + 1))))
  const wanted = now.number.toLowerCase()
  const login =
    made && old !== wanted ? ((await takenLogins(act, sql`${[wanted]}::text[]`)).get(wanted) ?? wanted) : account.login
  if (login === account.login && now.name === account.name) return null
  await sql`update access.account set login = ${login}, name = ${now.name} where id = ${account.id}`.execute(act.tx)
  const changed = (from: { login: string; name: string }) => ({
    ...(login === account.login ? {} : { login: from.login }),
    ...(now.name === account.name ? {} : { name: from.name }),
  })
  await record(act, {
    action: 'access.account_renamed',
    subject: { kind: 'account', id: account.id },
    about: personId,
    orgPath: account.orgPath,
    before: changed(account),
    after: changed({ login, name: now.name }),
  })
  return login === account.login ? null : login
}

/** The names of accounts after those of their people: `person_id, name`. */
export async function renameAccountsFor<T>(act: Act<T>, people: RawBuilder<unknown>): Promise<void> {
  await sql`update access.account a set name = r.name from (${people}) r where a.person_id = r.person_id and a.name <> r.name`.execute(
    act.tx,
  )
}

/** Moves accounts to another organisation: the role of a teacher goes along, roles in the office of the old one end today. */
export async function moveAccounts<T>(act: Act<T>, people: Moved[]): Promise<void> {
  if (people.length === 0) return
  const rows = people.map((person) => ({ person_id: person.personId, org_id: person.orgId, org_path: person.orgPath }))
  const moved = sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(person_id uuid, org_id uuid, org_path ltree)`
  await sql`update access.assignment s set during = daterange(lower(s.during), db.today()) from access.account a, ${moved}
    where a.person_id = r.person_id and s.account_id = a.id and s.role <> 'teacher' and s.org_id = a.org_id and s.during @> db.today() and (lower_inf(s.during) or lower(s.during) < db.today())`.execute(
    act.tx,
  )
  await sql`update access.assignment s set org_id = r.org_id, org_path = r.org_path from access.account a, ${moved}
    where a.person_id = r.person_id and s.account_id = a.id and s.role = 'teacher'`.execute(act.tx)
  await sql`update access.account a set org_id = r.org_id, org_path = r.org_path from ${moved} where a.person_id = r.person_id`.execute(
    act.tx,
  )
}

/**
 * Gives a role that reaches oneself only to accounts that do not have it, at the organisation that gives it. Returns to how many.
 * Accounts and organisation must be in scope.
 */
export async function giveOwnRole<T>(
  act: Act<T>,
  role: 'expert',
  { accountIds, orgId, orgPath }: { accountIds: readonly string[]; orgId: string; orgPath: string },
): Promise<number> {
  const { rows } = await sql<{
    accountId: string
  }>`insert into access.assignment (account_id, id, role, org_id, org_path, during, granted_by)
    select a.id, gen_random_uuid(), ${role}, ${orgId}, ${orgPath}::ltree, daterange(db.today(), null), db.account() from access.account a
    where a.id = any (${accountIds}::uuid[])
      and not exists (select from access.assignment s where s.account_id = a.id and s.role = ${role} and s.during @> db.today()) returning account_id`.execute(
    act.tx,
  )
  await record(
    act,
    ...rows.map(({ accountId }) => ({
      action: 'access.role_granted',
      subject: { kind: 'account', id: accountId },
      orgPath,
      after: { role },
    })),
  )
  return rows.length
}
