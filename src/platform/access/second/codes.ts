/** Recovery codes: ten at a time, each gets in once; only their keyed hashes are kept. */
import { createHmac, randomInt } from 'node:crypto'
import type { House } from '../house.ts'

const MOST = 10
/** Without signs that are taken for one another. */
const LETTERS = '23456789ABCDEFGHJKMNPQRSTVWXYZ'

/** `7KQ2-M9XB-4TRD`: about 59 bits. */
export function newCode(): string {
  const group = () => Array.from({ length: 4 }, () => LETTERS[randomInt(LETTERS.length)]).join('')
  return `${group()}-${group()}-${group()}`
}

export const newCodes = (): string[] => Array.from({ length: MOST }, newCode)

/** However it is typed: small letters, no dashes. */
const bare = (code: string): string => code.toUpperCase().replace(/[^0-9A-Z]/g, '')

export const hashCode = (house: Pick<House, 'key'>, account: string, code: string): Buffer =>
  createHmac('sha256', house.key('access.recovery_code'))
    .update(`${account} ${bare(code)}`)
    .digest()
