/** The audit door. */
export { adoptTrail, sealTrail, verifyTrail } from './chain.ts'
export { auditHoldings } from './holdings.ts'
export { type TrailAsk, type TrailEntry, type TrailPage, type TrailStatus, trailOf, trailStatus } from './queries.ts'
export { type Entry, record } from './record.ts'
export type { AuditTables } from './tables.ts'
export {
  checkTotals,
  fingerprintOf,
  holdToTotals,
  makeTotal,
  readTotals,
  signerOf,
  type TotalFault,
  type TotalsFile,
  totalsFile,
  totalsForAuditor,
} from './totals.ts'
export { openWitness, type Testimony, type Witness } from './witness.ts'
