/** The check-in code on the host's screen: signed, bound to one session, changing every few seconds, useless a minute later. */
import { createHmac, timingSafeEqual } from 'node:crypto'

/** Seconds a code is shown, and how many periods after that it is still taken (walking up, slow phones). */
export type CheckInTiming = { periodSeconds: number; graceSteps: number }

export type Shown = { token: string; code: string; step: number; secondsLeft: number }
export type Verdict = { ok: true; sessionId: string } | { ok: false; why: 'malformed' | 'forged' | 'expired' | 'early' }

const stepAt = (now: string, { periodSeconds }: CheckInTiming): number =>
  Math.floor(Date.parse(now) / 1000 / periodSeconds)

const sign = (key: Buffer, sessionId: string, step: number): Buffer =>
  createHmac('sha256', key).update(`${sessionId}.${step}`).digest()

/** Six digits for phones without a camera, from the same signature (RFC 4226 truncation). */
const digits = (signature: Buffer): string => {
  const offset = signature.at(-1)! & 0x0f
  return String((signature.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

/** What the host's screen shows now. The token goes into the QR code's address. */
export function showCode(key: Buffer, sessionId: string, now: string, timing: CheckInTiming): Shown {
  const step = stepAt(now, timing)
  const signature = sign(key, sessionId, step)
  const secondsLeft = timing.periodSeconds - (Math.floor(Date.parse(now) / 1000) % timing.periodSeconds)
  return {
    token: `${sessionId}.${step}.${signature.subarray(0, 16).toString('base64url')}`,
    code: digits(signature),
    step,
    secondsLeft,
  }
}

/** Checks a scanned token against the time. */
export function verifyToken(key: Buffer, token: string, now: string, timing: CheckInTiming): Verdict {
  const match = /^([0-9a-f-]{36})\.(\d{1,12})\.([\w-]{22})$/.exec(token)
  if (!match) return { ok: false, why: 'malformed' }
  const [, sessionId = '', shownStep = '', mac = ''] = match
  const expected = sign(key, sessionId, Number(shownStep)).subarray(0, 16)
  if (!timingSafeEqual(expected, Buffer.from(mac, 'base64url'))) return { ok: false, why: 'forged' }
  const age = stepAt(now, timing) - Number(shownStep)
  if (age < 0) return { ok: false, why: 'early' }
  return age <= timing.graceSteps ? { ok: true, sessionId } : { ok: false, why: 'expired' }
}

/** How many codes back digits are told from digits that were never shown: a quarter of an hour at five seconds a code. */
const REMEMBERED = 180

/** Checks typed digits for a session that is known: taken, shown before and not any more, or never shown. */
export function verifyDigits(
  key: Buffer,
  sessionId: string,
  typed: string,
  now: string,
  timing: CheckInTiming,
): 'ok' | 'expired' | 'wrong' {
  if (!/^\d{6}$/.test(typed)) return 'wrong'
  const step = stepAt(now, timing)
  for (let age = 0; age <= timing.graceSteps + REMEMBERED; age++) {
    if (timingSafeEqual(Buffer.from(digits(sign(key, sessionId, step - age))), Buffer.from(typed)))
      return age <= timing.graceSteps ? 'ok' : 'expired'
  }
  return 'wrong'
}
