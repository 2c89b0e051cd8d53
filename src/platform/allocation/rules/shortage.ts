/** Why reviews cannot be assigned, in terms that an office can act on: whom it could ask, free, or leave out. */
import type { Pool } from './pool.ts'
import type { Shortage } from './reviews.ts'

/** A pair by places in the pool. */
export type Sent = { paper: number; expert: number }

/** What is wrong with the fixed pairs themselves. */
export function contradictions(pool: Pool): Shortage[] {
  const { papers, experts, fixed, fixedLoad } = pool
  const found: Shortage[] = []
  for (const [paper, { id, needs }] of papers.entries()) {
    const some = fixed[paper]!
    if (some.size > needs) found.push({ kind: 'fixed_beyond_needs', paper: id, needs, fixed: some.size })
    for (const expert of some) {
      const why = pool.conflicts(paper, expert)
      if (why.length > 0)
        found.push({ kind: 'fixed_in_conflict', paper: id, expert: experts[expert]!.id, why: [...why] })
    }
    if (!pool.oneOfAnOrg) continue
    for (const [org, together] of Map.groupBy(some, (expert) => experts[expert]!.org))
      if (org !== undefined && together.length > 1)
        found.push({ kind: 'fixed_of_one_org', paper: id, org, experts: namesOf(experts, together) })
  }
  for (const [expert, { id, most }] of experts.entries())
    if (fixedLoad[expert]! > most)
      found.push({ kind: 'fixed_beyond_most', expert: id, most, fixed: fixedLoad[expert]! })
  return found
}

/**
 * Papers to which too few are open, each for itself; then, for papers that compete for the same experts, a set of them that needs more
 * than all who are open to it can give. `sent` is a largest assignment, `unsent` what it leaves of each paper.
 */
export function shortages(pool: Pool, sent: Sent[], unsent: Int32Array): Shortage[] {
  const { papers, experts } = pool
  const supply = papers.map(({ needs }, paper) => needs - pool.fixed[paper]!.size)
  const found: Shortage[] = []
  const alone = new Set<number>()
  for (const [paper, { id, field, needs }] of papers.entries()) {
    if (unsent[paper] === 0) continue
    const open = countOfOrgs(pool, openTo(pool, paper))
    if (open >= supply[paper]!) continue
    alone.add(paper)
    const closed: Record<string, number> = {}
    for (const expert of experts.keys())
      for (const why of pool.closed(paper, expert)) closed[why] = (closed[why] ?? 0) + 1
    found.push({ kind: 'few_open', paper: id, field, needs, open: open + pool.fixed[paper]!.size, closed })
  }
  const byPaper = Map.groupBy(sent, ({ paper }) => paper)
  const byExpert = Map.groupBy(sent, ({ expert }) => expert)
  const told = new Set<number>()
  for (const [start, units] of unsent.subarray(0, papers.length).entries()) {
    if (units === 0 || alone.has(start) || told.has(start)) continue
    const reached = reach(pool, start, byPaper, byExpert)
    for (const paper of reached.papers) told.add(paper)
    found.push(crowd(pool, supply, reached))
  }
  return found
}

type Reached = { papers: Set<number>; experts: Set<number> }

/**
 * Whoever could take over from whoever, beginning with a paper that misses a review: had one of these experts room left, the review
 * could be placed.
 */
function reach(pool: Pool, start: number, byPaper: Map<number, Sent[]>, byExpert: Map<number, Sent[]>): Reached {
  const papers = new Set([start])
  const experts = new Set<number>()
  const queue: number[] = [start]
  const orgOf = (expert: number) => (pool.oneOfAnOrg ? pool.experts[expert]!.org : undefined)
  const visit = (first: number) => {
    const reaching = [first]
    for (let expert = reaching.pop(); expert !== undefined; expert = reaching.pop()) {
      if (experts.has(expert)) continue
      experts.add(expert)
      const org = orgOf(expert)
      for (const { paper } of byExpert.get(expert) ?? []) {
        if (!papers.has(paper)) queue.push(paper)
        papers.add(paper)
        // Where one of an organisation may come, a colleague can take the place.
        if (org !== undefined) reaching.push(...openTo(pool, paper).filter((other) => orgOf(other) === org))
      }
    }
  }
  for (const paper of queue) {
    const on = (byPaper.get(paper) ?? []).map(({ expert }) => expert)
    const taken = new Set(on.map(orgOf))
    for (const expert of openTo(pool, paper)) {
      const org = orgOf(expert)
      if (!on.includes(expert) && (org === undefined || !taken.has(org))) visit(expert)
    }
  }
  return { papers, experts }
}

function crowd(pool: Pool, supply: number[], { papers, experts }: Reached): Shortage {
  const elsewhere = papers.values().reduce(
    (sum, paper) =>
      sum +
      countOfOrgs(
        pool,
        openTo(pool, paper).filter((expert) => !experts.has(expert)),
      ),
    0,
  )
  return {
    kind: 'crowded',
    papers: namesOf(pool.papers, papers),
    fields: [...new Set(papers.values().map((paper) => pool.papers[paper]!.field))].sort(),
    needs: papers.values().reduce((sum, paper) => sum + supply[paper]!, 0),
    experts: namesOf(pool.experts, experts),
    room: experts.values().reduce((sum, expert) => sum + pool.experts[expert]!.most - pool.fixedLoad[expert]!, 0),
    elsewhere,
  }
}

const openTo = (pool: Pool, paper: number): number[] =>
  pool.experts
    .keys()
    .filter((expert) => pool.open(paper, expert))
    .toArray()

/** How many of them can come to one paper. */
function countOfOrgs(pool: Pool, experts: number[]): number {
  if (!pool.oneOfAnOrg) return experts.length
  return new Set(experts.map((expert) => pool.experts[expert]!.org ?? expert)).size
}

const namesOf = (list: readonly { id: string }[], places: Iterable<number>): string[] =>
  [...places].map((place) => list[place]!.id).sort()
