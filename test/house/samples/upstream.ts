/** Well-formed input about signing in with accounts of other providers. */
import { NOTHING, person, reason, type Samples, school } from './subjects.ts'

export const harmless = ['upstream.doors', 'upstream.tryProvider']

const entered = {
  name: '市平台',
  nameEn: null,
  address: 'https://auth.example.cn',
  clientId: 'qiangshi',
  scopes: ['profile'],
  casVersion: null,
  secondValues: [],
}

export const samples: Samples = {
  'upstream.doors': () => undefined,
  'upstream.links': () => undefined,
  'upstream.unlink': () => ({ linkId: NOTHING }),
  'upstream.providers': () => undefined,
  // Of this machine: refused before anything is sent.
  'upstream.tryProvider': () => ({ kind: 'oidc', address: 'https://127.0.0.1' }),
  'upstream.addProvider': (world) => ({ key: 'city', kind: 'oidc', orgId: school(world), ...entered }),
  'upstream.changeProvider': (_world, { providerId }) => ({ providerId, revision: 1, ...entered }),
  'upstream.setProviderEnabled': (_world, { providerId }) => ({ providerId, enabled: false }),
  'upstream.linksOf': (world) => ({ accountId: world.teachers[0][1]!.account }),
  'upstream.unlinkFor': (world, { linkId }) => ({ accountId: world.teachers[0][1]!.account, linkId, reason }),
  'upstream.requests': () => undefined,
  'upstream.decideRequest': (world, { linkRequestId }) => ({
    personId: person(world),
    requestId: linkRequestId,
    approve: false,
    reason,
  }),
}
