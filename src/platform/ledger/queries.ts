/** Reads on the ledger: totals by person, and whether the chains hold. */
import { type QueryExecutorProvider, sql } from 'kysely'
import { type Act, prepared } from '../db/index.ts'

export type Total = { kind: string; level: string; hours: string; credits: string }

/** One person's totals by kind and level over credit years, both ends included. */
export async function totalsOf<T>(
  act: Act<T>,
  personId: string,
  years: { from: number; to: number },
): Promise<Total[]> {
  const { rows } =
    await sql<Total>`${prepared}select e.kind, e.level, sum(e.hours) as hours, sum(e.credits) as credits from ledger.entry e
    where e.person_id = ${personId} and e.credit_year between ${years.from} and ${years.to} group by e.kind, e.level order by e.kind, e.level`.execute(
      act.tx,
    )
  return rows
}

/** Entries of all people. The ledger only grows: a smaller number than before means that entries were taken away. */
export async function entriesInLedger(db: QueryExecutorProvider): Promise<number> {
  const { rows } = await sql<{
    entries: number
  }>`select coalesce(sum(h.seq), 0)::bigint as entries from ledger.head h`.execute(db)
  return rows[0]!.entries
}

/** Recomputes every chain and every seal. The names are the first that no longer hold. */
export async function verifyLedger(db: QueryExecutorProvider): Promise<{
  entries: number
  broken: { personId: string; entryId: string | null; seq: number } | null
  brokenLocks: { orgId: string; creditYear: number }[]
}> {
  const { rows } = await sql<{
    personId: string
    entryId: string | null
    seq: number
  }>`select b.* from ledger.first_break() b`.execute(db)
  const { rows: locks } = await sql<{
    orgId: string
    creditYear: number
  }>`select b.* from ledger.broken_locks() b`.execute(db)
  return { entries: await entriesInLedger(db), broken: rows[0] ?? null, brokenLocks: locks }
}
