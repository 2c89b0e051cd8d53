/** Identity numbers: encrypted at rest, found again by a keyed hash, shown masked. */
import { type Kept, type Keys, type Sealer, sealer } from '../cipher/index.ts'

/** What seals identity numbers and opens them. */
export type IdentityKeys = Sealer

/** What is stored of an identity number. */
export type Identity = { idCipher: Buffer; idHash: Buffer; idMasked: string }

/** Where identity numbers are kept sealed. */
export const identityKept: Kept[] = [
  { table: 'directory.person', cipher: 'id_cipher', hash: 'id_hash', purpose: 'identity' },
]

/** The keys for identity numbers, from the house's. */
export const identityKeys = (keys: Keys): IdentityKeys => sealer(keys, 'identity')

/** One form of a number however it was typed: half-width capitals without spaces. */
export const normalIdentity = (number: string): string => number.normalize('NFKC').replace(/\s/g, '').toUpperCase()

export const sealIdentity = (keys: IdentityKeys, number: string): Identity => {
  const text = normalIdentity(number)
  return { idCipher: keys.seal(text), idHash: keys.blind(text), idMasked: maskIdentity(text) }
}

/** Equal numbers give equal hashes; without the key a hash says nothing, although there are few possible numbers. */
export const hashIdentity = (keys: IdentityKeys, number: string): Buffer => keys.blind(normalIdentity(number))

/** The number in clear. Throws when it was tampered with or the key is another one. */
export const openIdentity = (keys: IdentityKeys, sealed: Buffer): string => keys.open(sealed)

/** `500114********002X`: the six digits of the region and the last four characters; of other documents a third at each end. */
export function maskIdentity(number: string): string {
  const text = normalIdentity(number)
  if (text.length === 18) return `${text.slice(0, 6)}********${text.slice(-4)}`
  const shown = Math.min(3, Math.floor(text.length / 3))
  return `${text.slice(0, shown)}${'*'.repeat(text.length - 2 * shown)}${text.slice(text.length - shown)}`
}
