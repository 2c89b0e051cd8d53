/** From a session or an account to somebody who may act, and from a permission to how far they reach. */
import { createHash } from 'node:crypto'
import { type QueryExecutorProvider, sql } from 'kysely'
import { Refusal } from '../../base/errors.ts'
import { type Actor, prepared, type Scope } from '../db/index.ts'
import { type Permissions, ROLES, type Role } from './roles.ts'

/** `emergency`: until when a role that was taken in an emergency is held. */
export type Assignment = { role: Role; orgId: string; orgPath: string; emergency?: string; emergencyId?: string }
/**
 * What is known of a session: its lasting id, when and by which methods (RFC 8176) somebody signed in, whether they said within the last
 * quarter of an hour that it is still them, and whether they may do nothing before they have set up a second factor.
 */
export type SessionFacts = { id: string; authAt: string; amr: string[]; fresh: boolean; mustAdd: boolean }
export type SignedIn = Actor & {
  account: string
  login: string
  mustChange: boolean
  locale: string
  assignments: Assignment[]
  /** Absent where the product acts for an account by itself. */
  session?: SessionFacts
}

type Row = {
  id: string
  login: string
  personId: string | null
  name: string
  mustChange: boolean
  locale: string
  assignments: Assignment[]
  session?: SessionFacts
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
        ...(row.session ? { session: row.session } : {}),
      }
    : null

export const tokenHash = (token: string): Buffer => createHash('sha256').update(token).digest()

/** The actor behind a session cookie, or null: also where its session waits for a second factor. One indexed query; now and then the session's use is noted. */
export async function actorOfSession(db: QueryExecutorProvider, token: string): Promise<SignedIn | null> {
  const { rows } = await sql<
    Row & { idle: boolean }
  >`${prepared}select x.id, x.login, x.person_id, x.name, x.must_change, x.locale, x.assignments, x.session, x.idle
    from access.session_actor(${tokenHash(token)}) x`.execute(db)
  if (rows[0]?.idle) await sql`select access.touch_session(${tokenHash(token)})`.execute(db)
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

/** How an act is signed in the trail: whoever may do it only by a role taken in an emergency does it under that mark. */
export const EMERGENCY_MARK = '〔应急〕'

export function signatureOf(permissions: Permissions, actor: SignedIn, permission: string): SignedIn {
  const by = actor.assignments.filter(({ role }) => permissions.holds(role, permission))
  return by.some(({ emergency }) => emergency !== undefined)
    ? { ...actor, name: `${actor.name}${EMERGENCY_MARK}` }
    : actor
}

/**
 * Whether this session may act at all, beyond what concerns only oneself.
 * @throws Refusal `access.must_change_password`, `access.must_add_second`
 */
export function assertMayAct({ mustChange, session }: SignedIn): void {
  if (mustChange) throw new Refusal('forbidden', 'access.must_change_password')
  if (session?.mustAdd) throw new Refusal('forbidden', 'access.must_add_second')
}
