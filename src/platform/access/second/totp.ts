/** Codes of an authenticator app (RFC 6238: SHA-1, six digits, thirty seconds), as every such app reads them. */
import { Secret, TOTP } from 'otpauth'

const PERIOD = 30
/** A clock may be off by one step either way. */
const WINDOW = 1

const appOf = (secret: string, label = '') =>
  new TOTP({ issuer: '强师', label, secret: Secret.fromBase32(secret), algorithm: 'SHA1', digits: 6, period: PERIOD })

/** 160 bits in base32, as it is typed where no picture can be scanned. */
export const newSecret = (): string => new Secret({ size: 20 }).base32

/** `otpauth://totp/…`: what the picture says. */
export const uriOf = (secret: string, login: string): string => appOf(secret, login).toString()

/**
 * The step that a code belongs to; null where it is no code of this secret around that time, or one of a step already used.
 * @param at milliseconds since 1970
 */
export function stepOf(secret: string, code: string, at: number, lastStep: number): number | null {
  const token = code.replace(/\s/g, '')
  if (!/^\d{6}$/.test(token)) return null
  const delta = appOf(secret).validate({ token, timestamp: at, window: WINDOW })
  if (delta === null) return null
  const step = Math.floor(at / 1000 / PERIOD) + delta
  return step > lastStep ? step : null
}
