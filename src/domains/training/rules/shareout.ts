/** Sharing places out to schools: largest remainder (Hare quota) over the eligible headcount, never more than a school has people. */
import { divide } from '../../../base/decimal.ts'

/** `code`: 学校（机构）标识码; null where a school has none. */
export type Claim = { orgId: string; eligible: number; code: string | null; name: string }
export type Share = Claim & { places: number; exact: string }

const first = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

function byCode(a: Claim, b: Claim): number {
  if (a.code === null || b.code === null) return Number(a.code === null) - Number(b.code === null)
  return first(a.code, b.code)
}

/**
 * Shares `places` over the claims in proportion to the eligible headcount. What rounding leaves over goes to the largest
 * remainders; of equal remainders to the school with more eligible people, then to the lower school code (schools without one come
 * after those with one), then to the name that comes first by its characters’ code points: anybody can repeat it. With more places than
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
    (a, b) =>
      b.rest - a.rest || b.eligible - a.eligible || byCode(a, b) || first(a.name, b.name) || first(a.orgId, b.orgId),
  )
  for (const part of byRemainder) {
    if (left-- <= 0) break
    part.places += 1
  }
  return parts.map(({ rest: _, ...share }) => share)
}
