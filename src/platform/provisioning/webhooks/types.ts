/** What others may hear of. */
export const TYPES = [
  'person.joined',
  'person.moved',
  'person.left',
  'person.changed',
  'account.disabled',
  'account.enabled',
  'credential.revoked',
  'notice.published',
] as const
/** Sent by hand, to see whether somebody is there. */
export const TEST = 'endpoint.test'
