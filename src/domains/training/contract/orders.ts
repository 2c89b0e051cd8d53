/** What long lists can be sorted by on the server. */
import { z } from 'zod'

const ordered = <const K extends readonly [string, ...string[]]>(keys: K) =>
  z.object({ sort: z.enum(keys).optional(), desc: z.coerce.boolean().default(false) })

export const creditOrder = ordered(['number', 'name', 'school', 'year', 'cycle', 'district', 'missing'])
export const enrolmentOrder = ordered([
  'number',
  'name',
  'school',
  'state',
  'term',
  'fair',
  'present',
  'leave',
  'credits',
])
/** Without a choice: those sent least often first. */
export const candidateOrder = ordered(['recent', 'fair', 'name', 'number', 'title', 'state'])

export type CreditSort = NonNullable<z.infer<typeof creditOrder>['sort']>
export type EnrolmentSort = NonNullable<z.infer<typeof enrolmentOrder>['sort']>
export type CandidateSort = NonNullable<z.infer<typeof candidateOrder>['sort']>
