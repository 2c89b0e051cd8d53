/** From raw hours to credits, and from entries to where a person stands in the cycle: all figures come from the pack. */
import { add, atLeast, compare, divide, subtract, times } from '../../../base/decimal.ts'

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

export type Earned = { kind: string; level: string; hours: string; credits: string }
export type Demand = { total: string; fromDistrict: string; cycleYears: number }
export type Standing = {
  earned: string
  required: string
  missing: string
  fromDistrict: { earned: string; required: string; missing: string }
  /** What an even pace asks for by the end of the year asked about. */
  pace: string
  onPace: boolean
  complete: boolean
}

/** The floor asks for concentrated training (集中培训) given at district level or above: online study at city level does not count. */
const CONCENTRATED = 'concentrated'
const HIGHER = new Set(['district', 'city', 'national'])

/** Where somebody stands after `elapsed` years of the cycle. */
export function standing(totals: Earned[], demand: Demand, elapsed: number): Standing {
  const sum = (some: Earned[]) => add('0', ...some.map(({ credits }) => credits))
  const earned = sum(totals)
  const higher = sum(totals.filter(({ kind, level }) => kind === CONCENTRATED && HIGHER.has(level)))
  const short = (have: string, want: string) => (atLeast(have, want) ? '0' : subtract(want, have))
  const pace = divide(times(demand.total, String(elapsed)), String(demand.cycleYears), 2)
  return {
    earned,
    required: demand.total,
    missing: short(earned, demand.total),
    fromDistrict: { earned: higher, required: demand.fromDistrict, missing: short(higher, demand.fromDistrict) },
    pace,
    onPace: compare(earned, pace) >= 0,
    complete: atLeast(earned, demand.total) && atLeast(higher, demand.fromDistrict),
  }
}
