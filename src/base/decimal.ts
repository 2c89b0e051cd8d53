/** Exact decimal arithmetic on text such as "12.50": hours, credits and shares never pass through floating point. */
const SCALE = 6
const UNIT = 10n ** BigInt(SCALE)

const parse = (text: string): bigint => {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text.trim())
  if (!match) throw new RangeError(`not a decimal: ${text}`)
  const [, sign, whole = '0', fraction = ''] = match
  if (fraction.length > SCALE && /[1-9]/.test(fraction.slice(SCALE)))
    throw new RangeError(`more than ${SCALE} decimals: ${text}`)
  const value = BigInt(whole) * UNIT + BigInt(fraction.slice(0, SCALE).padEnd(SCALE, '0'))
  return sign ? -value : value
}

const print = (value: bigint): string => {
  const digits = (value < 0n ? -value : value).toString().padStart(SCALE + 1, '0')
  const fraction = digits.slice(-SCALE).replace(/0+$/, '')
  return `${value < 0n ? '-' : ''}${digits.slice(0, -SCALE)}${fraction ? `.${fraction}` : ''}`
}

export const add = (...terms: string[]): string => print(terms.reduce((sum, term) => sum + parse(term), 0n))
export const subtract = (a: string, b: string): string => print(parse(a) - parse(b))
export const times = (a: string, b: string): string => print(halfUp(parse(a) * parse(b), UNIT))
export const compare = (a: string, b: string): number => {
  const difference = parse(a) - parse(b)
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}
export const atLeast = (a: string, b: string): boolean => compare(a, b) >= 0

/** `a / b`, rounded half up to `places` decimals (0 to 6). */
export function divide(a: string, b: string, places = 2): string {
  const divisor = parse(b)
  if (divisor === 0n) throw new RangeError('division by zero')
  const step = 10n ** BigInt(SCALE - places)
  return print(halfUp(halfUpOver(parse(a) * UNIT, divisor), step) * step)
}

const halfUp = (value: bigint, by: bigint): bigint => halfUpOver(value, by)
function halfUpOver(value: bigint, by: bigint): bigint {
  const negative = value < 0n !== by < 0n
  const top = value < 0n ? -value : value
  const bottom = by < 0n ? -by : by
  const rounded = (top * 2n + bottom) / (bottom * 2n)
  return negative ? -rounded : rounded
}
