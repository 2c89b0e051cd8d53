/** Tokens and addresses of other systems, for those who answer for them. */
import { implement } from '@orpc/server'
import { guard, type RequestContext } from '../access/index.ts'
import { provisioningContract } from './contract.ts'
import type { RosterSource } from './scim/sources.ts'
import { MOUNT } from './scim/urns.ts'
import { settingOf, TOKEN_DAYS } from './settings.ts'
import { holdersInScope, tokensInScope } from './tokens/queries.ts'
import { makeToken, revokeToken } from './tokens/service.ts'
import { deliveriesOf, endpointsInScope } from './webhooks/queries.ts'
import {
  changeEndpoint,
  makeEndpoint,
  replay,
  rotateSecret,
  setEndpointState,
  testEndpoint,
} from './webhooks/service.ts'
import { TYPES } from './webhooks/types.ts'

const SCOPES = ['profile', 'number', 'school', 'roles']

export const provisioningApi = (sources: readonly RosterSource[]) => {
  const os = implement(provisioningContract).$context<RequestContext>().use(guard())
  const offered = [...new Set([...SCOPES, ...sources.map(({ scope }) => scope)])]
  return os.router({
    offered: os.offered.handler(async ({ context: { act, house, actor } }) => ({
      address: `${house.settings.publicUrl}${MOUNT}`,
      scopes: offered,
      types: [...TYPES],
      days: await settingOf(act, house, actor!.assignments[0]?.orgId ?? '', TOKEN_DAYS),
    })),
    holders: os.holders.handler(({ context: { act } }) => holdersInScope(act)),
    tokens: os.tokens.handler(({ context: { act } }) => tokensInScope(act)),
    makeToken: os.makeToken.handler(({ context: { act, house }, input }) => makeToken(act, house, offered, input)),
    revokeToken: os.revokeToken.handler(async ({ context: { act }, input }) => {
      await revokeToken(act, input.tokenId)
      return {}
    }),
    endpoints: os.endpoints.handler(({ context: { act } }) => endpointsInScope(act)),
    makeEndpoint: os.makeEndpoint.handler(({ context: { act, house }, input }) => makeEndpoint(act, house, input)),
    changeEndpoint: os.changeEndpoint.handler(async ({ context: { act, house }, input }) => {
      await changeEndpoint(act, house, input)
      return {}
    }),
    setEndpointState: os.setEndpointState.handler(async ({ context: { act }, input }) => {
      await setEndpointState(act, input.endpointId, input.state)
      return {}
    }),
    rotateSecret: os.rotateSecret.handler(({ context: { act, house }, input }) =>
      rotateSecret(act, house, input.endpointId),
    ),
    testEndpoint: os.testEndpoint.handler(async ({ context: { act }, input }) => ({
      deliveryId: await testEndpoint(act, input.endpointId),
    })),
    deliveries: os.deliveries.handler(({ context: { act }, input }) => deliveriesOf(act, input)),
    replay: os.replay.handler(async ({ context: { act }, input }) => ({ count: await replay(act, input) })),
  })
}
