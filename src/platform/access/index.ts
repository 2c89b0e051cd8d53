/** The access door: who may do what, the gate of the API, the house that every request carries. */

export {
  type Assignment,
  actorOfAccount,
  actorOfSession,
  assertMayAct,
  EMERGENCY_MARK,
  type SessionFacts,
  type SignedIn,
  scopeOf,
} from './actors.ts'
export { accessApi } from './api.ts'
export { actFor, asApiError, type Guarded, guard } from './guard.ts'
export { accessHoldings } from './holdings.ts'
export type { ContextOf, DemoAccount, House, RequestContext, Settings } from './house.ts'
export { handOver } from './offices.ts'
export { hashPassword, initialPassword } from './passwords.ts'
export {
  giveOwnRole,
  type Moved,
  moveAccounts,
  type Opened,
  openAccounts,
  openAccountsFor,
  renameAccount,
  renameAccountsFor,
  takenLogins,
} from './people.ts'
export { accessPermissions } from './permissions.ts'
export { type Permission, Permissions, ROLES, type Role } from './roles.ts'
export { accessKept } from './second/check.ts'
export { fits, keysFrom, openKeys } from './secrets.ts'
export { createAccount } from './service.ts'
export { accessDaily, type EndedSession, endOneOf as endSession, takeEndedSessions } from './sessions/end.ts'
export { type Entered, type From, type Method, noteSignIn, openSession, type Via } from './sessions/open.ts'
export { type Asker, assertNotAbove, holdsOffice } from './standing.ts'
export type { AccessTables } from './tables.ts'
