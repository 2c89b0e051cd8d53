/** Numbers as exact decimal text: what a cell stores as a double, what people type, and which of two is larger. */

/** Moves the point of `digits` so many places to the right (left when negative). */
function shifted(digits: string, places: number): string {
  if (places >= digits.length) return digits.padEnd(places, '0')
  if (places <= 0) return `0.${'0'.repeat(-places)}${digits}`
  return `${digits.slice(0, places)}.${digits.slice(places)}`
}

/**
 * A stored double as the spreadsheet shows it: rounded to 15 significant digits, without exponent, so that 0.1 + 0.2 is
 * 0.3. Text that is no number comes back as it is.
 */
export function plainNumber(raw: string): string {
  if (/^(0|-?[1-9]\d{0,14})$/.test(raw)) return raw
  const number = Number(raw)
  if (raw === '' || !Number.isFinite(number)) return raw
  if (number === 0) return '0'
  const [mantissa = '', exponent] = Math.abs(number).toExponential(14).split('e')
  const digits = mantissa.replace('.', '').replace(/0+$/, '')
  return (number < 0 ? '-' : '') + shifted(digits, Number(exponent) + 1)
}

/**
 * The exact decimal that a person typed, with thousands commas removed: “1,234.50” is `1234.50`, “+007” is `7`; undefined when
 * it is no number. Trailing zeros stay.
 */
export function decimalOf(text: string): string | undefined {
  const match = /^([+-]?)(\d{1,3}(?:,\d{3})+|\d+)?(?:\.(\d+))?$/.exec(text)
  if (!match || (match[2] === undefined && match[3] === undefined)) return undefined
  const [, sign, whole = '0', fraction] = match
  const digits = whole.replaceAll(',', '').replace(/^0+(?=\d)/, '')
  const unsigned = fraction === undefined ? digits : `${digits}.${fraction}`
  return sign === '-' && /[1-9]/.test(unsigned) ? `-${unsigned}` : unsigned
}

/** Digits after the point that count. */
export const scaleOf = (decimal: string): number => (/\.(\d*?)0*$/.exec(decimal)?.[1] ?? '').length

/** Negative when `a` is the smaller, positive when it is the larger, 0 when they are equal. Both are exact decimals. */
export function compareDecimals(a: string, b: string): number {
  const places = Math.max(a.split('.')[1]?.length ?? 0, b.split('.')[1]?.length ?? 0)
  const scaled = (decimal: string): bigint => {
    const [whole = '', fraction = ''] = decimal.split('.')
    return BigInt(whole + fraction.padEnd(places, '0'))
  }
  const difference = scaled(a) - scaled(b)
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

/** 15 digits are all that a double keeps of what was typed; anything longer has been changed by the spreadsheet. */
export const hasLostDigits = (numberCell: string): boolean => /^-?[1-9]\d{15,}$/.test(numberCell)
