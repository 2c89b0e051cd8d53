/** What may be shown of a text that is kept sealed. Kept beside it in clear, so that a list need not open anything. */

/** `138****5678`; of other numbers the last two digits. */
export function maskPhone(number: string): string {
  if (/^1\d{10}$/.test(number)) return `${number.slice(0, 3)}****${number.slice(-4)}`
  return maskTail(number, 2)
}

/** `z***@example.cn`: the first letter and where it goes. */
export function maskMail(address: string): string {
  const at = address.lastIndexOf('@')
  return at < 1 ? '***' : `${[...address][0]}***${address.slice(at)}`
}

/** `************1234`: the end of a number that people tell apart by its end, such as a bank account's. Never more than half of it. */
export function maskTail(text: string, shown = 4): string {
  const letters = [...text]
  const end = Math.min(shown, Math.floor(letters.length / 2))
  return '*'.repeat(letters.length - end) + letters.slice(letters.length - end).join('')
}
