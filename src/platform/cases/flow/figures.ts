/** Figures of a call: numbers as written, or the parameter that holds them on the day; terms in working days. */
import type { CivilDate } from '../../../base/dates.ts'
import { refused } from '../../../base/errors.ts'
import type { Act } from '../../db/index.ts'
import { addWorkingDays, type Found, parameters } from '../../policy/index.ts'
import type { Figure } from '../contract/definition.ts'

/** @throws Refusal of the reader where no authority says anything for the day, `cases.figure_no_number` */
export async function figureOf<T>(
  act: Act<T>,
  authority: string,
  figure: Figure,
): Promise<{ value: number; found: Found | null }> {
  if (typeof figure === 'number') return { value: figure, found: null }
  const found = (await parameters(act, authority)).number(figure, act.today)
  const value = Number(found.value)
  if (!Number.isInteger(value) || value < 1) throw refused('cases.figure_no_number', { parameter: figure })
  return { value, found: found as Found }
}

/**
 * The last day of a term of so many working days after a day, by the calendar of the authority.
 * @throws Refusal `cases.calendar_unknown` outside the years for which days off are known
 */
export async function workingDaysAfter<T>(
  act: Act<T>,
  authority: string,
  from: CivilDate,
  days: number,
): Promise<CivilDate> {
  const reader = await parameters(act, authority)
  const list = (id: string) => reader.value(id, act.today).value as CivilDate[]
  const found = addWorkingDays(from, days, list('calendar.off_days'), list('calendar.work_days'))
  if (found === null) throw refused('cases.calendar_unknown', { from })
  return found
}
