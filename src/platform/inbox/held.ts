/** The roles somebody holds, each at exactly one organisation: what waits at a school is not put before the whole district. */
import { type RawBuilder, sql } from 'kysely'

export type Held = { role: string; orgId: string }

/** Of whoever is signed in; nobody holds nothing. */
export const heldBy = (actor: { assignments: readonly Held[] } | null): Held[] =>
  (actor?.assignments ?? []).map(({ role, orgId }) => ({ role, orgId }))

/** Whether this role at this organisation is among them. */
export const holds = (
  held: readonly Held[],
  role: RawBuilder<unknown>,
  org: RawBuilder<unknown>,
): RawBuilder<boolean> =>
  sql<boolean>`exists (select from jsonb_to_recordset(${JSON.stringify(held)}::jsonb) as h(role text, "orgId" uuid)
    where h.role = ${role} and h."orgId" = ${org})`

/** Items (`i`) that are for oneself, or for a role that one holds at their organisation. */
export const own = (held: readonly Held[]): RawBuilder<boolean> =>
  sql<boolean>`(i.addressed_to = 'account' and i.recipient_id = db.account()
  or i.addressed_to = 'person' and i.recipient_id = db.actor_person()
  or i.addressed_to = 'role' and ${holds(held, sql.ref('i.role'), sql.ref('i.recipient_id'))})`
