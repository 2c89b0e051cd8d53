/** Asking a provider what it offers before it is entered: what comes of it, or in plain words why nothing does. */
import { invalid } from '../../../base/errors.ts'
import type { House } from '../../access/index.ts'
import { tryCas } from '../flow/cas.ts'
import { issuerOf, readMetadata } from '../flow/metadata.ts'
import { callbackOf, outboundOf } from './read.ts'

type Offer = { leadsTo: string; pkce: boolean | null; issuerNamed: boolean | null; scopes: string[] }

/** @throws Refusal as `readMetadata` and `tryCas` */
export async function tryProvider(
  house: House,
  { kind, address }: { kind: 'oidc' | 'cas'; address: string },
): Promise<Offer> {
  const out = outboundOf(house)
  const { search, hash } = out.assertSendable(address)
  if (search || hash) throw invalid('upstream.address_plain')
  if (kind === 'cas') {
    const base = address.replace(/\/+$/, '')
    await tryCas(out, base, callbackOf(house, 'try'))
    return { leadsTo: `${base}/login`, pkce: null, issuerNamed: null, scopes: [] }
  }
  const said = await readMetadata(out, issuerOf(address))
  const texts = (value: unknown): string[] =>
    Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string').slice(0, 50) : []
  return {
    leadsTo: said.authorization_endpoint,
    pkce: texts(said.code_challenge_methods_supported).includes('S256'),
    issuerNamed: said.authorization_response_iss_parameter_supported === true,
    scopes: texts(said.scopes_supported),
  }
}
