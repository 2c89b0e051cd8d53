/** The ledger door. */
export { ledgerHoldings } from './holdings.ts'
export { entriesInLedger, type Total, totalsOf, verifyLedger } from './queries.ts'
export { type Posting, post, seal, takeBack } from './service.ts'
export type { EntryRow, LedgerTables } from './tables.ts'
