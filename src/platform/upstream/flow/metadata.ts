/** What a provider says of itself, asked through the guard of addresses and looked at before it is relied on. */
import { refused } from '../../../base/errors.ts'
import type { Outbound } from '../../outbound/index.ts'

const WELL_KNOWN = '/.well-known/openid-configuration'
const NEEDED = ['authorization_endpoint', 'token_endpoint', 'jwks_uri'] as const

export type Metadata = Record<string, unknown> & {
  issuer: string
  authorization_endpoint: string
  token_endpoint: string
  jwks_uri: string
}

/** People paste either address. */
export const issuerOf = (address: string): string =>
  address.endsWith(WELL_KNOWN) ? address.slice(0, -WELL_KNOWN.length) : address

const bare = (address: string): string => address.replace(/\/+$/, '')

/**
 * @throws Refusal as `Outbound.send`; `upstream.answer_status`, `upstream.answer_unreadable`, `upstream.issuer_differs`,
 *   `upstream.endpoint_missing`, `upstream.no_code_flow`
 */
export async function readMetadata(out: Outbound, issuer: string): Promise<Metadata> {
  const answer = await out.send(bare(issuer) + WELL_KNOWN, { headers: { accept: 'application/json' } })
  if (answer.status !== 200) throw refused('upstream.answer_status', { status: answer.status })
  const said: unknown = await answer.json().catch(() => null)
  if (typeof said !== 'object' || said === null || !('issuer' in said) || typeof said.issuer !== 'string')
    throw refused('upstream.answer_unreadable')
  if (bare(said.issuer) !== bare(issuer)) throw refused('upstream.issuer_differs', { said: said.issuer.slice(0, 200) })
  const found = said as Metadata
  for (const name of NEEDED) {
    const { [name]: address } = found
    if (typeof address !== 'string' || !URL.canParse(address)) throw refused('upstream.endpoint_missing', { name })
    // Browsers are sent there: as safely as we ask ourselves.
    const { protocol } = new URL(address)
    if (protocol !== 'https:' && protocol !== new URL(issuer).protocol)
      throw refused('upstream.endpoint_missing', { name })
  }
  const types = found.response_types_supported
  if (Array.isArray(types) && !types.includes('code')) throw refused('upstream.no_code_flow')
  return found
}
