/** Credentials that people carry away: what of one's own can be issued, what was, and the keys that sign. */
import { z } from 'zod'
import { command, id, query } from '../access/contract.ts'

const bilingual = z.object({ zh: z.string(), en: z.string() })
/** What an item says; dates are civil, `until` the last day. */
const said = z.object({
  name: bilingual,
  about: bilingual.nullable(),
  awarder: z.string().nullable(),
  awardedOn: z.string(),
  until: z.string().nullable(),
  number: z.string().nullable(),
})
const issued = z.object({
  id,
  source: z.string(),
  subjectId: id,
  said,
  withNumber: z.boolean(),
  issuedAt: z.string(),
  revokedAt: z.string().nullable(),
  /** `gone`: the item is no longer on record · `corrected`: it says something else now · `taken_back`, `removed`: what it says was taken away · `anew`: issued again · `key`: its key was lost. */
  reason: z.string().nullable(),
})
const REASON = z.string().trim().min(2).max(200)

export const credentialsContract = {
  mine: query('credentials.own', 'What of one’s own can be issued as a credential, and what was').output(
    z.object({
      items: z.array(z.object({ source: z.string(), subjectId: id, said, kind: z.string() })),
      issued: z.array(issued),
    }),
  ),
  issue: command(
    'credentials.own',
    'Issue a credential about an item of one’s own; the same again gives the one there is',
  )
    .input(z.object({ source: z.string().max(60), subjectId: id, withNumber: z.boolean().default(false) }))
    .output(z.object({ id })),
  file: query('credentials.own', 'One’s own credential as a file: bare, or as a badge picture that carries it')
    .input(z.object({ id, as: z.enum(['jwt', 'svg']).default('jwt') }))
    .output(z.file()),
  keys: query('credentials.key.read', 'Keys that sign credentials').output(
    z.array(z.object({ kid: z.string(), madeAt: z.string(), lostAt: z.string().nullable(), signs: z.boolean() })),
  ),
  replaceKey: command(
    'credentials.key.write',
    'Sign with a new key from now on. A lost one is published no more, and what it signed is revoked',
    { fresh: true },
  )
    .input(z.object({ lost: z.boolean(), reason: REASON }))
    .output(z.object({ revoked: z.number().int() })),
}
