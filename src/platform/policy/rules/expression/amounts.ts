/** Amounts under names: kept under caps, held against minima, shared out as seats. */
import { type Amounts, ONE } from './value.ts'

/** Each name at most its cap; what no cap names stays as it is. */
export const capped = (given: Amounts, caps: Amounts): Amounts =>
  new Map([...given].map(([name, size]) => [name, caps.has(name) && caps.get(name)! < size ? caps.get(name)! : size]))

/** Whether every name of the minima is reached; a name that is not there counts nothing. */
export const reaches = (given: Amounts, minima: Amounts): boolean =>
  [...minima].every(([name, least]) => (given.get(name) ?? 0n) >= least)

/** How many names have at least so much. */
export const countOf = (given: Amounts, least: bigint): number =>
  [...given.values()].filter((size) => size >= least).length

export function smallest(given: Amounts): bigint | null {
  let found: bigint | null = null
  for (const size of given.values()) if (found === null || size < found) found = size
  return found
}

export function largest(given: Amounts): bigint | null {
  let found: bigint | null = null
  for (const size of given.values()) if (found === null || size > found) found = size
  return found
}

/**
 * So many whole seats shared out in proportion (largest remainder): whole parts first, what is left to the largest rests, of equal rests to
 * the larger amount, then by name.
 * @returns null for an amount below zero, nothing to share by, or fewer than no seats
 */
export function largestRemainder(given: Amounts, seats: bigint): Amounts | null {
  const count = seats / ONE
  const total = [...given.values()].reduce((all, one) => all + one, 0n)
  if (count < 0n || total <= 0n || [...given.values()].some((size) => size < 0n)) return null
  const parts = [...given].map(([name, size]) => ({
    name,
    size,
    whole: (count * size) / total,
    rest: (count * size) % total,
  }))
  const left = Number(count - parts.reduce((all, { whole }) => all + whole, 0n))
  const first = new Set(
    [...parts]
      .sort((a, b) => sign(b.rest - a.rest) || sign(b.size - a.size) || byCodePoint(a.name, b.name))
      .slice(0, left),
  )
  return new Map(parts.map((part) => [part.name, (part.whole + (first.has(part) ? 1n : 0n)) * ONE]))
}

const sign = (difference: bigint): number => (difference < 0n ? -1 : difference > 0n ? 1 : 0)

/** As the database orders bytes of UTF-8. */
function byCodePoint(a: string, b: string): number {
  const [left, right] = [[...a], [...b]]
  for (const [nth, one] of left.entries()) {
    if (nth >= right.length) return 1
    const difference = one.codePointAt(0)! - right[nth]!.codePointAt(0)!
    if (difference !== 0) return difference
  }
  return left.length - right.length
}
