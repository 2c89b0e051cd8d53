/** Signing in with an account of another provider: the providers, one's own links, and those who ask for one. */
import { z } from 'zod'
import { command, id, query } from '../access/contract.ts'

/** How an office made sure who somebody is. */
export const CHECKS = ['in_person', 'documents', 'called_back'] as const
/** Why somebody who was at a provider did not get in; the page has words for each. */
export const TROUBLES = [
  'lost',
  'mixed',
  'cancelled',
  'unreachable',
  'unproven',
  'closed',
  'not_served',
  'other_session',
  'account_linked',
  'subject_linked',
  'office',
  'not_anew',
] as const
export type Why = (typeof TROUBLES)[number]

const names = { name: z.string(), nameEn: z.string().nullable() }
/** A line of text without characters that no line has. */
const line = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .regex(/^\P{Cc}*$/u)

/** What stands behind a provider at the sign-in page: nothing of how it is asked. */
const door = z.object({ key: z.string(), ...names })
export type Door = z.infer<typeof door>

const entered = {
  name: line(40).min(1),
  nameEn: line(60).nullable(),
  address: line(500).min(1),
  clientId: line(200).nullable(),
  /** Left out, what was entered before stays. */
  secret: line(500).min(1).optional(),
  scopes: z.array(z.string().regex(/^[\x21\x23-\x5B\x5D-\x7E]{1,60}$/)).max(20),
  casVersion: z.union([z.literal(2), z.literal(3)]).nullable(),
  secondValues: z.array(z.string().regex(/^[\x21-\x7E]{1,200}$/)).max(10),
}
const kind = z.enum(['oidc', 'cas'])

const provider = z.object({
  id,
  key: z.string(),
  kind,
  ...names,
  address: z.string(),
  clientId: z.string().nullable(),
  hasSecret: z.boolean(),
  scopes: z.array(z.string()),
  casVersion: z.union([z.literal(2), z.literal(3)]).nullable(),
  secondValues: z.array(z.string()),
  orgId: id,
  orgName: z.string(),
  enabled: z.boolean(),
  revision: z.number().int(),
  /** Where the provider sends people back to: to be entered there. */
  callback: z.string(),
  links: z.number().int(),
  usedAt: z.string().nullable(),
})
export type Provider = z.infer<typeof provider>

const ownLink = z.object({
  id,
  providerId: id,
  ...names,
  /** What the account is called there. */
  label: z.string(),
  linkedAt: z.string(),
  how: z.enum(['own', 'office']),
  usedAt: z.string().nullable(),
  enabled: z.boolean(),
})

const request = z.object({
  personId: id,
  id,
  personName: z.string(),
  number: z.string(),
  orgName: z.string(),
  providerName: z.string(),
  providerNameEn: z.string().nullable(),
  /** What the provider calls whoever asks: to be compared, never to be relied on. */
  label: z.string().nullable(),
  note: z.string().nullable(),
  askedAt: z.string(),
  state: z.enum(['waiting', 'approved', 'refused', 'lapsed']),
  checked: z.enum(CHECKS).nullable(),
  reason: z.string().nullable(),
  decidedBy: z.string().nullable(),
  decidedAt: z.string().nullable(),
  mine: z.boolean().describe('About the asker: somebody else decides'),
})
export type LinkRequest = z.infer<typeof request>

/** Bodies of the doors beside the API, which the browser is bound to by cookies. */
export const beginBody = z.object({ provider: z.string().max(40), back: z.string().max(500).default('') })
export const linkBody = z.object({ provider: z.string().max(40) })
export const askBody = z.object({ number: line(40).min(1), note: line(200).default('') })
/** What whoever arrived is told: nothing of anybody else. */
export type Arrived = { provider: Door; waiting: boolean; linked: boolean }

export const upstreamContract = {
  doors: query('public', 'Providers whose accounts one may sign in with').output(z.array(door)),

  links: query('self', 'One’s own accounts at other providers, and which could be linked').output(
    z.object({ links: z.array(ownLink), offered: z.array(door) }),
  ),
  unlink: command('self', 'Undo a link of one’s own; what it opened ends', { fresh: true })
    .input(z.object({ linkId: id }))
    .output(z.object({})),

  providers: query('upstream.provider.read', 'Providers in scope').output(z.array(provider)),
  tryProvider: command('upstream.provider.write', 'Ask a provider what it offers, without keeping anything')
    .input(z.object({ kind, address: entered.address }))
    .output(
      z.object({
        /** Where people are sent to. */
        leadsTo: z.string(),
        pkce: z.boolean().nullable(),
        issuerNamed: z.boolean().nullable(),
        scopes: z.array(z.string()),
      }),
    ),
  addProvider: command('upstream.provider.write', 'Add a provider', { fresh: true })
    .input(z.object({ key: z.string().regex(/^[a-z][a-z0-9-]{1,30}$/), kind, orgId: id, ...entered }))
    .output(z.object({ providerId: id, callback: z.string() })),
  changeProvider: command('upstream.provider.write', 'Change a provider', { fresh: true })
    .input(z.object({ providerId: id, revision: z.number().int(), ...entered }))
    .output(z.object({ revision: z.number().int() })),
  setProviderEnabled: command('upstream.provider.write', 'Open or close the way in by a provider', { fresh: true })
    .input(z.object({ providerId: id, enabled: z.boolean() }))
    .output(z.object({})),

  linksOf: query('upstream.link.read', 'Accounts at other providers of an account in scope')
    .input(z.object({ accountId: id }))
    .output(z.array(ownLink)),
  unlinkFor: command('upstream.link.write', 'Undo a link of an account in scope', { fresh: true })
    .input(z.object({ accountId: id, linkId: id, reason: line(300).min(2) }))
    .output(z.object({})),

  requests: query('upstream.request.read', 'Who asks that an account at a provider be theirs, in scope').output(
    z.array(request),
  ),
  decideRequest: command('upstream.request.decide', 'Approve or refuse a link after having checked who asks', {
    fresh: true,
  })
    .input(
      z
        .object({
          personId: id,
          requestId: id,
          approve: z.boolean(),
          checked: z.enum(CHECKS).optional(),
          reason: line(300).default(''),
        })
        .refine(({ approve, checked, reason }) => (approve ? checked !== undefined : reason.length >= 2)),
    )
    .output(z.object({})),
}
