/** Providers of sign-in, links and requests for them: parse, scope, call, answer. */
import { implement } from '@orpc/server'
import { guard, type RequestContext } from '../access/index.ts'
import { upstreamContract } from './contract.ts'
import { unlink } from './links/link.ts'
import { assertInScope, linksInScope, ownLinks } from './links/read.ts'
import { callbackOf, doors, providersInScope } from './providers/read.ts'
import { addProvider, changeProvider, setProviderEnabled } from './providers/service.ts'
import { tryProvider } from './providers/try.ts'
import { decideRequest, requestsInScope } from './requests/decide.ts'

const os = implement(upstreamContract).$context<RequestContext>().use(guard())

export const upstreamApi = os.router({
  doors: os.doors.handler(({ context: { act } }) => doors(act)),
  links: os.links.handler(({ context: { act, house, actor } }) => ownLinks(act, house, actor!.account)),
  unlink: os.unlink.handler(async ({ context: { act, actor }, input }) => {
    await unlink(act, { accountId: actor!.account, linkId: input.linkId, keep: actor!.session?.id })
    return {}
  }),
  providers: os.providers.handler(({ context: { act, house } }) => providersInScope(act, house)),
  tryProvider: os.tryProvider.handler(({ context: { house }, input }) => tryProvider(house, input)),
  addProvider: os.addProvider.handler(async ({ context: { act, house }, input }) => ({
    providerId: await addProvider(act, house, input),
    callback: callbackOf(house, input.key),
  })),
  changeProvider: os.changeProvider.handler(async ({ context: { act, house }, input }) => ({
    revision: await changeProvider(act, house, input),
  })),
  setProviderEnabled: os.setProviderEnabled.handler(async ({ context: { act, actor }, input }) => {
    await setProviderEnabled(act, input.providerId, input.enabled, actor!.session?.id)
    return {}
  }),
  linksOf: os.linksOf.handler(({ context: { act, house }, input }) => linksInScope(act, house, input.accountId)),
  unlinkFor: os.unlinkFor.handler(async ({ context: { act }, input }) => {
    await assertInScope(act, input.accountId)
    await unlink(act, input)
    return {}
  }),
  requests: os.requests.handler(({ context: { act, house } }) => requestsInScope(act, house)),
  decideRequest: os.decideRequest.handler(async ({ context: { act, house, actor }, input }) => {
    await decideRequest(act, { actor: actor!, permissions: house.permissions }, input)
    return {}
  }),
})
