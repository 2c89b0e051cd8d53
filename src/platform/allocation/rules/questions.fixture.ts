/** Small questions by chance, and their answer by trying everything. */
import fc from 'fast-check'
import type { Expert, Pair, Paper, ReviewsToAssign } from './reviews.ts'

const FIELDS = ['语文', '数学', '英语']
const ORGS = ['城东小学', '城西小学', undefined]

const expertOf = (nth: number): fc.Arbitrary<Expert> =>
  fc
    .record({
      fields: fc.dictionary(fc.constantFrom(...FIELDS), fc.nat(3)),
      most: fc.nat(4),
      org: fc.constantFrom(...ORGS),
    })
    .map(({ org, ...rest }) => ({ id: `e${nth}`, ...rest, ...(org ? { org } : {}) }))

const paperOf = (nth: number): fc.Arbitrary<Paper> =>
  fc.record({ id: fc.constant(`p${nth}`), field: fc.constantFrom(...FIELDS), needs: fc.nat(2) })

/** Up to four papers and four experts; many of these questions have no answer. */
export const anyQuestion: fc.Arbitrary<ReviewsToAssign> = fc
  .record({
    papers: fc.integer({ min: 1, max: 4 }).chain((count) => fc.tuple(...numbers(count).map(paperOf))),
    experts: fc.integer({ min: 1, max: 4 }).chain((count) => fc.tuple(...numbers(count).map(expertOf))),
    picks: fc.array(fc.tuple(fc.nat(3), fc.nat(3), fc.constantFrom('same_school', 'mentor')), { maxLength: 6 }),
    kept: fc.uniqueArray(fc.tuple(fc.nat(3), fc.nat(3)), { maxLength: 2, selector: ([p, e]) => p * 4 + e }),
    leastMatch: fc.nat(1),
    oneOfAnOrg: fc.boolean(),
    seed: fc.nat(9),
  })
  .map(({ papers, experts, picks, kept, ...rest }) => {
    const pair = (p: number, e: number): Pair[] =>
      papers[p] && experts[e] ? [{ paper: papers[p].id, expert: experts[e].id }] : []
    return {
      papers,
      experts,
      conflicts: picks.flatMap(([p, e, why]) => pair(p, e).map((one) => ({ ...one, why }))),
      fixed: kept.flatMap(([p, e]) => pair(p, e)),
      ...rest,
    }
  })

const numbers = (count: number): number[] => Array.from({ length: count }, (_, nth) => nth)

export type Best = { squares: number; match: number }

/** Every assignment tried; null when none keeps all the rules. */
export function bestByTrying(question: ReviewsToAssign): Best | null {
  const { papers, experts, conflicts, fixed = [], leastMatch = 0, oneOfAnOrg } = question
  const has = (list: readonly Pair[], p: string, e: string) =>
    list.some(({ paper, expert }) => paper === p && expert === e)
  const loads = new Map(experts.map(({ id }) => [id, 0]))
  let best: Best | null = null
  const better = (one: Best) =>
    !best || one.squares < best.squares || (one.squares === best.squares && one.match > best.match)
  const fits = (paper: Paper, some: Expert[]): boolean => {
    const orgs = some.flatMap(({ org }) => org ?? [])
    if (some.length !== paper.needs || (oneOfAnOrg && new Set(orgs).size < orgs.length)) return false
    return experts.every((expert) => {
      const kept = has(fixed, paper.id, expert.id)
      if (!some.includes(expert)) return !kept
      return !has(conflicts, paper.id, expert.id) && (kept || (expert.fields[paper.field] ?? 0) >= leastMatch)
    })
  }
  const go = (nth: number, match: number): void => {
    const paper = papers[nth]
    if (!paper) {
      const squares = [...loads.values()].reduce((sum, load) => sum + load * load, 0)
      if (experts.every(({ id, most }) => loads.get(id)! <= most) && better({ squares, match }))
        best = { squares, match }
      return
    }
    for (let mask = 0; mask < 1 << experts.length; mask++) {
      const some = experts.filter((_, place) => mask & (1 << place))
      if (!fits(paper, some)) continue
      for (const { id } of some) loads.set(id, loads.get(id)! + 1)
      go(nth + 1, match + some.reduce((sum, { fields }) => sum + (fields[paper.field] ?? 0), 0))
      for (const { id } of some) loads.set(id, loads.get(id)! - 1)
    }
  }
  go(0, 0)
  return best
}
