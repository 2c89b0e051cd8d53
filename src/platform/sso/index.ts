/** The door of the one sign-in: an OpenID Connect provider over the product's own sessions, and the register of platforms that use it. */
import type { FastifyInstance } from 'fastify'
import type { House, Permission } from '../access/index.ts'
import type { Kept } from '../cipher/index.ts'
import { ssoApi } from './api.ts'
import { ClaimBook, type ClaimSource } from './claims.ts'
import { mountProvider } from './provider/routes.ts'

export type { ClaimSource, ClaimValue } from './claims.ts'
export { ssoDaily } from './daily.ts'
export { ssoHoldings } from './holdings.ts'
export { pairwiseOf } from './provider/subject.ts'

/** What stands sealed here: private keys. */
export const ssoKept: Kept[] = [{ table: 'sso.signing_key', cipher: 'sealed', purpose: 'sso.signing', bound: 'kid' }]

/** The API and the doors beside it, with what other modules know about people. */
export function ssoOf(sources: readonly ClaimSource[]) {
  const book = new ClaimBook(sources)
  return {
    api: ssoApi(book),
    routes: async (app: FastifyInstance, house: House): Promise<void> => {
      await mountProvider(app, house, book)
    },
  }
}

export const ssoPermissions: Permission[] = [
  {
    id: 'sso.platform.read',
    roles: ['administrator', 'security', 'commission', 'auditor'],
    zh: '查看平台登记',
    en: 'See the register of platforms',
  },
  { id: 'sso.platform.write', roles: ['administrator'], zh: '登记与维护平台', en: 'Register and keep platforms' },
  {
    id: 'sso.platform.review',
    roles: ['administrator', 'commission'],
    zh: '办理平台年度清理',
    en: 'Decide in the yearly clean-up of platforms',
  },
]
