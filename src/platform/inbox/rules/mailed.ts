/** What of an item may stand in a letter: things, days and figures. Names of people and what somebody wrote stay in the product. */
import { isCivilDate } from '../../../base/dates.ts'

/** Names of classes, plans, calls and rules, never of people; days; figures. What is not listed does not leave the product. */
const THINGS = new Set([
  ...['class', 'plan', 'title', 'place', 'role', 'platform', 'app', 'zh', 'en'],
  ...['day', 'date', 'from', 'on', 'by', 'until', 'deadline', 'year'],
  ...['places', 'count', 'n', 'credits', 'hours', 'days'],
])

/**
 * The values that fill a sentence in a letter, as its language has them: `class` reads as `classEn` in English, days as `date` writes them.
 * A sentence that wants more cannot be written there.
 */
export function mailedData(
  data: Record<string, unknown>,
  locale: string,
  date: (day: string) => string,
): Record<string, unknown> {
  const said = (key: string, value: unknown) => {
    const own = locale === 'en' ? data[`${key}En`] || value : value
    return typeof own === 'string' && isCivilDate(own) ? date(own) : own
  }
  return Object.fromEntries(
    Object.entries(data)
      .filter(([key, value]) => THINGS.has(key) && ['string', 'number'].includes(typeof value))
      .map(([key, value]) => [key, said(key, value)]),
  )
}
