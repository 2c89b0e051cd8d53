/** Commands on accounts, sessions and roles. */
import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { invalid, notFound, Refusal } from '../../base/errors.ts'
import { newId } from '../../base/ids.ts'
import { record } from '../audit/index.ts'
import type { Act } from '../db/index.ts'
import { tokenHash } from './actors.ts'
import { assertGoodPassword, hashPassword, initialPassword, NO_ONE, passwordMatches } from './passwords.ts'
import { ROLES, type Role } from './roles.ts'
import { type Asker, assertNotAbove, isWithinReach } from './standing.ts'
import type { AccessTables } from './tables.ts'

/** Five wrong passwords lock an account for fifteen minutes. */
const MOST_FAILURES = 5
const LOCK_FOR = '15 minutes'
const SESSION_TTL = '12 hours'

type Found = {
  id: string
  personId: string | null
  name: string
  passwordHash: string | null
  mustChange: boolean
  locked: boolean
  disabled: boolean
  orgPath: string
}
type From = { ip?: string; agent?: string }

/** Checks a password and opens a session. The answer to an unknown login and to a wrong password is the same. */
export async function signIn<T>(
  act: Act<T>,
  login: string,
  password: string,
  from: From,
): Promise<{ token: string; mustChange: boolean } | Refusal> {
  const { rows } = await sql<Found>`select f.* from access.find_login(${login}) f`.execute(act.tx)
  const found = rows[0]
  const matches = await passwordMatches(found?.passwordHash ?? NO_ONE, password).catch(() => false)
  if (found?.locked) return new Refusal('limited', 'access.locked')
  const succeeded = matches && found !== undefined && found.passwordHash !== null && !found.disabled
  if (found)
    await sql`select access.note_attempt(${found.id}, ${succeeded}, ${MOST_FAILURES}, ${LOCK_FOR}::interval)`.execute(
      act.tx,
    )
  // Whoever has signed in is known by now; who failed to is nobody yet.
  const who = succeeded
    ? { ...act, actor: { ...act.actor, account: found.id, person: found.personId, name: found.name } }
    : act
  await record(who, {
    action: succeeded ? 'access.signed_in' : 'access.sign_in_failed',
    ...(found ? { subject: { kind: 'account', id: found.id }, orgPath: found.orgPath } : {}),
  })
  // Whoever knows the password may know why it is no use.
  if (matches && found?.disabled) return new Refusal('forbidden', 'access.account_disabled')
  if (!succeeded) return new Refusal('unauthenticated', 'access.wrong_login')
  const token = randomBytes(32).toString('base64url')
  await sql`select access.open_session(${tokenHash(token)}, ${found.id}, ${SESSION_TTL}::interval, ${from.ip ?? null}, ${from.agent?.slice(0, 200) ?? null})`.execute(
    act.tx,
  )
  return { token, mustChange: found.mustChange }
}

export async function signOut<T>(act: Act<T>, token: string): Promise<void> {
  await sql`select access.close_session(${tokenHash(token)})`.execute(act.tx)
}

/** Changes one's own password and ends one's other sessions. */
export async function changePassword(
  act: Act<AccessTables>,
  input: { current: string; next: string },
  token: string | undefined,
): Promise<void> {
  const account = await act.tx
    .selectFrom('access.account')
    .select(['id', 'login', 'passwordHash'])
    .where('id', '=', act.actor.account)
    .executeTakeFirst()
  if (!account) throw notFound('account')
  if (!account.passwordHash || !(await passwordMatches(account.passwordHash, input.current)))
    throw invalid('access.wrong_current')
  if (input.current === input.next) throw invalid('access.password_same')
  assertGoodPassword(input.next, account.login)
  const passwordHash = await hashPassword(input.next)
  await act.tx
    .updateTable('access.account')
    .set({ passwordHash, mustChange: false })
    .where('id', '=', account.id)
    .execute()
  await closeOthers(act, account.id, token)
  await record(act, { action: 'access.password_changed', subject: { kind: 'account', id: account.id } })
}

