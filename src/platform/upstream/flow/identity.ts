/** Whom a provider names, and what may go wrong on the way, whichever protocol it speaks. */
import type { Why } from '../contract.ts'

/** `strong`: it says that it asked for a second factor, and is believed. `label`: what it calls them, to be shown and never relied on. */
export type Identity = { subject: string; label: string | null; strong: boolean }

/** The way ends here; the page words `why`. */
export class Astray extends Error {
  readonly why: Why
  constructor(why: Why, cause?: unknown) {
    super(why, { cause })
    this.name = 'Astray'
    this.why = why
  }
}

/** A name without what would break a line, as long as a line is. */
export const labelOf = (...said: readonly unknown[]): string | null => {
  const found = said.find((one): one is string => typeof one === 'string' && one.trim() !== '')
  return found ? found.replace(/\p{C}/gu, '').trim().slice(0, 60) || null : null
}

export const isStrong = (wanted: readonly string[], said: readonly unknown[]): boolean =>
  said.some((one) => typeof one === 'string' && wanted.includes(one))
