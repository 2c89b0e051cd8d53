/** Security administrators and auditors are made by security administrators; the first one of a place by its administrator. */
import { sql } from 'kysely'
import { invalid, Refusal } from '../../../base/errors.ts'
import type { Act } from '../../db/index.ts'
import { giveRole, roleInScope, takeRole } from '../assignments.ts'
import { accountInScope, pathInScope } from '../places.ts'
import type { Role } from '../roles.ts'

/** Who watches over administrators is not chosen by them. */
export const isTrusted = (role: Role): role is 'security' | 'auditor' => role === 'security' || role === 'auditor'

const guardsOver = async <T>(act: Act<T>, orgPath: string): Promise<number> => {
  const { rows } = await sql<{
    n: number
  }>`select count(*)::int as n from access.watchers(${orgPath}::ltree, '{security}')`.execute(act.tx)
  return rows[0]!.n
}

/** Refuses an administrator such a role, except the first: while nobody guards that place. @throws Refusal `access.trust_apart` */
export async function assertMayGive<T>(act: Act<T>, role: Role, orgPath: string): Promise<void> {
  if (isTrusted(role) && (await guardsOver(act, orgPath)) > 0) throw new Refusal('forbidden', 'access.trust_apart')
}

/** @throws Refusal `not_found`, `access.not_oneself`, `access.roles_apart` */
export async function grantTrust<T>(
  act: Act<T>,
  input: { accountId: string; role: 'security' | 'auditor'; orgId: string },
): Promise<void> {
  const account = await accountInScope(act, input.accountId)
  if (account.id === act.actor.account) throw invalid('access.not_oneself')
  const orgPath = await pathInScope(act, input.orgId)
  await giveRole(act, { account: account.id, role: input.role, orgId: input.orgId, orgPath })
}

/** @throws Refusal `not_found`, `access.not_oneself`, `access.trust_only` */
export async function endTrust<T>(act: Act<T>, input: { accountId: string; assignmentId: string }): Promise<void> {
  const held = await roleInScope(act, input)
  if (!isTrusted(held.role)) throw new Refusal('forbidden', 'access.trust_only')
  if (input.accountId === act.actor.account) throw invalid('access.not_oneself')
  await takeRole(act, input, held)
}
