/** The access door: who may do what, the gate of the API, the house that every request carries. */
export { type Assignment, actorOfAccount, actorOfSession, type SignedIn, scopeOf } from './actors.ts'
export { accessApi } from './api.ts'
export { actFor, asApiError, type Guarded, guard } from './guard.ts'
export type { DemoAccount, House, RequestContext, Settings } from './house.ts'
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
export { type Permission, Permissions, ROLES, type Role } from './roles.ts'
export { fits, type Keys, keysFrom, openKeys } from './secrets.ts'
export { createAccount } from './service.ts'
export type { AccessTables } from './tables.ts'

import type { Permission } from './roles.ts'

export const accessPermissions: Permission[] = [
  {
    id: 'access.role.read',
    roles: ['administrator', 'auditor'],
    zh: '查看角色与权限',
    en: 'See roles and permissions',
  },
  { id: 'access.role.write', roles: ['administrator'], zh: '授予与终止角色', en: 'Give and end roles' },
  { id: 'access.account.read', roles: ['administrator', 'clerk', 'principal'], zh: '查看账号', en: 'See accounts' },
  { id: 'access.account.write', roles: ['administrator', 'clerk'], zh: '管理账号', en: 'Manage accounts' },
]
