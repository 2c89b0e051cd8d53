/** Steps along the calendar: years, months and days added and counted. */
import type { CivilDate } from '../../../../base/dates.ts'

const DAY = 86_400_000
const lastDay = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate()
const two = (n: number): string => String(n).padStart(2, '0')

/** The day so many months on, the last day of its month where that month is shorter; null before the year 1000 and after 9999. */
export function addMonths(date: CivilDate, months: number): CivilDate | null {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number]
  const count = year * 12 + month - 1 + months
  const [y, m] = [Math.floor(count / 12), (count % 12) + 1]
  return y < 1000 || y > 9999 ? null : `${y}-${two(m)}-${two(Math.min(day, lastDay(y, m)))}`
}

export function addDays(date: CivilDate, count: number): CivilDate | null {
  const at = new Date(Date.parse(date) + count * DAY)
  const year = at.getUTCFullYear()
  return year < 1000 || year > 9999 ? null : at.toISOString().slice(0, 10)
}

export const days = (from: CivilDate, to: CivilDate): number => (Date.parse(to) - Date.parse(from)) / DAY

/** Whole months from one day to another; below zero where the second comes first. */
export function fullMonths(from: CivilDate, to: CivilDate): number {
  const months =
    (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 + Number(to.slice(5, 7)) - Number(from.slice(5, 7))
  return to.slice(8) < from.slice(8) ? months - 1 : months
}
