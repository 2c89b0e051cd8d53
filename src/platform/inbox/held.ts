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
