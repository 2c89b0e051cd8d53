/** The two suites of algorithms a text may be sealed under: the international one and the national one (国密). Both encrypt and authenticate. */
import { createCipheriv, createDecipheriv, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/** Thrown by opening what was changed, was sealed under another key or binding, or is no sealed text at all. */
export class Tampered extends Error {
  override readonly name = 'Tampered'
}

export type Suite = {
  /** Stands in the head of everything that was sealed under it. */
  id: number
  /** Bytes that sealing adds. */
  overhead: number
  /**
   * @param key 32 bytes
   * @param bound bytes that are authenticated with the text and not stored: what opens must be given the same
   * @returns nonce, body and tag
   */
  seal(key: Buffer, plain: Buffer, bound: Buffer): Buffer
  /** @throws Tampered */
  open(key: Buffer, sealed: Buffer, bound: Buffer): Buffer
  /** 32 bytes that say nothing without the key. */
  mac(key: Buffer, plain: Buffer): Buffer
}

const NONCE = 12
const TAG = 16

/** AES-256-GCM (NIST SP 800-38D) and HMAC-SHA-256. Layout: nonce (12), tag (16), body. */
const aes: Suite = {
  id: 1,
  overhead: NONCE + TAG,
  seal: (key, plain, bound) => {
    const nonce = randomBytes(NONCE)
    const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(bound)
    const body = Buffer.concat([cipher.update(plain), cipher.final()])
    return Buffer.concat([nonce, cipher.getAuthTag(), body])
  },
  open: (key, sealed, bound) => {
    if (sealed.length < NONCE + TAG) throw new Tampered('too short')
    try {
      const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE), { authTagLength: TAG })
      decipher.setAAD(bound).setAuthTag(sealed.subarray(NONCE, NONCE + TAG))
      return Buffer.concat([decipher.update(sealed.subarray(NONCE + TAG)), decipher.final()])
    } catch (error) {
      throw new Tampered('does not open', { cause: error })
    }
  },
  mac: (key, plain) => createHmac('sha256', key).update(plain).digest(),
}

const IV = 16
const MARK = 32

/** SM4-CTR (GB/T 32907, mode of GB/T 17964), then HMAC-SM3 (GB/T 32905, GB/T 15852.2) over all of it. Layout: counter (16), mark (32), body. */
const national: Suite = {
  id: 2,
  overhead: IV + MARK,
  seal: (key, plain, bound) => {
    const counter = randomBytes(IV)
    const { encrypting, marking } = parts(key)
    const cipher = createCipheriv('sm4-ctr', encrypting, counter)
    const body = Buffer.concat([cipher.update(plain), cipher.final()])
    return Buffer.concat([counter, mark(marking, counter, bound, body), body])
  },
  open: (key, sealed, bound) => {
    if (sealed.length < IV + MARK) throw new Tampered('too short')
    const { encrypting, marking } = parts(key)
    const [counter, given, body] = [sealed.subarray(0, IV), sealed.subarray(IV, IV + MARK), sealed.subarray(IV + MARK)]
    if (!timingSafeEqual(given, mark(marking, counter, bound, body))) throw new Tampered('does not open')
    const decipher = createDecipheriv('sm4-ctr', encrypting, counter)
    return Buffer.concat([decipher.update(body), decipher.final()])
  },
  mac: (key, plain) => createHmac('sm3', key).update(plain).digest(),
}

type Parts = { encrypting: Buffer; marking: Buffer }
const known = new WeakMap<Buffer, Parts>()

/** One key encrypts and another marks; both come from the one that is given. */
function parts(key: Buffer): Parts {
  const part = (of: string): Buffer => createHmac('sm3', key).update(of).digest()
  const made = known.get(key) ?? { encrypting: part('encrypting').subarray(0, 16), marking: part('marking') }
  known.set(key, made)
  return made
}

/** The length of what is bound stands before it, so that no byte of it can be taken for one of the body. */
function mark(key: Buffer, counter: Buffer, bound: Buffer, body: Buffer): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(bound.length)
  return createHmac('sm3', key).update(counter).update(length).update(bound).update(body).digest()
}

export const SUITES = { aes, sm4: national } as const
export type SuiteName = keyof typeof SUITES
