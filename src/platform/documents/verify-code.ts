/** Verification codes: printed under the QR code, typed by people, guessed by nobody (95 random bits). */

/** Crockford's base 32: no I, L, O, U, so that nothing is mistaken for 1, 0 or V. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const LENGTH = 20

/** Times x in the field of 32 elements (x⁵ + x² + 1). */
const timesX = (a: number): number => (a & 16 ? (a << 1) ^ 0b100101 : a << 1)

/**
 * The sum of cᵢ·xⁱ over the field, position 0 last: 0 for a whole code. Every wrong character and every two neighbours changed
 * over make it differ from 0, because xⁱ never is 0 and xⁱ ≠ xⁱ⁺¹.
 */
const checksum = (values: Iterable<number>): number => {
  let sum = 0
  for (const value of values) sum = timesX(sum) ^ value
  return sum
}

const grouped = (code: string): string => code.match(/.{5}/g)!.join('-')

/** A new code with its check character, grouped for people: `7K3QX-9D2MA-V0TZH-4WBEC`. */
export function newVerifyCode(): string {
  const random = Array.from(crypto.getRandomValues(new Uint8Array(LENGTH - 1)), (byte) => byte & 31)
  const check = timesX(checksum(random))
  return grouped([...random, check].map((value) => ALPHABET[value]).join(''))
}

/**
 * The code in its one written form, from what somebody typed: small or full-width letters, any spaces and dashes, O for 0,
 * I and L for 1. Null when it cannot be a code; a mistyped character is noticed here, without asking the database.
 */
export function normaliseVerifyCode(text: string): string | null {
  const code = text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Dash}_.]+/gu, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1')
  if (code.length !== LENGTH) return null
  const values = Array.from(code, (char) => ALPHABET.indexOf(char))
  return values.includes(-1) || checksum(values) !== 0 ? null : grouped(code)
}
