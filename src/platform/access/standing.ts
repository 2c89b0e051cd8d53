/** Who stands above whom: whoever holds a role beyond one's reach, or one that may do more there, is not one's to act on. */
import { sql } from 'kysely'
import { Refusal } from '../../base/errors.ts'
import type { Act } from '../db/index.ts'
import type { SignedIn } from './actors.ts'
import { isApart, type Permissions, ROLES, type Role } from './roles.ts'

/** Who acts and what the roles of the house may do. */
export type Asker = { actor: SignedIn; permissions: Permissions }

/** Gives and ends roles: whoever holds it over an organisation is above every role there. */
const GIVES_ROLES = 'access.role.write'

const within = (path: string, above: string): boolean => path === above || path.startsWith(`${above}.`)

/** Whether one of the actor's roles that reach beyond oneself holds the permission over this place in the tree. */
const holdsOver = ({ actor, permissions }: Asker, permission: string, path: string): boolean =>
  actor.assignments.some(
    ({ role, orgPath }) =>
      ROLES[role].reach === 'subtree' && permissions.holds(role, permission) && within(path, orgPath),
  )

/** Whether a role there is no more than the actor's own: within the scope of the act, and nothing in it that the actor may not do there. */
export function isWithinReach(asker: Asker, scope: readonly string[], role: Role, path: string): boolean {
  if (!scope.some((above) => within(path, above))) return false
  // A teacher acts for nobody else; an expert scores and votes, and whoever could sign in for one would do so in their place.
  if (role === 'teacher' || holdsOver(asker, GIVES_ROLES, path)) return true
  return asker.permissions.of([role]).every((permission) => holdsOver(asker, permission, path))
}

/**
 * Refuses an act on an account that has, or is about to have, a role beyond the actor's.
 * @throws Refusal `access.above_you`
 */
export async function assertNotAbove<T>(act: Act<T>, asker: Asker, account: string): Promise<void> {
  const { rows } = await sql<{
    role: Role
    orgPath: string
  }>`select t.role, t.org_path from access.standing(${account}) t`.execute(act.tx)
  if (rows.some(({ role, orgPath }) => !isWithinReach(asker, act.scope.paths, role, orgPath)))
    throw new Refusal('forbidden', 'access.above_you')
}

/** Whether an account runs, guards or checks the system, today or from a later day on: its password is not one person's to set. */
export async function holdsOffice<T>(act: Act<T>, account: string): Promise<boolean> {
  const { rows } = await sql<{ role: Role }>`select t.role from access.standing(${account}) t`.execute(act.tx)
  return rows.some(({ role }) => isApart(role))
}
