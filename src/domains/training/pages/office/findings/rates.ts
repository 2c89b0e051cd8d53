/** Rates of schools: a share where there is anything to share, and the district's own over all schools. */
import type { Rate, Scorecard } from '../training.ts'

export const rateOf = (school: Pick<Scorecard, 'rates'>, id: string): Rate | undefined =>
  school.rates.find((rate) => rate.id === id)

/** The same as it was issued in the school’s circular. */
export const issuedRate = (school: Pick<Scorecard, 'circular'>, id: string): Rate | undefined =>
  school.circular?.rates.find((rate) => rate.id === id)

/** Between 0 and 1; null where nothing was due, which is neither good nor bad. */
export const shareOf = (rate: Pick<Rate, 'numerator' | 'denominator'> | undefined): number | null =>
  !rate || rate.denominator === 0 ? null : rate.numerator / rate.denominator

/** All schools together: counted over people, not averaged over schools. */
export function wholeOf(schools: readonly Pick<Scorecard, 'rates'>[], id: string): Rate {
  const rates = schools.flatMap((school) => rateOf(school, id) ?? [])
  return {
    id,
    numerator: rates.reduce((sum, { numerator }) => sum + numerator, 0),
    denominator: rates.reduce((sum, { denominator }) => sum + denominator, 0),
  }
}

/** Five steps of tint from the worst to the best; the figure itself stands in the cell. */
export const stepOf = (share: number | null): 0 | 1 | 2 | 3 | 4 | null =>
  share === null ? null : share < 0.6 ? 0 : share < 0.75 ? 1 : share < 0.85 ? 2 : share < 0.95 ? 3 : 4
