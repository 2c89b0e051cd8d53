/** From a session or an account to somebody who may act, and from a permission to how far they reach. */
import { createHash } from 'node:crypto'
import { type QueryExecutorProvider, sql } from 'kysely'
import { Refusal } from '../../base/errors.ts'
import { type Actor, prepared, type Scope } from '../db/index.ts'
import { type Permissions, ROLES, type Role } from './roles.ts'

export type Assignment = { role: Role; orgId: string; orgPath: string }
export type SignedIn = Actor & {
  account: string
  login: string
  mustChange: boolean
  locale: string
  assignments: Assignment[]
}

type Row = {
  id: string
  login: string
  personId: string | null
  name: string
  mustChange: boolean
  locale: string
  assignments: Assignment[]
}

const toActor = (row: Row | undefined): SignedIn | null =>
  row
    ? {
        account: row.id,
        login: row.login,
        person: row.personId,
        name: row.name,
        mustChange: row.mustChange,
        locale: row.locale,
        assignments: row.assignments,
      }
    : null

export const tokenHash = (token: string): Buffer => createHash('sha256').update(token).digest()

/** The actor behind a session cookie, or null. One indexed query. */
export async function actorOfSession(db: QueryExecutorProvider, token: string): Promise<SignedIn | null> {
  const { rows } =
    await sql<Row>`${prepared}select x.id, x.login, x.person_id, x.name, x.must_change, x.locale, x.assignments
    from access.session_actor(${tokenHash(token)}) x`.execute(db)
  return toActor(rows[0])
}

/** The actor behind an account: for work that somebody asked for and that runs later. */
export async function actorOfAccount(db: QueryExecutorProvider, account: string): Promise<SignedIn | null> {
  const { rows } = await sql<Row>`select x.* from access.actor(${account}) x`.execute(db)
  return toActor(rows[0])
}

/** The scope that a permission gives an actor; refused when no role holds it. */
export function scopeOf(permissions: Permissions, actor: SignedIn, permission: string): Scope {
  if (permission === 'self') return { paths: [], self: true }
  const held = actor.assignments.filter((assignment) => permissions.holds(assignment.role, permission))
  if (held.length === 0) throw new Refusal('forbidden', 'access.forbidden', { permission })
  const paths = held.filter(({ role }) => ROLES[role].reach === 'subtree').map(({ orgPath }) => orgPath)
  const widest = paths.filter((path) => !paths.some((other) => other !== path && path.startsWith(`${other}.`)))
  return { paths: [...new Set(widest)], self: held.some(({ role }) => ROLES[role].reach === 'self') }
}
