/** What anybody may learn of a paper from its code: the fields it certifies, and whether it still holds. */
import { type QueryExecutorProvider, sql } from 'kysely'
import { civilDate } from '../../base/dates.ts'
import { normaliseVerifyCode } from './verify-code.ts'

type Row = {
  kind: string
  label: string
  facts: Record<string, unknown>
  issuedAt: string
  revokedAt: string | null
  revokedReason: string | null
}

/** Identity numbers never leave the register, not even masked; figures of a circular are the school's own. */
const SHOWN = [
  'name',
  'org',
  'title',
  'term',
  'held',
  'class',
  'classEn',
  'plan',
  'hours',
  'credits',
  'day',
  'level',
  'digest',
]
/** Exact decimals: shown as the paper prints them, without zeros at the end. */
const AMOUNTS = new Set(['hours', 'credits'])

const shown = (key: string, value: unknown): string => {
  const text = String(value)
  return AMOUNTS.has(key) && /^\d+\.\d+$/.test(text) ? text.replace(/\.?0+$/, '') : text
}

export async function verifyDocument(db: QueryExecutorProvider, typed: string) {
  const code = normaliseVerifyCode(typed)
  if (!code) return null
  const { rows } = await sql<Row>`select d.* from documents.by_code(${code}) d`.execute(db)
  const row = rows[0]
  if (!row) return null
  const fields = SHOWN.flatMap((key) => {
    const value = row.facts[key]
    return value == null || value === '' ? [] : [{ key, value: shown(key, value) }]
  })
  return {
    kind: row.kind,
    label: row.label,
    issuer: String(row.facts.issuer ?? ''),
    fields,
    issuedOn: civilDate(new Date(row.issuedAt)),
    revoked: row.revokedAt ? { on: civilDate(new Date(row.revokedAt)), reason: row.revokedReason ?? '' } : null,
  }
}
