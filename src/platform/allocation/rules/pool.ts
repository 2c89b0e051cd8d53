/** Papers and experts in an order drawn by the seed, and who is open to what. */
import type { Expert, Paper, ReviewsToAssign } from './reviews.ts'
import { drawn } from './seeded.ts'

/** Reasons that come of the question itself rather than of a conflict that it lists. */
export const BELOW_LEAST_MATCH = 'below_least_match'
export const ORG_HAS_ONE = 'org_has_one'

export type Pool = {
  papers: Paper[]
  experts: Expert[]
  /** By paper: the experts that stay, as places in `experts`. */
  fixed: Set<number>[]
  /** By expert: how many stay. */
  fixedLoad: number[]
  oneOfAnOrg: boolean
  /** Level of match. */
  match(paper: number, expert: number): number
  /** Reasons of the listed conflicts; none for most pairs. */
  conflicts(paper: number, expert: number): readonly string[]
  /** Every reason why an expert cannot be added to a paper; none for those who are on it. */
  closed(paper: number, expert: number): string[]
  /** Whether an expert can be added to a paper. */
  open(paper: number, expert: number): boolean
}

const NONE: readonly string[] = []

/** Throws `RangeError` when the question makes no sense: ids twice or unknown, numbers that are not whole or below 0. */
export function readPool(input: ReviewsToAssign): Pool {
  const seed = input.seed ?? 0
  const least = input.leastMatch ?? 0
  const oneOfAnOrg = input.oneOfAnOrg ?? false
  const papers = drawn(byId(input.papers), seed)
  const experts = drawn(byId(input.experts), seed)
  const paperAt = places(papers)
  const expertAt = places(experts)
  for (const { id, needs } of papers) whole(needs, `needs of ${id}`)
  for (const { id, most, fields } of experts) {
    whole(most, `most of ${id}`)
    for (const level of Object.values(fields)) whole(level, `match of ${id}`)
  }

  const size = experts.length
  const reasons = new Map<number, string[]>()
  for (const { paper, expert, why } of input.conflicts) {
    const key = at(paperAt, paper) * size + at(expertAt, expert)
    const listed = reasons.get(key)
    if (!listed) reasons.set(key, [why])
    else if (!listed.includes(why)) listed.push(why)
  }
  const fixed = papers.map(() => new Set<number>())
  const fixedLoad = experts.map(() => 0)
  for (const pair of input.fixed ?? []) {
    const [paper, expert] = [at(paperAt, pair.paper), at(expertAt, pair.expert)]
    if (fixed[paper]!.has(expert)) throw new RangeError(`fixed twice: ${pair.paper}, ${pair.expert}`)
    fixed[paper]!.add(expert)
    fixedLoad[expert]!++
  }
  const orgs = fixed.map((some) => new Set([...some].map((expert) => experts[expert]!.org)))

  const match = (paper: number, expert: number) => experts[expert]!.fields[papers[paper]!.field] ?? 0
  const conflicts = (paper: number, expert: number) => reasons.get(paper * size + expert) ?? NONE
  const orgHasOne = (paper: number, expert: number) => {
    const { org } = experts[expert]!
    return oneOfAnOrg && org !== undefined && orgs[paper]!.has(org)
  }
  return {
    papers,
    experts,
    fixed,
    fixedLoad,
    oneOfAnOrg,
    match,
    conflicts,
    closed: (paper, expert) =>
      fixed[paper]!.has(expert)
        ? []
        : [
            ...conflicts(paper, expert),
            ...(match(paper, expert) < least ? [BELOW_LEAST_MATCH] : []),
            ...(orgHasOne(paper, expert) ? [ORG_HAS_ONE] : []),
          ],
    open: (paper, expert) =>
      !reasons.has(paper * size + expert) &&
      match(paper, expert) >= least &&
      !fixed[paper]!.has(expert) &&
      !orgHasOne(paper, expert),
  }
}

const byId = <T extends { id: string }>(list: readonly T[]): T[] =>
  [...list].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))

function places(list: readonly { id: string }[]): Map<string, number> {
  const map = new Map(list.map(({ id }, place) => [id, place]))
  if (map.size < list.length) throw new RangeError('an id comes twice')
  return map
}

function at(map: Map<string, number>, id: string): number {
  const place = map.get(id)
  if (place === undefined) throw new RangeError(`unknown: ${id}`)
  return place
}

function whole(value: number, what: string): void {
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`${what} is no whole number: ${value}`)
}
