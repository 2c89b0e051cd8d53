/** The door of signing in with an account of another provider. */
import { sql } from 'kysely'
import type { Permission } from '../access/index.ts'
import type { Act } from '../db/index.ts'

export { upstreamApi } from './api.ts'
export { upstreamRoutes } from './flow/routes.ts'
export { upstreamHoldings } from './holdings.ts'
export { upstreamKept } from './links/link.ts'

/** Ways that led nowhere, requests that nobody decided. */
export const upstreamDaily = {
  name: 'upstream',
  permission: 'upstream.sweep',
  run: async (act: Act): Promise<void> => {
    await sql`select upstream.sweep()`.execute(act.tx)
  },
}

export const upstreamPermissions: Permission[] = [
  {
    id: 'upstream.provider.read',
    roles: ['security', 'administrator', 'auditor'],
    zh: '查看外部登录方式',
    en: 'See providers of sign-in',
  },
  { id: 'upstream.provider.write', roles: ['security'], zh: '管理外部登录方式', en: 'Manage providers of sign-in' },
  {
    id: 'upstream.link.read',
    roles: ['administrator', 'security'],
    zh: '查看账号关联',
    en: 'See accounts linked at other providers',
  },
  {
    id: 'upstream.link.write',
    roles: ['administrator', 'security'],
    zh: '解除账号关联',
    en: 'Undo links to other providers',
  },
  {
    id: 'upstream.request.read',
    roles: ['clerk', 'administrator', 'security'],
    zh: '查看账号关联申请',
    en: 'See who asks for a link',
  },
  {
    id: 'upstream.request.decide',
    roles: ['clerk', 'administrator'],
    zh: '核验并审批账号关联申请',
    en: 'Check and decide who is linked',
  },
]
