/** Whether a master key is 32 random bytes, or something that a person has made up. */

/** Thirty-two random bytes hardly ever have fewer different ones than this: once in ten million million. */
const DIFFERENT_BYTES = 22
/** Steps from byte to byte: a sequence has few. */
const DIFFERENT_STEPS = 20
/** Of neighbours in random base64 a third are of one kind (small, capital, digit); in words and phrases nearly all. */
const SAME_KIND = 0.65
const WORDS =
  /change|secret|passw|master|qiang|default|example|replace|please|insert|production|abcdef|012345|123456|qwerty|random|string|letmein/i

export type Weakness = 'short' | 'weak'

/** What is wrong with the text of a key, in base64 or hexadecimal; undefined where it may well be random. */
export function weaknessOf(text: string): Weakness | undefined {
  const hex = /^([0-9a-f]{2})+$/i.test(text)
  if (!hex && !/^[A-Za-z0-9+/_-]+={0,2}$/.test(text)) return text.length < 43 ? 'short' : 'weak'
  const bytes = Buffer.from(text, hex ? 'hex' : 'base64')
  if (bytes.length < 32) return 'short'
  if (isOrderly(bytes) || isText(bytes)) return 'weak'
  return !hex && isPhrase(text) ? 'weak' : undefined
}

function isOrderly(bytes: Buffer): boolean {
  const steps = new Set(bytes.subarray(1).map((byte, at) => (byte - bytes[at]!) & 0xff))
  return new Set(bytes).size < DIFFERENT_BYTES || steps.size < DIFFERENT_STEPS
}

/** A phrase that somebody has encoded. */
const isText = (bytes: Buffer): boolean => bytes.every((byte) => byte >= 0x09 && byte < 0x7f)

/** A phrase that happens to be made of the letters of base64. */
function isPhrase(text: string): boolean {
  const kinds = [...text].map((char) =>
    /[a-z]/.test(char) ? 'small' : /[A-Z]/.test(char) ? 'capital' : /\d/.test(char) ? 'digit' : 'sign',
  )
  const same = kinds.slice(1).filter((kind, at) => kind === kinds[at]).length
  const needed = kinds.includes('small') && kinds.includes('capital')
  return !needed || same / (kinds.length - 1) >= SAME_KIND || WORDS.test(text)
}
