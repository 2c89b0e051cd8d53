/** The register: numbers without gaps, documents entered many at a time, found again by their verification code. */
import { type QueryExecutorProvider, sql } from 'kysely'
import { newId } from '../../base/ids.ts'
import type { DocumentRow } from './tables.ts'

/** A document to be entered; what is left out is empty. Its number comes from `issueNumbers`, its code from `newVerifyCode`. */
export type NewDocument = Omit<
  DocumentRow,
  'id' | 'personId' | 'orgId' | 'fileSha256' | 'issuedAt' | 'revokedAt' | 'revokedReason'
> & {
  id?: string
  personId?: string | null
  orgId?: string | null
  fileSha256?: string | null
  /** Instant of issue, ISO 8601. */
  issuedAt: string
}

/**
 * Reserves `count` consecutive numbers of a series in one statement and gives the first. They are taken when the transaction
 * commits and free again when it does not; until then others wait who issue in the same series and year.
 */
export async function issueNumbers(
  tx: QueryExecutorProvider,
  series: string,
  year: number,
  count = 1,
): Promise<number> {
  if (!Number.isInteger(count) || count < 1) throw new RangeError(`not a count: ${count}`)
  const { rows } = await sql<{ last: number }>`
    insert into documents.series as s (series, year, last) values (${series}, ${year}, ${count})
    on conflict (series, year) do update set last = s.last + excluded.last
    returning s.last`.execute(tx)
  return rows[0]!.last - count + 1
}

/** Enters documents in one statement; gives their ids in the order of `documents`. */
export async function registerDocuments(tx: QueryExecutorProvider, documents: NewDocument[]): Promise<string[]> {
  if (documents.length === 0) return []
  const rows = documents.map(columns)
  await sql`
    insert into documents.document (id, series, year, number, label, kind, subject_kind, subject_id, person_id, org_id,
      verify_code, facts, file_sha256, issued_at)
    select d.* from json_to_recordset(${JSON.stringify(rows)}::json) as d (id uuid, series text, year int, number int,
      label text, kind text, subject_kind text, subject_id uuid, person_id uuid, org_id uuid, verify_code text, facts jsonb,
      file_sha256 text, issued_at timestamptz)`.execute(tx)
  return rows.map(({ id }) => id)
}

const columns = (document: NewDocument) => ({
  id: document.id ?? newId(),
  series: document.series,
  year: document.year,
  number: document.number,
  label: document.label,
  kind: document.kind,
  subject_kind: document.subjectKind,
  subject_id: document.subjectId,
  person_id: document.personId,
  org_id: document.orgId,
  verify_code: document.verifyCode,
  facts: document.facts,
  file_sha256: document.fileSha256,
  issued_at: document.issuedAt,
})

/** A number as offices write it, without padding: `documentLabel('黔教发', 2023, 18)` is 黔教发〔2023〕18号. */
export const documentLabel = (mark: string, year: number, number: number): string => `${mark}〔${year}〕${number}号`

/** Why a document does not hold any more; the public page has words for each. */
export type RevocationReason = 'credits_taken_back' | 'credits_corrected' | 'designation_removed'

/**
 * Revokes what was issued to a person, or to an organisation (null), about something: from then on the public page says so, with the day and the reason and no more.
 * What is revoked already stays as it is. Gives the papers that held until now.
 */
export async function revokeDocuments(
  tx: QueryExecutorProvider,
  of: { kind: string; personId: string | null; subjectKind: string; subjectId: string },
  reason: RevocationReason,
): Promise<{ id: string; label: string; facts: Record<string, unknown>; orgId: string | null }[]> {
  const { rows } = await sql<{ id: string; label: string; facts: Record<string, unknown>; orgId: string | null }>`
    update documents.document d set revoked_at = db.now(), revoked_reason = ${reason}
    where d.kind = ${of.kind} and d.person_id is not distinct from ${of.personId}::uuid and d.subject_kind = ${of.subjectKind} and d.subject_id = ${of.subjectId}
      and d.revoked_at is null returning d.id, d.label, d.facts, d.org_id`.execute(tx)
  return rows
}
