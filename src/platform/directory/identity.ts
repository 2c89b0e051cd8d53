/** Identity numbers: encrypted at rest (AES-256-GCM), found again by a keyed hash (HMAC-SHA-256), shown masked. */
import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto'

/** 32 bytes each: the installation's keys for the purposes `identity-cipher` and `identity-hash`. */
export type IdentityKeys = { cipher: Buffer; hash: Buffer }

/** What is stored of an identity number. */
export type Identity = { idCipher: Buffer; idHash: Buffer; idMasked: string }

const VERSION = 1
const NONCE = 12
const TAG = 16

/** The keys for identity numbers, from the house's way of deriving keys. */
export const identityKeys = (key: (purpose: string) => Buffer): IdentityKeys => ({
  cipher: key('identity-cipher'),
  hash: key('identity-hash'),
})

/** One form of a number however it was typed: half-width capitals without spaces. */
export const normalIdentity = (number: string): string => number.normalize('NFKC').replace(/\s/g, '').toUpperCase()

export const sealIdentity = (keys: IdentityKeys, number: string): Identity => {
  const text = normalIdentity(number)
  return { idCipher: encrypt(keys, text), idHash: hashIdentity(keys, text), idMasked: maskIdentity(text) }
}

/** Equal numbers give equal hashes; without the key a hash says nothing, although there are few possible numbers. */
export const hashIdentity = (keys: IdentityKeys, number: string): Buffer =>
  createHmac('sha256', keys.hash).update(normalIdentity(number)).digest()

/** `500114********002X`: the six digits of the region and the last four characters; of other documents a third at each end. */
export function maskIdentity(number: string): string {
  const text = normalIdentity(number)
  if (text.length === 18) return `${text.slice(0, 6)}********${text.slice(-4)}`
  const shown = Math.min(3, Math.floor(text.length / 3))
  return `${text.slice(0, shown)}${'*'.repeat(text.length - 2 * shown)}${text.slice(text.length - shown)}`
}

/** Layout: version of the key (1 byte), nonce (12), tag (16), the number. The version is authenticated. */
function encrypt(keys: IdentityKeys, text: string): Buffer {
  const head = Buffer.concat([Buffer.of(VERSION), randomBytes(NONCE)])
  const cipher = createCipheriv('aes-256-gcm', keys.cipher, head.subarray(1)).setAAD(head.subarray(0, 1))
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([head, cipher.getAuthTag(), body])
}

/** The number in clear. Throws when it was tampered with or the key is another one. */
export function openIdentity(keys: IdentityKeys, sealed: Buffer): string {
  const version = sealed[0]
  if (version !== VERSION) throw new Error(`identity number under unknown key version ${version}`)
  const decipher = createDecipheriv('aes-256-gcm', keys.cipher, sealed.subarray(1, 1 + NONCE)).setAAD(
    sealed.subarray(0, 1),
  )
  decipher.setAuthTag(sealed.subarray(1 + NONCE, 1 + NONCE + TAG))
  return Buffer.concat([decipher.update(sealed.subarray(1 + NONCE + TAG)), decipher.final()]).toString('utf8')
}