export async function closeOthers<T>(act: Act<T>, account: string, token: string | undefined): Promise<void> {
  await sql`select access.close_others(${account}, ${token ? tokenHash(token) : null})`.execute(act.tx)
}

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

/** Sets a new initial password and ends every session of the account. Nobody does so to whoever stands above them. */
export async function resetPassword(act: Act<AccessTables>, asker: Asker, accountId: string): Promise<string> {
  const account = await accountInScope(act, accountId)
  await assertNotAbove(act, asker, account.id)
  const password = initialPassword()
  await act.tx
    .updateTable('access.account')
    .set({ passwordHash: await hashPassword(password), mustChange: true, failures: 0, lockedUntil: null })
    .where('id', '=', account.id)
    .execute()
  await closeOthers(act, account.id, undefined)
  await record(act, {
    action: 'access.password_reset',
    subject: { kind: 'account', id: account.id },
    orgPath: account.orgPath,
  })
  return password
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
  const account = await accountInScope(act, input.accountId)
  if (account.id === act.actor.account) throw invalid('access.not_oneself')
  const orgPath = await pathInScope(act, input.orgId)
  await assertNotAbove(act, asker, account.id)
  if (!isWithinReach(asker, act.scope.paths, input.role as Role, orgPath))
    throw new Refusal('forbidden', 'access.above_you')
  await sql`insert into access.assignment (account_id, id, role, org_id, org_path, during, granted_by)
    select ${account.id}, ${newId()}, ${input.role as Role}, ${input.orgId}, ${orgPath}::ltree, daterange(db.today(), null), ${act.actor.account}
    where not exists (select from access.assignment a where a.account_id = ${account.id} and a.role = ${input.role}
      and a.org_id = ${input.orgId} and a.during @> db.today())`.execute(act.tx)
  await record(act, {
    action: 'access.role_granted',
    subject: { kind: 'account', id: account.id },
    orgPath,
    after: { role: input.role, orgId: input.orgId },
  })
}

/** Ends a role today. The last administrator of an organisation cannot be removed. */
export async function endRole(
  act: Act<AccessTables>,
  asker: Asker,
  input: { accountId: string; assignmentId: string },
): Promise<void> {
  const { rows } = await sql<{ role: string; orgPath: string; others: number }>`
    select a.role, a.org_path::text, (select count(*) from access.assignment o where o.role = 'administrator'
      and o.during @> db.today() and o.id <> a.id and o.org_path @> a.org_path) as others
    from access.assignment a where a.account_id = ${input.accountId} and a.id = ${input.assignmentId} and a.during @> db.today()
      and a.org_path <@ any (db.scope())`.execute(act.tx)
  const row = rows[0]
  if (!row) throw notFound('assignment')
  await assertNotAbove(act, asker, input.accountId)
  if (row.role === 'administrator' && row.others === 0) throw invalid('access.last_administrator')
  // A role given today is emptied to a range that holds no day; an older one ends yesterday.
  await sql`update access.assignment a set during = daterange(lower(a.during), greatest(lower(a.during), db.today()))
    where a.account_id = ${input.accountId} and a.id = ${input.assignmentId}`.execute(act.tx)
  await record(act, {
    action: 'access.role_ended',
    subject: { kind: 'account', id: input.accountId },
    orgPath: row.orgPath,
    before: { role: row.role },
  })
}

async function accountInScope(act: Act<AccessTables>, id: string): Promise<{ id: string; orgPath: string }> {
  const { rows } = await sql<{ id: string; orgPath: string }>`select a.id, a.org_path::text from access.account a
    where a.id = ${id} and a.org_path <@ any (db.scope())`.execute(act.tx)
  if (!rows[0]) throw notFound('account')
  return rows[0]
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

async function pathInScope(act: Act<AccessTables>, orgId: string): Promise<string> {
  const { rows } = await sql<{ path: string }>`select o.path::text from directory.organisation o
    where o.id = ${orgId} and o.path <@ any (db.scope())`.execute(act.tx)
  if (!rows[0]) throw notFound('organisation')
  return rows[0].path
}
