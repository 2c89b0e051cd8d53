/** The credentials door: what is on record as something that people carry away and anybody checks without asking us. */
import type { House, Permission } from '../access/index.ts'
import type { Kept } from '../cipher/index.ts'
import { credentialsApi } from './api.ts'
import { type AchievementSource, CredentialBook } from './book.ts'
import { PURPOSE } from './keys.ts'
import { credentialRoutes } from './routes.ts'
import { settleAll } from './service.ts'

export type { AchievementSource } from './book.ts'
export { issuerOf, keysIn, statusAddress, type Verdict, verifyCredential } from './contract/verify.ts'
export { credentialsHoldings } from './holdings.ts'
export { type Issued, issuedTo, signStatement } from './service.ts'

export const credentialsKept: Kept[] = [
  { table: 'credentials.signing_key', cipher: 'sealed', purpose: PURPOSE, bound: 'kid' },
]

/** What was taken out of the record is told on the lists no later than this. */
const SETTLE_MINUTES = 10

/** The API, the public doors and what is done again and again, over what modules bring. */
export function credentialsOf(sources: readonly AchievementSource[]) {
  const book = new CredentialBook(sources)
  let settled = Number.NEGATIVE_INFINITY
  return {
    api: credentialsApi(book),
    routes: credentialRoutes,
    beat: {
      name: 'credentials',
      run: async (house: House): Promise<void> => {
        if (performance.now() - settled < SETTLE_MINUTES * 60_000) return
        await settleAll(house, book)
        settled = performance.now()
      },
    },
  }
}

export const credentialsPermissions: Permission[] = [
  { id: 'credentials.own', roles: ['teacher'], zh: '领取本人数字凭证', en: 'One’s own digital credentials' },
  {
    id: 'credentials.key.read',
    roles: ['security', 'administrator', 'auditor'],
    zh: '查看凭证签名密钥',
    en: 'See keys that sign credentials',
  },
  {
    id: 'credentials.key.write',
    roles: ['security'],
    zh: '更换凭证签名密钥',
    en: 'Replace keys that sign credentials',
  },
]
