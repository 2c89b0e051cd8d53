/** Row types of the ledger. Hours and credits are exact decimals as text. */
export type EntryRow = {
  personId: string
  id: string
  seq: number
  orgId: string
  orgPath: string
  creditYear: number
  occurredOn: string
  kind: string
  level: string
  hours: string
  credits: string
  title: string
  sourceKind: string
  sourceId: string
  evidence: unknown
  rule: unknown
  counterOf: string | null
  reason: string | null
  recordedBy: string | null
  recordedAt: string
  hash: Buffer
}

export type LedgerTables = { 'ledger.entry': EntryRow }
