/**
 * Checking a credential with nothing but the published key: the same function in the browser, at the command line and on the server.
 * Reads no address and no clock of its own; what it needs is handed in.
 */

export type PublicKey = JsonWebKey & { kid?: string; alg?: string }
/** What a credential says, as it was signed. */
export type Claims = Record<string, unknown>

export type Verdict =
  /** `key`: signed with a key that is not among those given. */
  | { state: 'unreadable' | 'altered' | 'key'; kid?: string }
  | {
      state: 'holds' | 'revoked' | 'over' | 'early'
      kid: string
      claims: Claims
      /** Whether a list of revoked ones was at hand and names it; `none` where it is on no list, as of a growth file. */
      status: 'checked' | 'unchecked' | 'none'
    }

const BAKED = /<openbadges:credential\b[^>]*\bverify="([^"]+)"/
const COMPACT = /^[\w-]+\.[\w-]+\.[\w-]+$/
const KINDS: Record<string, { key: EcKeyImportParams | Algorithm; sign: EcdsaParams | Algorithm }> = {
  ES256: { key: { name: 'ECDSA', namedCurve: 'P-256' }, sign: { name: 'ECDSA', hash: 'SHA-256' } },
  EdDSA: { key: { name: 'Ed25519' }, sign: { name: 'Ed25519' } },
}

/** The signed text in a file: a bare one, a badge picture that carries one, or an enveloped credential. Null where there is none. */
export function signedText(file: string): string | null {
  const text = file.trim()
  const baked = BAKED.exec(text)?.[1]
  if (baked) return COMPACT.test(baked) ? baked : null
  if (COMPACT.test(text)) return text
  const id = (readJson(text) as { id?: unknown } | null)?.id
  const enveloped = typeof id === 'string' ? /^data:application\/vc\+jwt,(.+)$/.exec(id)?.[1] : undefined
  return enveloped && COMPACT.test(enveloped) ? enveloped : null
}

/** Keys of a JWKS or of a DID document; none where the text is neither. */
export function keysIn(text: string): PublicKey[] {
  const found = readJson(text) as {
    keys?: PublicKey[]
    verificationMethod?: { id: string; publicKeyJwk?: PublicKey }[]
  } | null
  if (Array.isArray(found?.keys)) return found.keys
  if (!Array.isArray(found?.verificationMethod)) return []
  return found.verificationMethod.flatMap(({ id, publicKeyJwk }) =>
    publicKeyJwk ? [{ ...publicKeyJwk, kid: id }] : [],
  )
}

/** Where its issuer says that the list of revoked ones is; undefined where it is on none, or the text is no credential. */
export function statusAddress(file: string): string | undefined {
  const at = statusOf(claimsOf(signedText(file)))?.statusListCredential
  return typeof at === 'string' ? at : undefined
}

/** Who says that they issued it: `did:web:…`. Not yet verified. */
export function issuerOf(file: string): string | undefined {
  const issuer = claimsOf(signedText(file))?.issuer as { id?: unknown } | string | undefined
  const id = typeof issuer === 'object' ? issuer?.id : issuer
  return typeof id === 'string' ? id : undefined
}

/**
 * @param file content of the file
 * @param given `keys` that are trusted; `status` the signed list of revoked ones, where one is at hand; `at` instant for which it is asked
 */
export async function verifyCredential(
  file: string,
  { keys, status, at }: { keys: readonly PublicKey[]; status?: string | undefined; at: Date },
): Promise<Verdict> {
  const opened = await openSigned(signedText(file), keys)
  if (opened.state !== 'signed') return opened
  const { claims, kid } = opened
  const entry = statusOf(claims)
  const revoked = entry && status !== undefined ? await isRevoked(entry, status, keys, String(claims.iss)) : undefined
  const known = !entry ? ('none' as const) : revoked === undefined ? ('unchecked' as const) : ('checked' as const)
  const found = { kid, claims, status: known }
  if (revoked) return { state: 'revoked', ...found }
  const [from, until] = [claims.validFrom, claims.validUntil].map((text) => Date.parse(String(text ?? '')))
  if (from! > at.getTime()) return { state: 'early', ...found }
  if (until! < at.getTime()) return { state: 'over', ...found }
  return { state: 'holds', ...found }
}

type Opened =
  | { state: 'unreadable' | 'altered' | 'key'; kid?: string }
  | { state: 'signed'; kid: string; claims: Claims }

async function openSigned(text: string | null, keys: readonly PublicKey[]): Promise<Opened> {
  const [head, body, signature] = text?.split('.') ?? []
  const header = head ? (readJson(utf8(head)) as { alg?: string; kid?: string } | null) : null
  const claims = claimsOf(text)
  const kind = header?.alg ? KINDS[header.alg] : undefined
  if (!header?.kid || !kind || !claims || !signature) return { state: 'unreadable' }
  const { kid } = header
  const key = keys.find((one) => one.kid !== undefined && fragment(one.kid) === fragment(kid))
  if (!key) return { state: 'key', kid }
  try {
    const { kty, crv, x, y } = key
    const jwk = { kty, crv, x, ...(y ? { y } : {}) } as JsonWebKey
    const made = await crypto.subtle.importKey('jwk', jwk, kind.key, false, ['verify'])
    const sound = await crypto.subtle.verify(
      kind.sign,
      made,
      bytes(signature),
      new TextEncoder().encode(`${head}.${body}`),
    )
    return sound ? { state: 'signed', kid, claims } : { state: 'altered', kid }
  } catch {
    return { state: 'altered', kid }
  }
}

type StatusEntry = { statusListIndex: string; statusListCredential: string }

/** Undefined where the list is not the one that the credential names, or is not signed by whoever issued it. */
async function isRevoked(
  entry: StatusEntry,
  list: string,
  keys: readonly PublicKey[],
  issuer: string,
): Promise<boolean | undefined> {
  const opened = await openSigned(signedText(list), keys)
  if (opened.state !== 'signed') return undefined
  const { claims } = opened
  const subject = claims.credentialSubject as { encodedList?: string; statusPurpose?: string } | undefined
  if (claims.id !== entry.statusListCredential || claims.iss !== issuer || subject?.statusPurpose !== 'revocation')
    return undefined
  const place = Number(entry.statusListIndex)
  const bits = await unpacked(subject.encodedList ?? '').catch(() => null)
  const byte = bits?.[place >> 3]
  return byte === undefined ? undefined : ((byte >> (7 - (place & 7))) & 1) === 1
}

/** Multibase (base64url without padding) of gzip, as Bitstring Status List has it. */
async function unpacked(encoded: string): Promise<Uint8Array> {
  const stream = new Blob([bytes(encoded.replace(/^u/, ''))]).stream().pipeThrough(new DecompressionStream('gzip'))
  return new Uint8Array(await new Response(stream).arrayBuffer())
}

const statusOf = (claims: Claims | null): StatusEntry | undefined => claims?.credentialStatus as StatusEntry | undefined
const claimsOf = (text: string | null): Claims | null => {
  const body = text?.split('.')[1]
  const found = body ? readJson(utf8(body)) : null
  return found && typeof found === 'object' && !Array.isArray(found) ? (found as Claims) : null
}
const fragment = (kid: string): string => kid.slice(kid.lastIndexOf('#') + 1)

function bytes(base64url: string): Uint8Array<ArrayBuffer> {
  try {
    return Uint8Array.from(atob(base64url.replaceAll('-', '+').replaceAll('_', '/')), (sign) => sign.charCodeAt(0))
  } catch {
    return new Uint8Array()
  }
}
const utf8 = (base64url: string): string => new TextDecoder().decode(bytes(base64url))

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
