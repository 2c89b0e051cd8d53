/** Reviews assigned as a flow: papers send, experts carry at a price that rises with every further paper, and the match is the discount. */
import { boundOf, cheapestFlow, Draft } from './network.ts'
import { type Pool, readPool } from './pool.ts'
import type { AssignedPair, Assignment, ReviewsToAssign, Shortage } from './reviews.ts'
import { contradictions, type Sent, shortages } from './shortage.ts'

export const SOLVER = { name: 'network simplex', version: '1' }

/**
 * The assignment with the most even loads (least sum of squares) and, among all of those, the best match in all: one flow, since the
 * weight of the loads exceeds every sum of matches. Its arithmetic is whole numbers throughout.
 */
export function assign(
  input: ReviewsToAssign,
): Omit<Assignment, 'milliseconds'> | { outcome: 'impossible'; why: Shortage[] } {
  const pool = readPool(input)
  const wrong = contradictions(pool)
  if (wrong.length > 0) return { outcome: 'impossible', why: wrong }

  const { papers, experts, fixed, fixedLoad } = pool
  const weight = weightOf(pool)
  const { sent, unsent, price, bound: flowBound } = solve(pool, weight)
  if (unsent.some((units) => units > 0)) return { outcome: 'impossible', why: shortages(pool, sent, unsent) }

  const all = [
    ...sent.map(({ paper, expert }) => ({ paper, expert, fixed: false })),
    ...fixed.flatMap((some, paper) => [...some].map((expert) => ({ paper, expert, fixed: true }))),
  ]
  const load = [...fixedLoad]
  for (const { expert } of sent) load[expert]!++
  const match = all.reduce((sum, { paper, expert }) => sum + pool.match(paper, expert), 0)
  const fixedMatch = all.reduce((sum, one) => sum + (one.fixed ? pool.match(one.paper, one.expert) : 0), 0)
  const squares = sumOfSquares(load)
  const value = weight * squares - match
  const bound = flowBound + weight * sumOfSquares(fixedLoad) - fixedMatch
  if (value !== bound) throw new Error(`the flow is worth ${value}, its prices prove ${bound}`)
  return {
    outcome: 'assigned',
    pairs: all.map((one) => named(pool, one)).sort(inOrder),
    loads: experts
      .map(({ id, most }, expert) => ({ expert: id, load: load[expert]!, fixed: fixedLoad[expert]!, most }))
      .sort((a, b) => (a.expert < b.expert ? -1 : 1)),
    mean: experts.length === 0 ? 0 : all.length / experts.length,
    largestLoad: Math.max(0, ...load),
    smallestLoad: load.length === 0 ? 0 : Math.min(...load),
    sumOfSquares: squares,
    match,
    gap: value - bound,
    proof: {
      weight,
      value,
      bound,
      papers: Object.fromEntries(papers.map(({ id }, paper) => [id, price[paper]!])),
      experts: Object.fromEntries(experts.map(({ id }, expert) => [id, price[papers.length + expert]!])),
    },
    solver: SOLVER,
    seed: input.seed ?? 0,
  }
}

const sumOfSquares = (loads: readonly number[]): number => loads.reduce((sum, load) => sum + load * load, 0)

type Solved = { sent: Sent[]; unsent: Int32Array; price: Float64Array; bound: number }

function solve(pool: Pool, weight: number): Solved {
  const { papers, experts, fixed, fixedLoad } = pool
  const draft = new Draft()
  let nodes = papers.length + experts.length
  const pairs: { paper: number; expert: number; arc: number }[] = []
  for (const paper of papers.keys())
    for (const group of groupsOf(pool, paper)) {
      // Colleagues stand behind a gate that lets one of them through.
      const gate = group.length === 1 ? paper : nodes++
      if (gate !== paper) draft.arc(paper, gate, 1, 0)
      for (const expert of group) {
        const arc = draft.arc(gate, papers.length + expert, 1, -pool.match(paper, expert))
        pairs.push({ paper, expert, arc })
      }
    }
  const root = nodes++
  for (const [expert, { most }] of experts.entries())
    for (let nth = fixedLoad[expert]! + 1; nth <= Math.min(most, papers.length); nth++)
      draft.arc(papers.length + expert, root, 1, weight * (2 * nth - 1))
  const supply = new Int32Array(nodes)
  supply.set(papers.map(({ needs }, paper) => needs - fixed[paper]!.size))
  const network = draft.network(nodes, supply)
  const { flow, unsent, price } = cheapestFlow(network)
  return { sent: pairs.filter(({ arc }) => flow[arc] === 1), unsent, price, bound: boundOf(network, price) }
}

/** More than any sum of matches. */
function weightOf({ papers, experts }: Pool): number {
  const best = new Map<string, number>()
  for (const { fields } of experts)
    for (const [field, level] of Object.entries(fields)) best.set(field, Math.max(level, best.get(field) ?? 0))
  return 1 + papers.reduce((sum, { field, needs }) => sum + needs * (best.get(field) ?? 0), 0)
}

/** The experts open to a paper; those of whom only one may come stand together. */
function groupsOf(pool: Pool, paper: number): number[][] {
  const groups: number[][] = []
  const byOrg = new Map<string, number[]>()
  for (const [expert, { org }] of pool.experts.entries()) {
    if (!pool.open(paper, expert)) continue
    const colleagues = pool.oneOfAnOrg && org !== undefined ? byOrg.get(org) : undefined
    if (colleagues) {
      colleagues.push(expert)
      continue
    }
    const group = [expert]
    groups.push(group)
    if (org !== undefined) byOrg.set(org, group)
  }
  return groups
}

const named = (pool: Pool, { paper, expert, fixed }: Sent & { fixed: boolean }): AssignedPair => ({
  paper: pool.papers[paper]!.id,
  expert: pool.experts[expert]!.id,
  match: pool.match(paper, expert),
  fixed,
})

const inOrder = (a: AssignedPair, b: AssignedPair): number =>
  a.paper === b.paper ? (a.expert < b.expert ? -1 : 1) : a.paper < b.paper ? -1 : 1
