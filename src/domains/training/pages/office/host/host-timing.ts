/** When a host's screen asks again: about every second and a half, and at once when the code on it has run out. */

/** Milliseconds between two questions while a code is good. */
const PACE = 1500
/** Milliseconds after a code ran out before the next is asked for, so that the server has surely gone on. */
const AFTER = 60

/**
 * Milliseconds that the code is still good. `now` is the server's instant with its milliseconds, `secondsLeft` counts whole seconds
 * from the beginning of the present one.
 */
export const goodFor = ({ now, secondsLeft }: { now: string; secondsLeft: number }): number =>
  Math.max(0, secondsLeft * 1000 - (Date.parse(now) % 1000))

/** Milliseconds until the next question, `since` milliseconds after the answer came. */
export const nextAsk = (good: number, since = 0): number => {
  const left = good - since
  return left <= PACE ? Math.max(AFTER, left + AFTER) : PACE
}
