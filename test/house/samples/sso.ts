/** Well-formed input about platforms. */
import { aPlatform } from '../furniture.ts'
import { reason, type Samples, school } from './subjects.ts'

export const harmless = ['sso.offered', 'sso.keys', 'sso.replaceKey']

export const samples: Samples = {
  'sso.apps': () => undefined,
  'sso.shared': (_world, { platformId }) => ({ platformId }),
  'sso.withdraw': (_world, { platformId }) => ({ platformId }),
  'sso.platforms': () => undefined,
  'sso.platform': (_world, { platformId }) => ({ platformId }),
  'sso.offered': () => undefined,
  'sso.register': (world) => ({ ...aPlatform, orgId: school(world), confidential: true }),
  'sso.change': (_world, { platformId }) => ({ ...aPlatform, platformId, revision: 1 }),
  'sso.newSecret': (_world, { platformId }) => ({ platformId }),
  'sso.setState': (_world, { platformId }) => ({ platformId, state: 'suspended', reason }),
  'sso.cleanUp': () => ({}),
  'sso.review': (_world, { platformId }) => ({ platformId, verdict: 'keep', reason }),
  'sso.keys': () => undefined,
  'sso.replaceKey': () => ({ reason }),
}
