/** Row types of the audit trail. */
export type AuditEvent = {
  id: string
  at: string
  accountId: string | null
  personId: string | null
  actor: string
  ip: string | null
  permission: string
  action: string
  subjectKind: string | null
  subjectId: string | null
  aboutPerson: string | null
  orgPath: string | null
  before: unknown
  after: unknown
}

export type AuditTables = { 'audit.event': AuditEvent; 'audit.link': { seq: number; eventId: string; hash: Buffer } }
