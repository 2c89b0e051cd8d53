/** When a letter goes out: once a day, once a week or at once, never in quiet hours, and when one that was not taken is tried again. */
import { addDays, at, civilDate, ZONE } from '../../../base/dates.ts'

/** `07:30` on a wall clock in China. Quiet hours may run over midnight. */
export type Wishes = {
  frequency: 'never' | 'at_once' | 'daily' | 'weekly'
  sendAt: string
  /** 1 is Monday. */
  weekday: number
  quietFrom: string | null
  quietUntil: string | null
}

/** What happens within so many minutes after a letter at once goes into the next one. */
const TOGETHER_MINUTES = 5

const wall = new Intl.DateTimeFormat('en-GB', { timeZone: ZONE, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })

/** The end of the quiet hours that run at this instant; the instant itself where none do. */
export function afterQuiet({ quietFrom: from, quietUntil: until }: Wishes, instant: Date): Date {
  if (from === null || until === null || from === until) return instant
  const time = wall.format(instant)
  const overnight = from > until
  const quiet = overnight ? time >= from || time < until : time >= from && time < until
  if (!quiet) return instant
  const today = civilDate(instant)
  return at(overnight && time >= from ? addDays(today, 1) : today, until)
}

const weekdayOf = (date: string): number => new Date(`${date}T00:00:00Z`).getUTCDay() || 7

/**
 * When the next letter may go out, asked at `now`: after one has gone out (`sent`), or when the wishes were changed. Null where nothing is
 * to be waited for.
 */
export function nextLetter(wishes: Wishes, now: Date, sent: boolean): Date | null {
  const { frequency, sendAt, weekday } = wishes
  if (frequency === 'never') return null
  if (frequency === 'at_once') {
    const from = sent ? new Date(now.getTime() + TOGETHER_MINUTES * 60_000) : now
    const free = afterQuiet(wishes, from)
    return free > now ? free : null
  }
  let day = civilDate(now)
  if (at(day, sendAt) <= now) day = addDays(day, 1)
  while (frequency === 'weekly' && weekdayOf(day) !== weekday) day = addDays(day, 1)
  return afterQuiet(wishes, at(day, sendAt))
}

/** Minutes until the next try, by the number of tries so far; undefined where it is given up, after some three days. */
export const AGAIN_IN: readonly number[] = [1, 5, 15, 60, 180, 360, 720, 1440, 1440]
export const againIn = (attempts: number): number | undefined => AGAIN_IN[attempts - 1]
