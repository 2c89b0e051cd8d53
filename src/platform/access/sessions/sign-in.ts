/** Signing in with a password and out again, and one's own password. */
import { sql } from 'kysely'
import { invalid, notFound, Refusal } from '../../../base/errors.ts'
import { record } from '../../audit/index.ts'
import type { Act } from '../../db/index.ts'
import { tokenHash } from '../actors.ts'
import { assertGoodPassword, hashPassword, NO_ONE, passwordMatches } from '../passwords.ts'
import type { AccessTables } from '../tables.ts'
import { closeOthers } from './end.ts'
import { type Entered, type From, noteSignIn, openSession } from './open.ts'

/** Five wrong passwords lock an account for fifteen minutes. */
const MOST_FAILURES = 5
const LOCK_FOR = '15 minutes'

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

/**
 * Checks a password and opens a session, which waits for the second factor where there is one. The answer to an unknown login and to a
 * wrong password is the same.
 */
export async function signIn<T>(act: Act<T>, login: string, password: string, from: From): Promise<Entered | Refusal> {
  const { rows } = await sql<Found>`select f.* from access.find_login(${login}) f`.execute(act.tx)
  const found = rows[0]
  const matches = await passwordMatches(found?.passwordHash ?? NO_ONE, password).catch(() => false)
  if (found?.locked) {
    await noteSignIn(act, found.id, from, { outcome: 'locked', method: 'pwd' })
    return new Refusal('limited', 'access.locked')
  }
  const succeeded = matches && found !== undefined && found.passwordHash !== null && !found.disabled
  if (found)
    await sql`select access.note_attempt(${found.id}, ${succeeded}, ${MOST_FAILURES}, ${LOCK_FOR}::interval)`.execute(
      act.tx,
    )
  if (found && succeeded) return openSession(act, found.id, from, { method: 'pwd' })
  await record(act, {
    action: 'access.sign_in_failed',
    ...(found ? { subject: { kind: 'account', id: found.id }, orgPath: found.orgPath } : {}),
  })
  if (found)
    await noteSignIn(act, found.id, from, {
      outcome: matches && found.disabled ? 'disabled' : 'refused',
      method: 'pwd',
    })
  // Whoever knows the password may know why it is no use.
  if (matches && found?.disabled) return new Refusal('forbidden', 'access.account_disabled')
  return new Refusal('unauthenticated', 'access.wrong_login')
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
