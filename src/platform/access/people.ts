/** Accounts of people: opened when somebody is taken on, moved along with the person. One statement a table, however many. */
import { type RawBuilder, sql } from 'kysely'
import type { Act } from '../db/index.ts'

export type Opened = { personId: string; login: string; name: string; orgId: string; orgPath: string }
export type Moved = { personId: string; orgId: string; orgPath: string }

/** Opens accounts without a password, with the role of a teacher; a person who has one keeps it. */
export async function openAccounts<T>(act: Act<T>, people: Opened[]): Promise<void> {
  if (people.length === 0) return
  const rows = people.map(({ personId, login, name, orgId, orgPath }) => ({
    person_id: personId,
    login,
    name,
    org_id: orgId,
    org_path: orgPath,
  }))
  await openAccountsFor(
    act,
    sql`select r.* from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(person_id uuid, login text, name text, org_id uuid, org_path ltree)`,
  )
}

/** The same for the people of a query: `person_id, login, name, org_id, org_path`. */
export async function openAccountsFor<T>(act: Act<T>, people: RawBuilder<unknown>): Promise<void> {
  await sql`with wanted as materialized (
      select gen_random_uuid() as id, w.person_id, lower(w.login) as login, w.name, w.org_id, w.org_path from (${people}) w
    ), opened as (
      insert into access.account (id, login, person_id, name, org_id, org_path) select w.id, w.login, w.person_id, w.name, w.org_id, w.org_path from wanted w
      on conflict do nothing returning id, org_id, org_path
    )
    insert into access.assignment (account_id, id, role, org_id, org_path, during, granted_by)
    select o.id, gen_random_uuid(), 'teacher', o.org_id, o.org_path, daterange(null, null), db.account() from opened o`.execute(
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
