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

/** The words that most passwords are made of, here and elsewhere; letters may be written as the signs that look like them. */
const COMMON = (
  'password passwort passwd administrator admin welcome letmein changeme iloveyou sunshine princess football baseball superman ' +
  'monkey dragon shadow master secret default login hello test temp user guest root teacher student school principal ' +
  'qiangshi jiaoshi laoshi xuexiao jiaoyu jiaowei peixun xuesheng mima woaini zhongguo beijing chongqing qianjiang china ' +
  'qwerty qazwsx asdf zxcv abc'
).split(' ')
const LOOKS: Record<string, string> = {
  a: '[a@4]',
  e: '[e3]',
  i: '[i1!]',
  l: '[l1|]',
  o: '[o0]',
  s: '[s5$]',
  t: '[t7+]',
}
const WORDS = new RegExp(COMMON.map((word) => [...word].map((char) => LOOKS[char] ?? char).join('')).join('|'), 'g')
const ROWS = ['01234567890', 'abcdefghijklmnopqrstuvwxyz', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm', '1qaz2wsx3edc4rfv5tgb']

/** Takes away common words, runs of the keyboard and the alphabet, years and repetitions: little is left of what everybody tries first. */
function isCommon(password: string): boolean {
  const text = password
    .normalize('NFKC')
    .toLowerCase()
    .replace(WORDS, ' ')
    .replace(/(?:19|20)\d\d/g, ' ')
  const rest = [...withoutRuns(text).replace(/(.)\1{2,}/gu, ' ')].filter((char) => /[\p{L}\p{Nd}]/u.test(char))
  return rest.length < 4
}

function withoutRuns(text: string): string {
  const rows = ROWS.flatMap((row) => [row, [...row].reverse().join('')])
  let left = text
  for (let length = 10; length >= 3; length--) {
    for (const row of rows)
      for (let from = 0; from + length <= row.length; from++)
        left = left.replaceAll(row.slice(from, from + length), ' ')
  }
  return left
}

/** At least ten characters of three of four classes, not the login name, not one character over and over, not what everybody tries first. */
export function assertGoodPassword(password: string, login: string): void {
  const faults: string[] = []
  if ([...password].length < 10) faults.push('short')
  if (CLASSES.filter((one) => one.test(password)).length < 3) faults.push('plain')
  if (login.length > 2 && password.toLowerCase().includes(login.toLowerCase())) faults.push('login')
  if (new Set(password).size < 5) faults.push('repeated')
  if (isCommon(password)) faults.push('common')
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
