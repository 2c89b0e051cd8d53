/** Commands on accounts and roles. */
import { sql } from 'kysely'
import { invalid, notFound, Refusal } from '../../base/errors.ts'
import { newId } from '../../base/ids.ts'
import { record } from '../audit/index.ts'
import type { Act } from '../db/index.ts'
import { giveRole, roleInScope, takeRole } from './assignments.ts'
import { giveInitialPassword } from './initial.ts'
import { assertMayGive, isTrusted } from './oversight/trust.ts'
import { hashPassword, initialPassword } from './passwords.ts'
import { accountInScope, pathInScope } from './places.ts'
import { ROLES, type Role } from './roles.ts'
import { closeOthers } from './sessions/end.ts'
import { type Asker, assertNotAbove, holdsOffice, isWithinReach } from './standing.ts'
import type { AccessTables } from './tables.ts'

type NewAccount = { login: string; name: string; orgId: string; personId?: string }

/** Creates an account in scope; the initial password is told once and must be changed. */
export async function createAccount(
  act: Act<AccessTables>,
  input: NewAccount,
): Promise<{ id: string; initialPassword: string }> {
  const orgPath = await pathInScope(act, input.orgId)
  const login = input.login.toLowerCase()
  const { rows: taken } = await sql<{ id: string }>`select f.id from access.find_login(${login}) f`.execute(act.tx)
  if (taken.length > 0) throw invalid('access.login_taken', { login })
  if (input.personId !== undefined) await assertPersonInScope(act, input.personId)
  const id = newId()
  const password = initialPassword()
  await act.tx
    .insertInto('access.account')
    .values({
      id,
      login,
      name: input.name,
      personId: input.personId ?? null,
      passwordHash: await hashPassword(password),
      mustChange: true,
      orgId: input.orgId,
      orgPath,
    })
    .execute()
  await record(act, {
    action: 'access.account_created',
    subject: { kind: 'account', id },
    orgPath,
    after: { login, orgId: input.orgId },
  })
  return { id, initialPassword: password }
}

/**
 * Sets a new initial password and ends every session of the account. Nobody does so to whoever stands above them, nor alone to whoever runs,
 * guards or checks the system: who could would be that person.
 * @throws Refusal `not_found`, `access.above_you`, `access.reset_apart`
 */
export async function resetPassword(act: Act<AccessTables>, asker: Asker, accountId: string): Promise<string> {
  const account = await accountInScope(act, accountId)
  await assertNotAbove(act, asker, account.id)
  if (await holdsOffice(act, account.id)) throw new Refusal('forbidden', 'access.reset_apart')
  return giveInitialPassword(act, account)
}

export async function setDisabled(
  act: Act<AccessTables>,
  asker: Asker,
  accountId: string,
  disabled: boolean,
): Promise<void> {
  const account = await accountInScope(act, accountId)
  if (account.id === act.actor.account) throw invalid('access.not_oneself')
  await assertNotAbove(act, asker, account.id)
  await act.tx
    .updateTable('access.account')
    .set({ disabledAt: disabled ? act.now : null })
    .where('id', '=', account.id)
    .execute()
  if (disabled) await closeOthers(act, account.id, undefined)
  await record(act, {
    action: disabled ? 'access.account_disabled' : 'access.account_enabled',
    subject: { kind: 'account', id: account.id },
    orgPath: account.orgPath,
  })
}

/** Gives a role at an organisation, both within the scope of whoever gives it. */
export async function grantRole(
  act: Act<AccessTables>,
  asker: Asker,
  input: { accountId: string; role: string; orgId: string },
): Promise<void> {
  if (!Object.hasOwn(ROLES, input.role)) throw invalid('access.unknown_role', { role: input.role })
  const role = input.role as Role
  const account = await accountInScope(act, input.accountId)
  if (account.id === act.actor.account) throw invalid('access.not_oneself')
  const orgPath = await pathInScope(act, input.orgId)
  await assertNotAbove(act, asker, account.id)
  if (!isWithinReach(asker, act.scope.paths, role, orgPath)) throw new Refusal('forbidden', 'access.above_you')
  await assertMayGive(act, role, orgPath)
  await giveRole(act, { account: account.id, role, orgId: input.orgId, orgPath })
}

/** Ends a role today. The last administrator of an organisation cannot be removed. */
export async function endRole(
  act: Act<AccessTables>,
  asker: Asker,
  input: { accountId: string; assignmentId: string },
): Promise<void> {
  const row = await roleInScope(act, input)
  await assertNotAbove(act, asker, input.accountId)
  if (isTrusted(row.role)) throw new Refusal('forbidden', 'access.trust_apart')
  if (row.role === 'administrator' && row.others === 0) throw invalid('access.last_administrator')
  await takeRole(act, input, row)
}

/** An account sees what is its person's own: it is opened for nobody out of scope, and for nobody who has one. */
async function assertPersonInScope(act: Act<AccessTables>, personId: string): Promise<void> {
  const { rows } = await sql<{ login: string | null }>`select a.login from directory.person p
    left join access.account a on a.person_id = p.id where p.id = ${personId} and p.org_path <@ any (db.scope())`.execute(
    act.tx,
  )
  if (!rows[0]) throw notFound('person')
  if (rows[0].login !== null) throw invalid('access.person_has_account', { login: rows[0].login })
}
