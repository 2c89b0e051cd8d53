/** Row types of the register of documents. Instants are ISO 8601. */

export type SeriesRow = { series: string; year: number; last: number }

/** `facts`: what the public page may show of the document, fixed when it was issued. */
export type DocumentRow = {
  id: string
  series: string
  year: number
  number: number
  label: string
  kind: string
  subjectKind: string
  subjectId: string
  personId: string | null
  orgId: string | null
  verifyCode: string
  facts: Record<string, unknown>
  fileSha256: string | null
  issuedAt: string
  revokedAt: string | null
  revokedReason: string | null
}

export type DocumentTables = { 'documents.series': SeriesRow; 'documents.document': DocumentRow }
