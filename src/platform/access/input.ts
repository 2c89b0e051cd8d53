/** What no procedure takes, whatever its contract says: texts that the database cannot hold, and input that is nested without end. */
import { Refusal } from '../../base/errors.ts'

/** Deeper than any form, rule or draft of the product. */
const DEEPEST = 100

/**
 * Walks the input before anything is done with it, without calling itself: it may be nested deeper than the stack.
 * @throws Refusal `invalid_input` for a NUL or half a character anywhere, in names as well, and for more than 100 levels
 */
export function assertReadable(input: unknown): void {
  const waiting: [value: unknown, depth: number][] = [[input, 0]]
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const [value, depth] = next
    if (typeof value === 'string') assertText(value)
    else if (Array.isArray(value) || isPlain(value)) {
      if (depth >= DEEPEST) throw new Refusal('invalid', 'invalid_input')
      for (const [key, one] of Object.entries(value)) {
        assertText(key)
        if (typeof one === 'string') assertText(one)
        else if (typeof one === 'object' && one !== null) waiting.push([one, depth + 1])
      }
    }
  }
}

function assertText(text: string): void {
  if (text.includes('\u0000') || !text.isWellFormed()) throw new Refusal('invalid', 'invalid_input')
}

/** Files, dates and streams are looked at by whoever asked for them. */
function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false
  const prototype = Object.getPrototypeOf(value)
  return prototype === null || prototype === Object.prototype
}

/**
 * Class 22 of the SQL standard, where it says that a value is none of its type: no such character, number out of range, date beyond the
 * calendar, text that is no date, number, id or JSON. What else may be wrong in a statement is a fault.
 */
const NO_SUCH_VALUE = new Set(['22003', '22007', '22008', '22021', '22P02', '22P05'])

/** A value that only the database could tell to be none is bad input, as it would be had the contract told. */
export const isBadValue = (error: unknown): boolean =>
  NO_SUCH_VALUE.has(String((error as { code?: unknown } | null)?.code ?? ''))
