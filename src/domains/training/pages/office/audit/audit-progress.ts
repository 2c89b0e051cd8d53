/** How far the audit of a year has come, counted over schools. */
import { add } from '../../../../../base/decimal.ts'
import type { AuditRow } from '../training.ts'

export const AUDIT_STATES = ['open', 'confirmed', 'checked', 'locked'] as const
export type AuditState = (typeof AUDIT_STATES)[number]

/** A school that has not confirmed has no state yet. */
export const auditStateOf = (row: Pick<AuditRow, 'state'>): AuditState => (row.state ?? 'open') as AuditState

export function progressOf(rows: readonly AuditRow[]) {
  const by = (state: AuditState) => rows.filter((row) => auditStateOf(row) === state)
  const sum = (of: (row: AuditRow) => number, some: readonly AuditRow[] = rows) =>
    some.reduce((total, row) => total + of(row), 0)
  const credits = (some: readonly AuditRow[]) => add('0', ...some.map((row) => row.credits))
  return {
    schools: rows.length,
    count: Object.fromEntries(AUDIT_STATES.map((state) => [state, by(state).length])) as Record<AuditState, number>,
    teachers: sum(({ teachers }) => teachers),
    compliant: sum(({ compliant }) => compliant),
    entries: sum(({ entries }) => entries),
    credits: credits(rows),
    openObjections: sum(({ openObjections }) => openObjections),
    /** What locking would seal now. */
    ready: {
      schools: by('checked').length,
      credits: credits(by('checked')),
      teachers: sum(({ teachers }) => teachers, by('checked')),
      openObjections: sum(({ openObjections }) => openObjections, by('checked')),
    },
    /** As it was locked: counter-entries that came later are not in it. */
    sealed: add('0', ...by('locked').map(({ sealedCredits, credits: now }) => sealedCredits ?? now)),
  }
}
