/** Rosters for other systems: tokens that they come with, and word that is sent to them. The rosters themselves are asked for by SCIM (`/scim/v2`). */
import { z } from 'zod'
import { civilDate, command, id, page, paging, query } from '../access/contract.ts'

const THINGS = ['scim.read', 'scim.write'] as const
const KINDS = ['platform', 'service'] as const

const holder = z.object({
  id,
  kind: z.enum(KINDS),
  name: z.string(),
  orgId: id,
  orgName: z.string(),
  /** What a platform is registered to learn; a service learns what its token says. */
  scopes: z.array(z.string()),
  /** Learns only of people who let it. */
  consent: z.boolean(),
  /** In use: not ended, in its contract. */
  open: z.boolean(),
})
export type HolderRow = z.infer<typeof holder>

const org = z.object({ id, name: z.string() })

const token = z.object({
  id,
  holder: z.string(),
  kind: z.enum(KINDS),
  name: z.string(),
  prefix: z.string(),
  things: z.array(z.enum(THINGS)),
  scopes: z.array(z.string()),
  orgs: z.array(org),
  expiresOn: z.string(),
  madeBy: z.string(),
  madeAt: z.string(),
  usedAt: z.string().nullable(),
  state: z.enum(['active', 'expiring', 'expired', 'revoked']),
})
export type TokenRow = z.infer<typeof token>

const endpointState = z.enum(['active', 'paused', 'ended'])
const endpoint = z.object({
  id,
  platformId: id,
  platform: z.string(),
  url: z.string(),
  types: z.array(z.string()),
  orgs: z.array(org),
  state: endpointState,
  /** Why it was paused: a code, or null where somebody did it. */
  reason: z.string().nullable(),
  waiting: z.number().int(),
  dead: z.number().int(),
  lastAt: z.string().nullable(),
  /** Until when the secret before the last signs as well. */
  oldSecretUntil: z.string().nullable(),
})
export type EndpointRow = z.infer<typeof endpoint>

const deliveryState = z.enum(['waiting', 'delivered', 'dead'])
const delivery = z.object({
  id,
  type: z.string(),
  body: z.string(),
  state: deliveryState,
  attempts: z.number().int(),
  status: z.number().int().nullable(),
  failure: z.string().nullable(),
  madeAt: z.string(),
  lastAt: z.string().nullable(),
  /** When it is tried next; null once it is over. */
  nextAt: z.string().nullable(),
})
export type DeliveryRow = z.infer<typeof delivery>

const orgIds = z.array(id).min(1).max(50)
const types = z.array(z.string().max(40)).min(1).max(20)
const url = z.string().trim().min(1).max(500)
const own = z.object({ endpointId: id })

export const provisioningContract = {
  offered: query('provisioning.read', 'Where rosters are asked for, what may be told and heard').output(
    z.object({ address: z.string(), scopes: z.array(z.string()), types: z.array(z.string()), days: z.number().int() }),
  ),
  holders: query('provisioning.read', 'Platforms and services that a token may be made for').output(z.array(holder)),
  tokens: query('provisioning.read', 'Tokens, those that hold first').output(z.array(token)),
  makeToken: command('provisioning.write', 'Make a token; it is told once', { fresh: true })
    .input(
      z.object({
        holderId: id,
        kind: z.enum(KINDS),
        name: z.string().trim().min(1).max(60),
        orgIds,
        things: z.array(z.enum(THINGS)).min(1).max(2),
        scopes: z.array(z.string().max(40)).max(20),
        expiresOn: civilDate,
      }),
    )
    .output(z.object({ tokenId: id, token: z.string() })),
  revokeToken: command('provisioning.write', 'Revoke a token, at once and for good', { fresh: true })
    .input(z.object({ tokenId: id }))
    .output(z.object({})),
  endpoints: query('provisioning.read', 'Addresses that are told what happens').output(z.array(endpoint)),
  makeEndpoint: command('provisioning.write', 'Register an address that is told; its secret is told once', {
    fresh: true,
  })
    .input(z.object({ platformId: id, url, types, orgIds }))
    .output(z.object({ endpointId: id, secret: z.string() })),
  changeEndpoint: command('provisioning.write', 'Change where, what and about whom is told', { fresh: true })
    .input(own.extend({ url, types, orgIds }))
    .output(z.object({})),
  setEndpointState: command('provisioning.write', 'Pause, go on or end')
    .input(own.extend({ state: endpointState }))
    .output(z.object({})),
  rotateSecret: command('provisioning.write', 'Give an address a new secret; the old one signs as well for a while', {
    fresh: true,
  })
    .input(own)
    .output(z.object({ secret: z.string(), oldUntil: z.string().nullable() })),
  testEndpoint: command('provisioning.write', 'Send a test')
    .input(own)
    .output(z.object({ deliveryId: id })),
  deliveries: query('provisioning.read', 'What was sent to an address, the latest first')
    .input(own.extend({ state: deliveryState.optional() }).extend(paging.shape))
    .output(page(delivery)),
  replay: command(
    'provisioning.write',
    'Send again: what is named, what was made in a time, or everything that was given up',
  )
    .input(
      own.extend({
        deliveryIds: z.array(id).max(500).optional(),
        from: z.iso.datetime().optional(),
        until: z.iso.datetime().optional(),
        dead: z.boolean().optional(),
      }),
    )
    .output(z.object({ count: z.number().int() })),
}
