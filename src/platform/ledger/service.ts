/** Commands on the ledger: posting, taking back, sealing a year. There is no other way to write to it. */
import { sql } from 'kysely'
import { notFound, Refusal, refused } from '../../base/errors.ts'
import { newId } from '../../base/ids.ts'
import { record } from '../audit/index.ts'
import type { Act } from '../db/index.ts'

/** What is entered: raw hours and the credits that the pack's parameters make of them, both exact decimals ("12.5"). */
export type Posting = {
  personId: string
  creditYear: number
  occurredOn: string
  kind: string
  level: string
  hours: string
  credits: string
  title: string
  source: { kind: string; id: string }
  evidence?: Record<string, unknown>
  rule?: Record<string, unknown>
}

type Raw = Omit<Posting, 'source'> & { source: { kind: string; id: string }; counterOf?: string; reason?: string }

/**
 * Posts entries in one statement per chain link. An entry whose source is in the ledger already is left alone, so that posting
 * again changes nothing. Returns the number written.
 * @throws Refusal `ledger.locked` when the school's year is sealed, `ledger.own_entry` when somebody posts for themselves.
 */
export const post = <T>(act: Act<T>, postings: Posting[]): Promise<number> => write(act, postings)

async function write<T>(act: Act<T>, raws: Raw[]): Promise<number> {
  if (raws.length === 0) return 0
  const rows = raws.map((raw) => ({
    person_id: raw.personId,
    id: newId(),
    credit_year: raw.creditYear,
    occurred_on: raw.occurredOn,
    kind: raw.kind,
    level: raw.level,
    hours: raw.hours,
    credits: raw.credits,
    title: raw.title,
    source_kind: raw.source.kind,
    source_id: raw.source.id,
    evidence: raw.evidence,
    rule: raw.rule,
    counter_of: raw.counterOf,
    reason: raw.reason,
  }))
  try {
    const { rows: answer } = await sql<{
      written: number
    }>`select ledger.post(${JSON.stringify(rows)}::jsonb) as written`.execute(act.tx)
    return answer[0]!.written
  } catch (error) {
    const { code, message, detail } = error as { code?: string; message: string; detail?: string }
    if (code === 'QS001') throw refused(message, JSON.parse(detail || '{}'))
    throw error
  }
}

/** Takes an entry back by a counter-entry with a reason. The entry itself stays for ever. Works in a sealed year too. */
export async function takeBack<T>(
  act: Act<T>,
  input: { personId: string; entryId: string; reason: string },
): Promise<void> {
  const { rows } = await sql<{
    creditYear: number
    kind: string
    level: string
    hours: string
    credits: string
    title: string
    sourceKind: string
    sourceId: string
    orgPath: string
    taken: boolean
  }>`
    select e.credit_year, e.kind, e.level, e.hours, e.credits, e.title, e.source_kind, e.source_id, e.org_path::text,
      exists (select from ledger.entry c where c.person_id = e.person_id and c.counter_of = e.id) as taken
    from ledger.entry e where e.person_id = ${input.personId} and e.id = ${input.entryId} and e.counter_of is null`.execute(
    act.tx,
  )
  const entry = rows[0]
  if (!entry) throw notFound('entry')
  if (entry.taken) throw new Refusal('conflict', 'ledger.already_countered')
  await write(act, [
    {
      personId: input.personId,
      creditYear: entry.creditYear,
      occurredOn: act.today,
      kind: entry.kind,
      level: entry.level,
      hours: `-${entry.hours}`,
      credits: `-${entry.credits}`,
      title: entry.title,
      source: { kind: entry.sourceKind, id: entry.sourceId },
      counterOf: input.entryId,
      reason: input.reason,
    },
  ])
  await record(act, {
    action: 'ledger.entry_countered',
    subject: { kind: 'ledger_entry', id: input.entryId },
    about: input.personId,
    orgPath: entry.orgPath,
    before: { hours: entry.hours, credits: entry.credits },
    after: { reason: input.reason },
  })
}

/** Seals a credit year for schools: totals and a hash over all their entries. From then on only counter-entries. One statement. */
export async function seal<T>(act: Act<T>, orgIds: string[], creditYear: number): Promise<number> {
  const { numAffectedRows } =
    await sql`insert into ledger.lock (org_id, org_path, credit_year, people, entries, hours, credits, seal, sealed_by)
    select o.id, o.path, ${creditYear}, s.people, s.entries, s.hours, s.credits, s.seal, db.account()
    from directory.organisation o cross join lateral ledger.seal_of(o.id, ${creditYear}) s
    where o.id = any(${orgIds}::uuid[]) and o.path <@ any (db.scope())
    on conflict do nothing`.execute(act.tx)
  return Number(numAffectedRows ?? 0)
}
