/** Civil dates as `YYYY-MM-DD` in the one time zone the policy lives in. Ranges are half-open: `[from, until)`. */
export type CivilDate = string

export const ZONE = 'Asia/Shanghai'

const parts = new Intl.DateTimeFormat('en-CA', { timeZone: ZONE, year: 'numeric', month: '2-digit', day: '2-digit' })

/** The civil date that a wall calendar in China shows at this instant. */
export const civilDate = (instant: Date): CivilDate => parts.format(instant)

/** True only for a date that exists: 2023-02-29 does not. Without a `Date`: it is asked of every fact of a population. */
export function isCivilDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const [year, month, day] = [Number(text.slice(0, 4)), Number(text.slice(5, 7)), Number(text.slice(8))]
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  return month >= 1 && month <= 12 && day >= 1 && day <= (month === 2 && leap ? 29 : DAYS[month - 1]!)
}
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

export function addDays(date: CivilDate, days: number): CivilDate {
  const at = new Date(`${date}T00:00:00Z`)
  at.setUTCDate(at.getUTCDate() + days)
  return at.toISOString().slice(0, 10)
}

/** Adds years; 29 February becomes 28 February where there is none. */
export function addYears(date: CivilDate, years: number): CivilDate {
  const [y, m, d] = date.split('-') as [string, string, string]
  const target = `${String(Number(y) + years).padStart(4, '0')}-${m}-${d}`
  return isCivilDate(target) ? target : `${target.slice(0, 8)}28`
}

/** Whole years from `since` to `asOf`, as a birthday counts them. */
export function fullYears(since: CivilDate, asOf: CivilDate): number {
  const years = Number(asOf.slice(0, 4)) - Number(since.slice(0, 4))
  return asOf.slice(5) < since.slice(5) ? years - 1 : years
}

/** The instant of a wall-clock time in China, for instance `at('2023-03-01', '09:00')`. China keeps no summer time. */
export const at = (date: CivilDate, time: string): Date => new Date(`${date}T${time}:00+08:00`)
