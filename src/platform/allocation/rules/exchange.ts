/** What an assignment would lose if one more pair were demanded: the cheapest way of handing papers round until all is in order again. */
import type { Pool } from './pool.ts'
import type { Assignment } from './reviews.ts'

/**
 * By how much the best assignment with this pair is worse than the best of all, in the terms of `Proof`: exact, since the answer is
 * optimal; infinite when there is none. Places are those of the pool; the pair must be open and not be assigned.
 */
export type LossOf = (paper: number, expert: number) => number

export function exchanges(pool: Pool, { pairs, loads, proof }: Assignment): LossOf {
  const { papers, experts } = pool
  const size = experts.length + 1
  const ledger = experts.length
  const paperAt = new Map(papers.map(({ id }, place) => [id, place]))
  const expertAt = new Map(experts.map(({ id }, place) => [id, place]))
  const movable: number[][] = papers.map(() => [])
  for (const { paper, expert, fixed } of pairs) if (!fixed) movable[paperAt.get(paper)!]!.push(expertAt.get(expert)!)

  const orgOf = (expert: number) => (pool.oneOfAnOrg ? experts[expert]!.org : undefined)
  /** Who can hand the paper to the expert: a colleague who has it, otherwise anybody who has it and may give it away. */
  const givers = (paper: number, expert: number): number[] => {
    const org = orgOf(expert)
    const colleague = org === undefined ? undefined : movable[paper]!.find((one) => orgOf(one) === org)
    return colleague === undefined ? movable[paper]! : [colleague]
  }

  // step[a, b]: the least loss of match when a hands a paper to b. To the ledger: a keeps one more; from it: b has one less.
  const step = new Float64Array(size * size).fill(Number.POSITIVE_INFINITY)
  for (const [paper, has] of movable.entries())
    for (const expert of experts.keys()) {
      if (has.length === 0 || has.includes(expert) || !pool.open(paper, expert)) continue
      for (const giver of givers(paper, expert)) {
        const loss = pool.match(paper, giver) - pool.match(paper, expert)
        const place = giver * size + expert
        if (loss < step[place]!) step[place] = loss
      }
    }
  for (const { expert, load, fixed, most } of loads) {
    const place = expertAt.get(expert)!
    if (load < Math.min(most, papers.length)) step[place * size + ledger] = proof.weight * (2 * load + 1)
    if (load > fixed) step[ledger * size + place] = -proof.weight * (2 * load - 1)
  }

  const known = new Map<number, Float64Array>()
  /** Least cost from everybody to `last`; no circle costs less than nothing, or the answer were not the best. */
  const costsTo = (last: number): Float64Array => {
    const before = known.get(last)
    if (before) return before
    const costs = new Float64Array(size).fill(Number.POSITIVE_INFINITY)
    costs[last] = 0
    for (let changed = true; changed; ) {
      changed = false
      for (let to = 0; to < size; to++) {
        if (costs[to] === Number.POSITIVE_INFINITY) continue
        for (let from = 0; from < size; from++) {
          const cost = step[from * size + to]! + costs[to]!
          if (cost < costs[from]!) {
            costs[from] = cost
            changed = true
          }
        }
      }
    }
    known.set(last, costs)
    return costs
  }

  return (paper, expert) =>
    givers(paper, expert).reduce((least, giver) => {
      const loss = pool.match(paper, giver) - pool.match(paper, expert) + costsTo(giver)[expert]!
      return Math.min(least, loss)
    }, Number.POSITIVE_INFINITY)
}
