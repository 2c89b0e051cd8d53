/** Resident identity numbers: 18 characters under GB 11643-1999, the last being an ISO 7064 MOD 11-2 check character. */
import { type CivilDate, isCivilDate } from './dates.ts'

export type IdNumberProblem = 'length' | 'characters' | 'region' | 'birth_date' | 'check_digit'

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const CHECKS = '10X98765432'

/**
 * First two digits of the address code (GB/T 2260). The six digits are not looked up: districts are renamed and merged,
 * the number given at birth stays. 81 to 83 are residence permits of people from Hong Kong, Macao and Taiwan.
 */
const REGIONS = new Set(
  '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83'.split(' '),
)

/** The check character that belongs to the first seventeen digits. */
export function idNumberCheck(digits: string): string {
  let sum = 0
  for (let i = 0; i < 17; i++) sum += Number(digits[i]) * WEIGHTS[i]!
  return CHECKS[sum % 11]!
}

/**
 * What is wrong with an identity number, the first reason only; undefined when nothing is.
 * The letter X must be a capital. With `asOf`, a birth date after that day is wrong too.
 */
export function idNumberProblem(text: string, asOf?: CivilDate): IdNumberProblem | undefined {
  if (text.length !== 18) return 'length'
  if (!/^\d{17}[\dX]$/.test(text)) return 'characters'
  if (!REGIONS.has(text.slice(0, 2))) return 'region'
  const born = birthDateOf(text)
  if (!isCivilDate(born) || born < '1800-01-01' || (asOf !== undefined && born > asOf)) return 'birth_date'
  if (idNumberCheck(text) !== text[17]) return 'check_digit'
  return undefined
}

export const isIdNumber = (text: string): boolean => idNumberProblem(text) === undefined

/** The birth date written in a valid number. */
export const birthDateOf = (idNumber: string): CivilDate =>
  `${idNumber.slice(6, 10)}-${idNumber.slice(10, 12)}-${idNumber.slice(12, 14)}`

/** The sex written in a valid number: the seventeenth digit is odd for men. */
export const sexOf = (idNumber: string): 'male' | 'female' => (Number(idNumber[16]) % 2 === 1 ? 'male' : 'female')
