/** Exact decimals in millionths, without floating point. */

const PLACES = 6
export const ONE = 10n ** BigInt(PLACES)

/** Millionths of a decimal as text or number. @throws RangeError for what is no decimal, or has more than six places */
export function amount(given: string | number): bigint {
  const text = String(given)
  const quick = shortAmount(text)
  if (quick !== undefined) return BigInt(quick)
  const match = /^(-?)(\d{1,24})(?:\.(\d+))?$/.exec(text)
  const fraction = match?.[3] ?? ''
  if (!match || /[1-9]/.test(fraction.slice(PLACES))) throw new RangeError(`not a decimal of six places: ${text}`)
  const size = BigInt(match[2]!) * ONE + BigInt(fraction.slice(0, PLACES).padEnd(PLACES, '0'))
  return match[1] ? -size : size
}

/** The same for what is short enough to be exact in a number of 53 bits: nearly everything is. Without patterns, for whole populations. */
function shortAmount(text: string): number | undefined {
  const negative = text.charCodeAt(0) === 45
  const start = negative ? 1 : 0
  let [size, places, digits] = [0, -1, 0]
  if (text.length - start > 15) return undefined
  for (let at = start; at < text.length; at++) {
    const digit = text.charCodeAt(at) - 48
    if (digit === -2 && places < 0 && digits > 0) places = 0
    else if (digit >= 0 && digit <= 9 && places < PLACES) {
      size = size * 10 + digit
      digits++
      if (places >= 0) places++
    } else return undefined
  }
  if (digits === 0 || places === 0 || digits - Math.max(places, 0) > 9) return undefined
  for (let place = Math.max(places, 0); place < PLACES; place++) size *= 10
  return negative ? -size : size
}

/** The decimal as PostgreSQL and people write it, without zeros at its end. */
export function decimal(value: bigint): string {
  const digits = (value < 0n ? -value : value).toString().padStart(PLACES + 1, '0')
  const fraction = digits.slice(-PLACES).replace(/0+$/, '')
  return `${value < 0n ? '-' : ''}${digits.slice(0, -PLACES)}${fraction && `.${fraction}`}`
}

/** `a / b` in millionths, half away from zero, as `round(numeric, 6)` does. */
export function quotient(a: bigint, b: bigint): bigint {
  const negative = a < 0n !== b < 0n
  const [top, bottom] = [a < 0n ? -a : a, b < 0n ? -b : b]
  const size = (top * 2n + bottom) / (bottom * 2n)
  return negative ? -size : size
}
