/** Who raised an objection: kept encrypted (AES-256-GCM) under a key of its own, opened only by who answers and on record. */
import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from 'node:crypto'
import { Refusal } from '../../../base/errors.ts'

type Keys = (purpose: string) => Buffer
const CIPHER = 'aes-256-gcm'
const VERSION = 1
const NONCE = 12
const TAG = 16

const keyOf = (keys: Keys) => keys('cases.objector')

/** Layout: version (1 byte), nonce (12), tag (16), text. `about` binds it to its objection: moved to another row it does not open. */
export function seal(keys: Keys, about: string, text: string): Buffer {
  const head = Buffer.concat([Buffer.of(VERSION), randomBytes(NONCE)])
  const cipher = createCipheriv(CIPHER, keyOf(keys), head.subarray(1)).setAAD(
    Buffer.concat([head.subarray(0, 1), Buffer.from(about)]),
  )
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([head, cipher.getAuthTag(), body])
}

/** @throws Refusal `cases.objector_sealed` where it was changed or the key is another one */
export function unseal(keys: Keys, about: string, sealed: Buffer): string {
  try {
    const start = 1 + NONCE + TAG
    const cipher = createDecipheriv(CIPHER, keyOf(keys), sealed.subarray(1, 1 + NONCE))
      .setAAD(Buffer.concat([sealed.subarray(0, 1), Buffer.from(about)]))
      .setAuthTag(sealed.subarray(1 + NONCE, start))
    return Buffer.concat([cipher.update(sealed.subarray(start)), cipher.final()]).toString('utf8')
  } catch {
    throw new Refusal('fault', 'cases.objector_sealed')
  }
}

/** Receipts are random enough not to need a key. */
export const receiptHash = (receipt: string): Buffer => createHash('sha256').update(`receipt ${receipt}`).digest()

/** Somebody who knocks, for one hour: the address cannot be found from it, nor one hour led over to the next. */
export const knocker = (keys: Keys, who: string, hour: string): Buffer =>
  createHmac('sha256', keys('cases.knock')).update(`${hour} ${who}`).digest().subarray(0, 16)
