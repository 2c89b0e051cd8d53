/** How this installation is called as an issuer (did:web), and its signature under what it says (VC-JWT, W3C Securing Verifiable Credentials). */
import { CompactSign, type JWK } from 'jose'
import type { House } from '../access/index.ts'
import type { Signer } from './keys.ts'

export type Credential = Record<string, unknown> & { id: string; validFrom: string }

/** did:web of the public address: its document lies at `/.well-known/did.json`. */
export const didOf = ({ settings }: House): string => `did:web:${encodeURIComponent(new URL(settings.publicUrl).host)}`

/** Signed with the claims that readers of JWT expect beside the credential's own. */
export async function signed(house: House, { kid, alg, key }: Signer, credential: Credential): Promise<string> {
  const did = didOf(house)
  const payload = {
    ...credential,
    iss: did,
    jti: credential.id,
    nbf: Math.floor(Date.parse(credential.validFrom) / 1000),
    ...(typeof credential.validUntil === 'string' ? { exp: Math.floor(Date.parse(credential.validUntil) / 1000) } : {}),
  }
  return new CompactSign(new TextEncoder().encode(JSON.stringify(payload)))
    .setProtectedHeader({ alg, kid: `${did}#${kid}`, typ: 'vc+jwt', cty: 'vc' })
    .sign(key)
}

/** The keys under the names that signatures give them, so that any library finds the right one. */
export const keySet = (house: House, keys: readonly JWK[]) => ({
  keys: keys.map((key) => ({ ...key, kid: `${didOf(house)}#${key.kid}` })),
})

/** The issuer's document: every published key, for whoever resolves the did. */
export function didDocument(house: House, keys: readonly JWK[]) {
  const did = didOf(house)
  const methods = keys.map((publicKeyJwk) => ({
    id: `${did}#${publicKeyJwk.kid}`,
    type: 'JsonWebKey',
    controller: did,
    publicKeyJwk,
  }))
  return {
    '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/jwk/v1'],
    id: did,
    verificationMethod: methods,
    assertionMethod: methods.map(({ id }) => id),
  }
}
