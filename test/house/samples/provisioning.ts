/** Well-formed input about other systems. */
import { NOTHING, type Samples } from './subjects.ts'

export const harmless = ['provisioning.offered']

const TYPES = ['person.joined']

export const samples: Samples = {
  'provisioning.offered': () => undefined,
  'provisioning.holders': () => undefined,
  'provisioning.tokens': () => undefined,
  'provisioning.makeToken': (world, { platformId }) => ({
    holderId: platformId,
    kind: 'platform',
    name: '名册',
    orgIds: [world.district.id],
    things: ['scim.read'],
    scopes: [],
    expiresOn: '2023-12-31',
  }),
  'provisioning.revokeToken': (_world, { tokenId }) => ({ tokenId }),
  'provisioning.endpoints': () => undefined,
  'provisioning.makeEndpoint': (world, { platformId }) => ({
    platformId,
    url: 'https://platform.example/hook',
    types: TYPES,
    orgIds: [world.district.id],
  }),
  'provisioning.changeEndpoint': (world, { endpointId }) => ({
    endpointId,
    url: 'https://platform.example/hook',
    types: TYPES,
    orgIds: [world.district.id],
  }),
  'provisioning.testEndpoint': (_world, { endpointId }) => ({ endpointId }),
  'provisioning.rotateSecret': (_world, { endpointId }) => ({ endpointId }),
  'provisioning.deliveries': (_world, { endpointId }) => ({ endpointId }),
  'provisioning.replay': (_world, { endpointId }) => ({ endpointId, deliveryIds: [NOTHING] }),
  'provisioning.setEndpointState': (_world, { endpointId }) => ({ endpointId, state: 'paused' }),
}
