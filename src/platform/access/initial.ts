/** A new initial password for an account that exists: the old one is gone, every session ends, and it is changed at the first sign-in. */
import { sql } from 'kysely'
import { record } from '../audit/index.ts'
import type { Act } from '../db/index.ts'
import { hashPassword, initialPassword } from './passwords.ts'
import { closeOthers } from './sessions/end.ts'

/** Who may do so is asked before. @returns the password, told this once */
export async function giveInitialPassword<T>(act: Act<T>, account: { id: string; orgPath: string }): Promise<string> {
  const password = initialPassword()
  await sql`update access.account set password_hash = ${await hashPassword(password)}, must_change = true, failures = 0, locked_until = null
    where id = ${account.id}`.execute(act.tx)
  await closeOthers(act, account.id, undefined)
  await record(act, {
    action: 'access.password_reset',
    subject: { kind: 'account', id: account.id },
    orgPath: account.orgPath,
  })
  return password
}
