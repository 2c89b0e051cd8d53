/** The provider as this house runs it: what it offers, how long things live, and who decides. */
import Provider, {
  type Configuration,
  errors,
  interactionPolicy,
  type JWK,
  type KoaContextWithOIDC,
} from 'oidc-provider'
import { actorOfAccount, type House, type SignedIn } from '../../access/index.ts'
import type { ClaimBook } from '../claims.ts'
import { stores } from './adapter.ts'
import { EXTRA, secretMatches } from './client.ts'
import { rememberedGrant } from './consent.ts'
import { post } from './outgoing.ts'
import { COOKIES } from './session.ts'
import { pairwiseOf } from './subject.ts'

/** Where the provider stands below the address of the product. */
export const MOUNT = '/oidc'

const MINUTE = 60
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
/** Tokens that outlive the sign-in, for platforms that may work while nobody is there. */
const OFFLINE_DAYS = 30

export type Extra = { platform_id: string; platform_roles: string[]; platform_path: string; platform_pkce: boolean }
export type Known = {
  accountId: string
  actor: SignedIn
  claims: () => Promise<Record<string, unknown> & { sub: string }>
}

/** Whether a platform is meant for somebody: they belong to its organisation, and hold one of its roles where it names any. */
export function isFor(
  actor: SignedIn,
  { platform_roles: roles, platform_path: path }: Pick<Extra, 'platform_roles' | 'platform_path'>,
): boolean {
  return actor.assignments.some(
    ({ role, orgPath }) =>
      (orgPath === path || orgPath.startsWith(`${path}.`)) && (roles.length === 0 || roles.includes(role)),
  )
}

export function buildProvider(house: House, book: ClaimBook, keys: JWK[]): Provider {
  const https = house.settings.publicUrl.startsWith('https:')
  const policy = interactionPolicy.base()
  policy.get('login')!.checks.add(
    new interactionPolicy.Check('not_for_you', 'this platform is not meant for this account', (ctx) => {
      const account = ctx.oidc.account as Known | undefined
      if (account && !isFor(account.actor, ctx.oidc.client as unknown as Extra))
        throw new errors.AccessDenied('this platform is not meant for this account')
      return interactionPolicy.Check.NO_NEED_TO_PROMPT
    }),
  )
  const configuration: Configuration = {
    adapter: stores(house),
    jwks: { keys },
    claims: { openid: ['sub', 'amr'], ...book.declared, acr: null, auth_time: null, iss: null, sid: null },
    scopes: ['openid', 'offline_access'],
    subjectTypes: ['public', 'pairwise'],
    responseTypes: ['code'],
    clientAuthMethods: ['client_secret_basic', 'client_secret_post', 'none'],
    pkce: { required: (_, client) => (client as unknown as Extra).platform_pkce },
    extraClientMetadata: { properties: [...EXTRA] },
    cookies: {
      names: COOKIES,
      keys: [],
      short: { httpOnly: true, sameSite: 'lax', ...(https ? { secure: true } : {}) },
      long: { httpOnly: true, sameSite: 'lax', ...(https ? { secure: true } : {}) },
    },
    features: {
      devInteractions: { enabled: false },
      dPoP: { enabled: false },
      backchannelLogout: { enabled: true },
      rpInitiatedLogout: { enabled: true, logoutSource: nothingShown },
      revocation: { enabled: true },
      introspection: { enabled: false },
      resourceIndicators: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
    },
    ttl: {
      AuthorizationCode: MINUTE,
      AccessToken: 10 * MINUTE,
      IdToken: HOUR,
      RefreshToken: (_, token) => (token.scopes.has('offline_access') ? OFFLINE_DAYS * DAY : 12 * HOUR),
      Grant: (OFFLINE_DAYS + 1) * DAY,
      Interaction: 30 * MINUTE,
      Session: (_, session) => Math.max(1, (session.exp ?? 0) - Math.floor(Date.now() / 1000)),
    },
    // Each refresh token is good once; who brings one a second time loses everything issued under the grant.
    rotateRefreshToken: true,
    issueRefreshToken: async (_, client, source) =>
      client.grantTypeAllowed('refresh_token') && (source.scopes.has('openid') || source.scopes.has('offline_access')),
    interactions: { policy, url: (_, interaction) => `${MOUNT}/interaction/${interaction.uid}` },
    loadExistingGrant: (ctx) => rememberedGrant(house, ctx),
    findAccount: async (_, accountId, token) => {
      const actor = await actorOfAccount(house.db, accountId)
      if (!actor) return undefined
      const known: Known = {
        accountId,
        actor,
        claims: async () => ({
          sub: accountId,
          ...(token?.kind === 'AccessToken' ? await book.valuesOf(house, actor, [...token.scopes]) : {}),
        }),
      }
      return known as never
    },
    // The same for one platform whatever address it moves to, and another for every other.
    pairwiseIdentifier: async (_, accountId, client) =>
      pairwiseOf(house, (client as unknown as Extra).platform_id, accountId),
    renderError: async (ctx, out) => troubleTo(ctx, out.error),
    fetch: (url, options = {}) => post(String(url), options, house.settings.production),
    clientBasedCORS: (_, origin, client) =>
      (client as { clientAuthMethod?: string }).clientAuthMethod === 'none' &&
      (client.redirectUris ?? []).some((uri) => new URL(uri).origin === origin),
    discovery: { ui_locales_supported: ['zh-CN', 'en'] },
  }
  const provider = new Provider(`${house.settings.publicUrl}${MOUNT}`, configuration)
  // The door says how the product is reached (`routes.ts`).
  provider.proxy = true
  provider.Client.prototype.compareClientSecret = function compare(this: { clientSecret?: string }, given: string) {
    return secretMatches(this.clientSecret, given)
  }
  return provider
}

/** The page that asks is ours: `overSession` leads there. */
function nothingShown(ctx: KoaContextWithOIDC): void {
  ctx.body = ''
}

/** What a person sees of an error is a page of the product; the error itself stays the protocol's. */
function troubleTo(ctx: KoaContextWithOIDC, error: string): void {
  ctx.status = 303
  ctx.redirect(`/connect/trouble?why=${encodeURIComponent(error)}`)
}
