/** Passwords: argon2id (RFC 9106, OWASP parameters), the rule for a new one, and initial passwords that can be read aloud. */
import { randomInt } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'
import { Refusal } from '../../base/errors.ts'

const OPTIONS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

export const hashPassword = (password: string): Promise<string> => hash(password.normalize('NFKC'), OPTIONS)
export const passwordMatches = (stored: string, password: string): Promise<boolean> =>
  verify(stored, password.normalize('NFKC'))

/** A hash that no password gives: checked when the login is unknown, so that both answers take the same time. */
export const NO_ONE =
  '$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$7yNqnq7R3zjyhPgqHcE3XIvXSQL0/8LRXX0RZ4o+u9c'

const CLASSES = [/\p{Ll}/u, /\p{Lu}/u, /\p{Nd}/u, /[^\p{L}\p{Nd}]/u]

/** At least ten characters of three of four classes, not the login name and not one character over and over. */
export function assertGoodPassword(password: string, login: string): void {
  const faults: string[] = []
  if ([...password].length < 10) faults.push('short')
  if (CLASSES.filter((one) => one.test(password)).length < 3) faults.push('plain')
  if (login.length > 2 && password.toLowerCase().includes(login.toLowerCase())) faults.push('login')
  if (new Set(password).size < 5) faults.push('repeated')
  if (faults.length > 0) throw new Refusal('invalid', 'access.password_weak', { faults, reason: faults[0] })
}

const CONSONANTS = 'bdfghjkmnprstwz'
const VOWELS = 'aeiu'

/** An initial password such as `Tabe-Miru-Sena-47`: about 46 bits, changed at the first sign-in. */
export function initialPassword(): string {
  const pick = (letters: string) => letters[randomInt(letters.length)]!
  const word = () => `${pick(CONSONANTS).toUpperCase()}${pick(VOWELS)}${pick(CONSONANTS)}${pick(VOWELS)}`
  return `${word()}-${word()}-${word()}-${String(randomInt(10, 100))}`
}
