/** Which term a day belongs to: school years bear the year in which they begin. */
import type { CivilDate } from '../../../base/dates.ts'

export type Term = { year: number; term: 1 | 2 }

/** @param first @param second `MM-DD`; the first term runs over the turn of the year */
export function termOf(day: CivilDate, first: string, second: string): Term {
  const year = Number(day.slice(0, 4))
  const at = day.slice(5)
  if (at >= first) return { year, term: 1 }
  return at >= second ? { year: year - 1, term: 2 } : { year: year - 1, term: 1 }
}

/** The same day some months later; the last day of a shorter month. */
export function addMonths(day: CivilDate, months: number): CivilDate {
  const all = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + months
  const [year, month] = [Math.floor(all / 12), (all % 12) + 1]
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate()
  const pad = (n: number, to = 2) => String(n).padStart(to, '0')
  return `${pad(year, 4)}-${pad(month)}-${pad(Math.min(Number(day.slice(8)), last))}`
}
