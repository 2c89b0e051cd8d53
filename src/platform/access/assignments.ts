/** Giving and ending a role at an organisation; who may do so is asked before. */
import { sql } from 'kysely'
import { invalid, notFound } from '../../base/errors.ts'
import { newId } from '../../base/ids.ts'
import { record } from '../audit/index.ts'
import type { Act } from '../db/index.ts'
import { isApart, type Role } from './roles.ts'

type Given = { account: string; role: Role; orgId: string; orgPath: string }

/**
 * Gives a role from today on; where it is held there already, nothing changes.
 * @throws Refusal `access.roles_apart` where the account has another of the administrators' roles
 */
export async function giveRole<T>(act: Act<T>, { account, role, orgId, orgPath }: Given): Promise<void> {
  await assertApart(act, account, role)
  await sql`insert into access.assignment (account_id, id, role, org_id, org_path, during, granted_by)
    select ${account}, ${newId()}, ${role}, ${orgId}, ${orgPath}::ltree, daterange(db.today(), null), ${act.actor.account}
    where not exists (select from access.assignment a where a.account_id = ${account} and a.role = ${role}
      and a.org_id = ${orgId} and a.during @> db.today())`
    .execute(act.tx)
    .catch((error: { constraint?: string }) => {
      throw error.constraint === 'roles_apart' ? invalid('access.roles_apart') : error
    })
  await record(act, {
    action: 'access.role_granted',
    subject: { kind: 'account', id: account },
    orgPath,
    after: { role, orgId },
  })
}

/** Whoever runs the system neither guards it nor checks on it, wherever. The database holds to that as well. */
async function assertApart<T>(act: Act<T>, account: string, role: Role): Promise<void> {
  if (!isApart(role)) return
  const { rows } = await sql<{ role: Role }>`select t.role from access.standing(${account}) t`.execute(act.tx)
  const other = rows.find((held) => isApart(held.role) && held.role !== role)
  if (other) throw invalid('access.roles_apart')
}

export type Held = { role: Role; orgPath: string; others: number }

/** A role in scope, and how many other administrators there are over its organisation. @throws Refusal `not_found` */
export async function roleInScope<T>(
  act: Act<T>,
  { accountId, assignmentId }: { accountId: string; assignmentId: string },
): Promise<Held> {
  const { rows } = await sql<Held>`
    select a.role, a.org_path::text, (select count(*) from access.assignment o where o.role = 'administrator'
      and o.during @> db.today() and o.id <> a.id and o.org_path @> a.org_path) as others
    from access.assignment a where a.account_id = ${accountId} and a.id = ${assignmentId} and a.during @> db.today()
      and a.org_path <@ any (db.scope())`.execute(act.tx)
  if (!rows[0]) throw notFound('assignment')
  return rows[0]
}

/** A role given today is emptied to a range that holds no day; an older one ends yesterday. What was taken in an emergency goes with it. */
export async function takeRole<T>(
  act: Act<T>,
  { accountId, assignmentId }: { accountId: string; assignmentId: string },
  { role, orgPath }: Held,
): Promise<void> {
  await sql`update access.assignment a set during = daterange(lower(a.during), greatest(lower(a.during), db.today()))
    where a.account_id = ${accountId} and a.id = ${assignmentId}`.execute(act.tx)
  await sql`update access.emergency e set ended_at = now(), ended_by = ${act.actor.account}
    where e.account_id = ${accountId} and e.ended_at is null and e.ends_at > now()`.execute(act.tx)
  await record(act, {
    action: 'access.role_ended',
    subject: { kind: 'account', id: accountId },
    orgPath,
    before: { role },
  })
}
