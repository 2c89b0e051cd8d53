/** The hash chain over the trail: sealing it, and finding where it was broken. */
import { sql } from 'kysely'
import type { Db } from '../db/index.ts'

/** Links all events whose transactions have ended. Returns how many. */
export async function sealTrail(db: Db): Promise<number> {
  const { rows } = await sql<{ linked: number }>`select audit.seal() as linked`.execute(db)
  return rows[0]!.linked
}

/**
 * Seals events that came from another database server: the transaction numbers they carry are that server's and say nothing here,
 * so the waiting ones get the number of this act. Needs the owner's connection, and nobody else at work.
 */
export async function adoptTrail(owner: Db): Promise<number> {
  await owner.transaction().execute(async (tx) => {
    await sql`alter table audit.event disable trigger append_only`.execute(tx)
    await sql`update audit.event e set xid = pg_current_xact_id()
      where not exists (select from audit.link l where l.event_id = e.id)`.execute(tx)
    await sql`alter table audit.event enable trigger append_only`.execute(tx)
  })
  return sealTrail(owner)
}

/** Recomputes the whole chain. `broken` names the first event that does not give its hash any more. */
export async function verifyTrail(db: Db): Promise<{ links: number; broken: { seq: number; eventId: string } | null }> {
  const { rows } = await sql<{
    seq: number
    eventId: string
  }>`select b.seq, b.event_id from audit.first_break() b`.execute(db)
  const { rows: count } = await sql<{ links: number }>`select count(*) as links from audit.link`.execute(db)
  return { links: count[0]!.links, broken: rows[0] ?? null }
}
