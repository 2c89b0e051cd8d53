/** Where the next page of a list begins: the keys of the last row, opaque to whoever asks. */
import { invalid } from '../../../base/errors.ts'

export const cursorOf = (...keys: (string | null)[]): string => Buffer.from(JSON.stringify(keys)).toString('base64url')

/** @throws Refusal `cases.cursor` where it is none of ours */
export function readCursor(cursor: string, length: number): (string | null)[] {
  try {
    const keys = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown
    if (Array.isArray(keys) && keys.length === length && keys.every((key) => key === null || typeof key === 'string'))
      return keys
  } catch {
    // Falls through to the refusal.
  }
  throw invalid('cases.cursor')
}

/** The rows of a page out of one more than it holds, and where the next one begins. */
export function cut<T>(rows: readonly T[], limit: number, keys: (row: T) => (string | null)[]) {
  const shown = rows.slice(0, limit)
  return { rows: shown, next: rows.length > limit ? cursorOf(...keys(shown.at(-1)!)) : null }
}
