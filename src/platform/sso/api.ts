/** Platforms: the directory for everybody, the register for those who answer for it. */
import { implement } from '@orpc/server'
import { guard, type House, type RequestContext } from '../access/index.ts'
import { record } from '../audit/index.ts'
import type { ClaimBook } from './claims.ts'
import { ssoContract } from './contract.ts'
import { keyDates, turnKeysIn } from './keys/keys.ts'
import { appsOf, cleanUpOf, platformInScope, platformsInScope } from './platforms/queries.ts'
import { change, newSecret, register, review, setState, withdraw } from './platforms/service.ts'
import { MOUNT } from './provider/build.ts'

const issuerOf = ({ settings }: House): string => `${settings.publicUrl}${MOUNT}`

export const ssoApi = (book: ClaimBook) => {
  const os = implement(ssoContract).$context<RequestContext>().use(guard())
  return os.router({
    apps: os.apps.handler(({ context: { act, actor } }) => appsOf(act, actor!)),
    shared: os.shared.handler(async ({ context: { act, actor, house }, input }) => {
      const app = (await appsOf(act, actor!)).find(({ id }) => id === input.platformId)
      return book.shownTo(house, actor!, app?.scopes ?? [])
    }),
    withdraw: os.withdraw.handler(async ({ context: { act }, input }) => {
      await withdraw(act, input.platformId)
      return {}
    }),
    platforms: os.platforms.handler(({ context: { act } }) => platformsInScope(act)),
    platform: os.platform.handler(({ context: { act }, input }) => platformInScope(act, input.platformId)),
    offered: os.offered.handler(({ context: { house } }) => ({
      issuer: issuerOf(house),
      discovery: `${issuerOf(house)}/.well-known/openid-configuration`,
      scopes: book.sources.map(({ scope, claims }) => ({ scope, claims: [...claims] })),
    })),
    register: os.register.handler(({ context: { act, house }, input }) => register(act, house, book, input)),
    change: os.change.handler(({ context: { act, house }, input }) => change(act, house, book, input)),
    newSecret: os.newSecret.handler(async ({ context: { act }, input }) => ({
      secret: await newSecret(act, input.platformId),
    })),
    setState: os.setState.handler(async ({ context: { act }, input }) => {
      await setState(act, input.platformId, input.state, input.reason)
      return {}
    }),
    cleanUp: os.cleanUp.handler(async ({ context: { act }, input }) => {
      const year = input.year ?? Number(act.today.slice(0, 4))
      return { year, rows: await cleanUpOf(act, year) }
    }),
    review: os.review.handler(async ({ context: { act }, input }) => {
      await review(act, input.platformId, input.verdict, input.reason)
      return {}
    }),
    keys: os.keys.handler(({ context: { act } }) => keyDates(act.tx)),
    replaceKey: os.replaceKey.handler(async ({ context: { act, house }, input }) => {
      await turnKeysIn(act, house, true)
      await record(act, { action: 'sso.key_replaced', after: { reason: input.reason } })
      return {}
    }),
  })
}
