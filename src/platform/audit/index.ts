/** The audit door. */
export { adoptTrail, sealTrail, verifyTrail } from './chain.ts'
export { type Entry, record } from './record.ts'
export type { AuditTables } from './tables.ts'
