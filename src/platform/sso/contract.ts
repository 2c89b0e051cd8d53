/** Platforms that people enter with one sign-in: the directory for everybody, the register for those who answer for it. */
import { z } from 'zod'
import { civilDate, command, id, query } from '../access/contract.ts'

const CATEGORIES = ['teaching', 'training', 'resources', 'office', 'evaluation', 'service'] as const
const COLOURS = ['qing', 'zhu', 'indigo', 'amber', 'plum', 'slate'] as const

const claimValue = z.union([z.string(), z.array(z.object({ code: z.string(), name: z.string() }))])
const gets = z.array(
  z.object({ scope: z.string(), values: z.array(z.object({ claim: z.string(), value: claimValue.nullable() })) }),
)
export type Gets = z.infer<typeof gets>

/** What the page between a platform and the product has to show; told beside the API, since the browser is bound to the question by a cookie. */
export type Asked =
  | { step: 'lost' | 'sign_in' | 'held' | 'again' }
  | { step: 'over'; to: string }
  | {
      step: 'ask'
      platform: {
        name: string
        nameEn: string | null
        icon: string
        colour: string
        operator: string
        purpose: string
        basis: 'duty' | 'consent'
        basisText: string
        orgName: string
      }
      gets: Gets
      offline: boolean
    }

const face = {
  name: z.string().trim().min(1).max(60),
  nameEn: z.string().trim().max(80).nullable(),
  about: z.string().trim().max(200),
  icon: z.string().trim().max(4),
  colour: z.enum(COLOURS),
  category: z.enum(CATEGORIES),
}

const terms = {
  operator: z.string().trim().min(1).max(100),
  purpose: z.string().trim().min(4).max(300),
  basis: z.enum(['duty', 'consent']),
  basisText: z.string().trim().max(300),
  contractFrom: civilDate.nullable(),
  contractUntil: civilDate.nullable(),
  roles: z.array(z.string().max(32)).max(20),
}

const technical = {
  startUrl: z.url().max(500).nullable(),
  redirectUris: z.array(z.url().max(500)).min(1).max(10),
  signOutUris: z.array(z.url().max(500)).max(10),
  logoutUri: z.url().max(500).nullable(),
  scopes: z.array(z.string().max(40)).max(20),
  pairwise: z.boolean(),
  pkce: z.boolean(),
  offline: z.boolean(),
}

const app = z.object({
  id,
  ...face,
  operator: z.string(),
  purpose: z.string(),
  basis: z.enum(['duty', 'consent']),
  startUrl: z.string().nullable(),
  scopes: z.array(z.string()),
  contractUntil: z.string().nullable(),
  consent: z.object({ scopes: z.array(z.string()), givenAt: z.string(), usedAt: z.string().nullable() }).nullable(),
})

const state = z.enum(['active', 'suspended', 'ended'])
const usage = { people: z.number().int(), peopleYear: z.number().int(), usedAt: z.string().nullable() }

const platformRow = z.object({
  id,
  ...face,
  orgName: z.string(),
  operator: z.string(),
  ownerName: z.string(),
  contractUntil: z.string().nullable(),
  scopes: z.array(z.string()),
  pairwise: z.boolean(),
  state,
  /** Its contract has begun and has not ended. */
  open: z.boolean(),
  ...usage,
})
export type PlatformRow = z.infer<typeof platformRow>

const platform = platformRow.extend({
  ...terms,
  ...technical,
  orgId: id,
  clientId: z.string(),
  ownerLogin: z.string(),
  confidential: z.boolean(),
  stateReason: z.string().nullable(),
  revision: z.number().int(),
  reviews: z.array(
    z.object({
      year: z.number().int(),
      verdict: z.enum(['keep', 'end']),
      reason: z.string(),
      by: z.string(),
      at: z.string(),
    }),
  ),
})
export type Platform = z.infer<typeof platform>

const own = z.object({ platformId: id })

export const ssoContract = {
  apps: query('self', 'Platforms that are meant for oneself, and what each may learn').output(z.array(app)),
  shared: query('self', 'What a platform learns about oneself, with the actual values').input(own).output(gets),
  withdraw: command('self', 'Take back what one let a platform learn; it is asked again at the next entry')
    .input(own)
    .output(z.object({})),
  platforms: query('sso.platform.read', 'The register of platforms').output(z.array(platformRow)),
  platform: query('sso.platform.read', 'One platform of the register').input(own).output(platform),
  offered: query('sso.platform.read', 'What a platform may be told, and where the protocol begins').output(
    z.object({
      issuer: z.string(),
      discovery: z.string(),
      scopes: z.array(z.object({ scope: z.string(), claims: z.array(z.string()) })),
    }),
  ),
  register: command('sso.platform.write', 'Register a platform; its secret is told once', { fresh: true })
    .input(
      z.object({
        orgId: id,
        ownerLogin: z.string().trim().min(1).max(64),
        confidential: z.boolean(),
        ...face,
        ...terms,
        ...technical,
      }),
    )
    .output(z.object({ platformId: id, clientId: z.string(), secret: z.string().nullable() })),
  change: command('sso.platform.write', 'Change what is registered', { fresh: true })
    .input(
      own.extend({
        revision: z.number().int(),
        ownerLogin: z.string().trim().min(1).max(64),
        ...face,
        ...terms,
        ...technical,
      }),
    )
    .output(z.object({ revision: z.number().int() })),
  newSecret: command('sso.platform.write', 'Give a platform a new secret; the old one ends at once', { fresh: true })
    .input(own)
    .output(z.object({ secret: z.string() })),
  setState: command('sso.platform.write', 'Suspend, resume or end a platform, with a reason')
    .input(own.extend({ state, reason: z.string().trim().min(2).max(300) }))
    .output(z.object({})),
  cleanUp: query('sso.platform.read', 'Every platform in use and whether it has been looked at this year')
    .input(z.object({ year: z.coerce.number().int().min(2000).max(2200).optional() }))
    .output(
      z.object({
        year: z.number().int(),
        rows: z.array(
          platformRow.extend({
            review: z
              .object({ verdict: z.enum(['keep', 'end']), reason: z.string(), by: z.string(), at: z.string() })
              .nullable(),
          }),
        ),
      }),
    ),
  review: command('sso.platform.review', 'Keep or end a platform in the yearly clean-up')
    .input(own.extend({ verdict: z.enum(['keep', 'end']), reason: z.string().trim().min(2).max(300) }))
    .output(z.object({})),
  keys: query('sso.platform.read', 'The dates of the keys that sign').output(
    z.array(
      z.object({
        kid: z.string(),
        madeAt: z.string(),
        signsFrom: z.string(),
        state: z.enum(['coming', 'signing', 'past']),
      }),
    ),
  ),
  replaceKey: command('sso.platform.write', 'The key that signs is lost: it goes at once and a new one signs', {
    fresh: true,
  })
    .input(z.object({ reason: z.string().trim().min(2).max(300) }))
    .output(z.object({})),
}
