/** Providers that speak OpenID Connect: code with PKCE, state and nonce, and an ID token whose signature is checked. */
import * as openid from 'openid-client'
import { Refusal } from '../../../base/errors.ts'
import type { House } from '../../access/index.ts'
import { callbackOf, type Known, outboundOf, secretSealer } from '../providers/read.ts'
import { ATTEMPT_AGE, type Proofs } from './attempt.ts'
import { Astray, type Identity, isStrong, labelOf } from './identity.ts'
import { readMetadata } from './metadata.ts'

/** What a provider says of itself is asked again after this long. */
const FRESH_MS = 10 * 60_000
/** Seconds. */
const PATIENCE = 8
const known = new WeakMap<House, Map<string, { at: number; made: Promise<openid.Configuration> }>>()

/** Asked once for all who come at the same time. */
function clientOf(house: House, provider: Known): Promise<openid.Configuration> {
  const clients = known.get(house) ?? new Map()
  known.set(house, clients)
  const held = clients.get(provider.id + provider.revision)
  if (held && performance.now() - held.at < FRESH_MS) return held.made
  const made = makeClient(house, provider)
  clients.set(provider.id + provider.revision, { at: performance.now(), made })
  made.catch(() => clients.delete(provider.id + provider.revision))
  return made
}

async function makeClient(house: House, provider: Known): Promise<openid.Configuration> {
  const out = outboundOf(house)
  const metadata = await readMetadata(out, provider.address)
  const secret = provider.secretCipher && secretSealer(house).open(provider.secretCipher, provider.id)
  const ways = metadata.token_endpoint_auth_methods_supported
  const posts = Array.isArray(ways) && !ways.includes('client_secret_basic') && ways.includes('client_secret_post')
  const way = !secret ? openid.None() : posts ? openid.ClientSecretPost(secret) : openid.ClientSecretBasic(secret)
  const client = new openid.Configuration(metadata as openid.ServerMetadata, provider.clientId!, {}, way)
  client[openid.customFetch] = out.fetch as openid.CustomFetch
  client.timeout = PATIENCE
  // Only what the guard lets: addresses that whoever runs the product has named.
  if (provider.address.startsWith('http:')) openid.allowInsecureRequests(client)
  openid.enableNonRepudiationChecks(client)
  return client
}

/** Where the browser goes. `anew`: the provider is to ask who sits there, whoever was there before. */
export async function oidcAddress(house: House, provider: Known, proofs: Proofs, anew: boolean): Promise<string> {
  const client = await clientOf(house, provider)
  return openid.buildAuthorizationUrl(client, {
    redirect_uri: callbackOf(house, provider.key),
    scope: provider.scopes.join(' '),
    state: proofs.state,
    nonce: proofs.nonce,
    code_challenge: await openid.calculatePKCECodeChallenge(proofs.verifier),
    code_challenge_method: 'S256',
    ...(anew ? { prompt: 'login', max_age: '0' } : {}),
  }).href
}

/** Seconds by which clocks may differ. */
const CLOCKS = 30

/** Who came back; `anew`: they must have signed in there since an attempt that is still good began. @throws Astray */
export async function oidcIdentity(
  house: House,
  provider: Known,
  proofs: Proofs,
  search: string,
  anew: boolean,
): Promise<Identity> {
  try {
    const client = await clientOf(house, provider)
    const tokens = await openid.authorizationCodeGrant(client, new URL(callbackOf(house, provider.key) + search), {
      pkceCodeVerifier: proofs.verifier,
      expectedNonce: proofs.nonce,
      expectedState: proofs.state,
      idTokenExpected: true,
    })
    const claims = tokens.claims()!
    if (claims.sub.trim() === '' || claims.sub.length > 255) throw new Astray('unproven')
    if (anew && !(Number(claims.auth_time) >= Date.now() / 1000 - ATTEMPT_AGE - CLOCKS)) throw new Astray('not_anew')
    const more = await about(client, tokens.access_token, claims.sub)
    return {
      subject: claims.sub,
      label: labelOf(claims.name, more.name, claims.preferred_username, more.preferred_username),
      strong: isStrong(provider.secondValues, [claims.acr, ...(Array.isArray(claims.amr) ? claims.amr : [])]),
    }
  } catch (error) {
    throw astray(error)
  }
}

/** What the provider calls them, where it says so; nothing hangs on it. */
async function about(client: openid.Configuration, token: string, sub: string): Promise<openid.UserInfoResponse> {
  if (!client.serverMetadata().userinfo_endpoint) return { sub }
  return openid.fetchUserInfo(client, token, sub).catch(() => ({ sub }))
}

function astray(error: unknown): Astray {
  if (error instanceof Astray) return error
  if (error instanceof openid.AuthorizationResponseError)
    return new Astray(error.error === 'access_denied' ? 'cancelled' : 'unproven', error)
  for (let at = error; at instanceof Error; at = at.cause)
    if (at instanceof Refusal) return new Astray(at.code.startsWith('outbound.') ? 'unreachable' : 'unproven', error)
  return new Astray('unproven', error)
}
