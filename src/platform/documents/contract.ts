/** Checking a paper by its code, without signing in. */
import { z } from 'zod'
import { query } from '../access/contract.ts'

export const verified = z.object({
  kind: z.string(),
  label: z.string(),
  issuer: z.string(),
  /** What the paper certifies, field by field: whoever holds it can compare every one. */
  fields: z.array(z.object({ key: z.string(), value: z.string() })),
  issuedOn: z.string(),
  /** Since when it does not hold any more, and why: a code that the page has words for. */
  revoked: z.object({ on: z.string(), reason: z.string() }).nullable(),
})

export const documentsContract = {
  /** Null when there is no such paper; a mistyped code answers the same. */
  verify: query('public', 'Check a certificate or circular by its code')
    .input(z.object({ code: z.string().min(4).max(60) }))
    .output(verified.nullable()),
}
