/** Row types of accounts and roles. */
import type { ColumnType, Generated } from 'kysely'

export type AccountTable = {
  id: string
  login: string
  personId: string | null
  name: string
  passwordHash: string | null
  mustChange: ColumnType<boolean, boolean | undefined, boolean>
  failures: Generated<number>
  lockedUntil: ColumnType<string | null, string | null | undefined, string | null>
  disabledAt: ColumnType<string | null, string | null | undefined, string | null>
  locale: Generated<string>
  orgId: string
  orgPath: string
}

export type AssignmentTable = {
  accountId: string
  id: string
  role: string
  orgId: string
  orgPath: string
  during: Generated<string>
  grantedBy: string | null
}

export type AccessTables = { 'access.account': AccountTable; 'access.assignment': AssignmentTable }
