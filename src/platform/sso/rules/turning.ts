/** When keys that sign change: each signs for a season, is known to the platforms before it begins, and for as long afterwards as anything it signed is good. */

export type KeyDates = { kid: string; madeAt: string; signsFrom: string }
export type KeyState = 'coming' | 'signing' | 'past'

const DAY = 86_400_000
/** A key signs for this long. */
export const SIGNS_DAYS = 90
/** Platforms keep what they fetched for a while, so a key is published this long before it signs. */
export const AHEAD_DAYS = 7
/** Longer than any token lives: the longest is a refresh token, thirty days. */
export const AFTER_DAYS = 35

const at = (iso: string): number => Date.parse(iso)

/** The key that signs first, then the others: what verifies. */
export function inOrder<T extends KeyDates>(keys: readonly T[], now: number): T[] {
  const begun = keys.filter(({ signsFrom }) => at(signsFrom) <= now).sort((a, b) => at(b.signsFrom) - at(a.signsFrom))
  const coming = keys.filter(({ signsFrom }) => at(signsFrom) > now)
  return [...begun, ...coming]
}

export function stateOf(key: KeyDates, keys: readonly KeyDates[], now: number): KeyState {
  if (at(key.signsFrom) > now) return 'coming'
  return inOrder(keys, now)[0]?.kid === key.kid ? 'signing' : 'past'
}

/** What is to be done now: from when a new key signs, if one is due, and which are no longer needed. */
export function turn(keys: readonly KeyDates[], now: number): { signsFrom: number | null; drop: string[] } {
  const [signing] = inOrder(keys, now)
  const coming = keys.some(({ signsFrom }) => at(signsFrom) > now)
  if (!signing || at(signing.signsFrom) > now) return { signsFrom: coming ? null : now, drop: [] }
  const ends = at(signing.signsFrom) + SIGNS_DAYS * DAY
  const due = !coming && now >= ends - AHEAD_DAYS * DAY
  const drop = keys.filter((key) => {
    const next = keys.filter(({ signsFrom }) => at(signsFrom) > at(key.signsFrom) && at(signsFrom) <= now)
    const stopped = Math.min(...next.map(({ signsFrom }) => at(signsFrom)))
    return Number.isFinite(stopped) && now > stopped + AFTER_DAYS * DAY
  })
  return { signsFrom: due ? Math.max(ends, now + AHEAD_DAYS * DAY) : null, drop: drop.map(({ kid }) => kid) }
}
