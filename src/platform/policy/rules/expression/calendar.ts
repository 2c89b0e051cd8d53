/** Working days between days: Monday to Friday, less the days off and with the days made up that a notice names. */
import type { CivilDate } from '../../../../base/dates.ts'

const DAY = 86_400_000
/** Days since Monday, 1 January of the year 1. */
const EPOCH = Date.parse('0001-01-01')
const numberOf = (day: CivilDate): number => (Date.parse(day) - EPOCH) / DAY
const dayOf = (number: number): CivilDate => new Date(EPOCH + number * DAY).toISOString().slice(0, 10)
const isWeekday = (number: number): boolean => number % 7 < 5
/** Mondays to Fridays up to and with this day. */
const weekdays = (number: number): number => Math.floor(number / 7) * 5 + Math.min((number % 7) + 1, 5)

/** Days counted at most: longer terms are not counted in working days. */
const MOST_DAYS = 10_000

/**
 * Working days after `from` up to and with `to`; below zero where `to` comes first.
 * @param off weekdays that are free  @param on weekend days that are worked; days of the other sort in them do not count
 * @returns null outside the years that `off` speaks of: there no notice has said what is free
 */
export function workingDays(
  from: CivilDate,
  to: CivilDate,
  off: readonly CivilDate[],
  on: readonly CivilDate[],
): number | null {
  const [free, worked] = [listed(off, true), listed(on, false)]
  return covers(free, from) && covers(free, to) ? between(numberOf(from), numberOf(to), free, worked) : null
}

/** The `n`-th working day after a day, before it where `n` is below zero, the day itself where it is 0; null as above. */
export function addWorkingDays(
  day: CivilDate,
  n: number,
  off: readonly CivilDate[],
  on: readonly CivilDate[],
): CivilDate | null {
  const [free, worked] = [listed(off, true), listed(on, false)]
  if (Math.abs(n) > MOST_DAYS || !covers(free, day)) return null
  const start = numberOf(day)
  // Before the n-th day back there are n working days up to the eve: the first day of those is meant.
  let at = n < 0 ? start - 1 : start
  const left = n < 0 ? () => -n - between(at, start - 1, free, worked) : () => n - between(start, at, free, worked)
  // A day adds at most one working day, so the step never goes past the day sought.
  for (let lacking = left(); lacking > 0 && at >= 0; lacking = left()) at += n < 0 ? -lacking : lacking
  if (at < 0) return null
  const found = dayOf(n < 0 ? at + 1 : at)
  return covers(free, found) ? found : null
}

/** Days of a list in order, once each, and the years from the first to the last. */
type Listed = { days: readonly number[]; first: string; last: string }
const made = { true: new WeakMap<readonly CivilDate[], Listed>(), false: new WeakMap<readonly CivilDate[], Listed>() }

/** The weekdays of a list, or its weekends: worked out once for a calendar, asked for many people. */
function listed(list: readonly CivilDate[], weekdaysOnly: boolean): Listed {
  const kept = made[`${weekdaysOnly}`]
  const known = kept.get(list)
  if (known) return known
  const days = [...new Set(list.map(numberOf))].filter((day) => isWeekday(day) === weekdaysOnly).sort((a, b) => a - b)
  const year = (day: number | undefined) => (day === undefined ? '' : dayOf(day).slice(0, 4))
  const found = { days, first: year(days[0]), last: year(days.at(-1)) }
  kept.set(list, found)
  return found
}

const covers = ({ first, last }: Listed, day: CivilDate): boolean => {
  const year = day.slice(0, 4)
  return first !== '' && first <= year && year <= last
}

const between = (from: number, to: number, { days: free }: Listed, { days: worked }: Listed): number =>
  weekdays(to) - weekdays(from) - upTo(free, to) + upTo(free, from) + upTo(worked, to) - upTo(worked, from)

/** How many of the days, which are in order, come no later. */
function upTo(days: readonly number[], last: number): number {
  let [low, high] = [0, days.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (days[middle]! <= last) low = middle + 1
    else high = middle
  }
  return low
}
