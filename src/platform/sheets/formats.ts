/** How a spreadsheet writes places and numbers: column letters, number formats, and days as serial numbers. */

export function columnLetter(index: number): string {
  let letters = ''
  for (let n = index + 1; n > 0; n = Math.floor((n - 1) / 26))
    letters = String.fromCharCode(65 + ((n - 1) % 26)) + letters
  return letters
}

/** The column of a reference such as `AB12`, from 0; -1 when there is none. A worksheet has 16,384. */
export function columnIndex(reference: string): number {
  let n = 0
  for (let i = 0; i < reference.length; i++) {
    const code = reference.charCodeAt(i)
    if (code < 65 || code > 90) break
    n = n * 26 + code - 64
  }
  return Math.min(n, 16384) - 1
}

/** What a number format makes of a number: a date, or an integer with leading zeros. */
export interface NumberStyle {
  readonly date: boolean
  /** The number of digits that the format `0000` fills up to; 0 for every other format. */
  readonly zeros: number
}

export const PLAIN: NumberStyle = { date: false, zeros: 0 }

/** Built-in formats that are dates, those of Chinese editions included (27 to 36, 50 to 58); ECMA-376 part 1, 18.8.30. */
const isBuiltInDate = (id: number): boolean =>
  (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58)

export function numberStyle(id: number, format: string | undefined): NumberStyle {
  if (format === undefined) return isBuiltInDate(id) ? { date: true, zeros: 0 } : PLAIN
  const first = format.split(';')[0] ?? ''
  const bare = first.replace(/"[^"]*"|\[(?!h+\]|m+\]|s+\])[^\]]*\]|[\\_*]./gi, '')
  if (/^0+$/.test(bare)) return { date: false, zeros: bare.length }
  return { date: bare.toLowerCase() !== 'general' && /[ymdhs]/i.test(bare), zeros: 0 }
}

const two = (n: number): string => String(n).padStart(2, '0')

/**
 * What a date format shows of a serial number: “2023-02-28”, “2023-02-28 09:30:00”, or a time alone below 1; undefined
 * for a number that no calendar has. Days are counted from 1899-12-30, in files of old Macintoshes from 1904-01-01.
 */
export function serialDate(serial: number, since1904 = false): string | undefined {
  // Note: serial 60 is the 29 February 1900 that Lotus invented; the days before it are one off, and nobody means them.
  const days = serial + (since1904 ? 1462 : 0)
  if (!(days >= 0) || days >= 2958466) return undefined
  const seconds = Math.round(days * 86400)
  const rest = seconds % 86400
  const time = `${two(Math.floor(rest / 3600))}:${two(Math.floor(rest / 60) % 60)}:${two(rest % 60)}`
  if (days < 1) return time
  const day = new Date((Math.floor(seconds / 86400) - 25569) * 86_400_000).toISOString().slice(0, 10)
  return rest === 0 ? day : `${day} ${time}`
}
