/** From raw hours to credits, and which credit year and cycle a day lies in: all figures come from the pack. */
import { divide } from '../../../base/decimal.ts'

/** Credits for hours at so many hours a credit, rounded half up to two decimals. */
export const creditsFor = (hours: string, hoursPerCredit: string): string => divide(hours, hoursPerCredit, 2)

/** The credit year that a date counts for, named by the calendar year it begins in; `start` is its first day, "MM-DD". */
export const creditYearOf = (date: string, start: string): number =>
  Number(date.slice(0, 4)) - (date.slice(5) < start ? 1 : 0)

export type Cycle = { from: number; years: number }

/** The cycle that a credit year lies in, given the first year of any cycle. */
export const cycleOf = (year: number, { from, years }: Cycle): { from: number; to: number; elapsed: number } => {
  const start = from + Math.floor((year - from) / years) * years
  return { from: start, to: start + years - 1, elapsed: year - start + 1 }
}
