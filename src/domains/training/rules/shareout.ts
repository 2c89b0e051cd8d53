/** Sharing places out to schools: largest remainder (Hare quota) over the eligible headcount, never more than a school has people. */
import { divide } from '../../../base/decimal.ts'

export type Claim = { orgId: string; eligible: number }
export type Share = Claim & { places: number; exact: string }

/**
 * Shares `places` over the claims in proportion to the eligible headcount. What rounding leaves over goes to the largest
 * remainders; ties go to the larger school, then by id, so that the result is the same every time. With more places than
 * people everybody goes; as a share is never rounded up beyond the headcount, no school gets more places than it has people.
 * `exact` is the proportional share before rounding, four decimals.
 */
export function shareOut(places: number, claims: Claim[]): Share[] {
  const total = claims.reduce((sum, { eligible }) => sum + eligible, 0)
  const given = Math.min(places, total)
  if (total === 0) return claims.map((claim) => ({ ...claim, places: 0, exact: '0' }))
  const parts = claims.map((claim) => {
    const product = given * claim.eligible
    // Whole numbers all the way: remainders are compared exactly.
    return {
      ...claim,
      places: Math.floor(product / total),
      rest: product % total,
      exact: divide(String(product), String(total), 4),
    }
  })
  let left = given - parts.reduce((sum, part) => sum + part.places, 0)
  const byRemainder = [...parts].sort(
    (a, b) => b.rest - a.rest || b.eligible - a.eligible || (a.orgId < b.orgId ? -1 : 1),
  )
  for (const part of byRemainder) {
    if (left-- <= 0) break
    part.places += 1
  }
  return parts.map(({ rest: _, ...share }) => share)
}
