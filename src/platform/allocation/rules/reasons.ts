/** Each person's reason: why these experts have a paper and others do not, and how an expert's load stands to the mean. */
import { exchanges, type LossOf } from './exchange.ts'
import { ORG_HAS_ONE, readPool } from './pool.ts'
import type { Assignment, Load, ReviewsToAssign } from './reviews.ts'

/**
 * What it would cost to give the paper to an expert who is open to it and does not have it, in the best way of doing so: `load` the
 * loads of all would be less even; `match` the match of all would fall by `loss`; `lot` it would be just as good, and the lot decided;
 * `full` it cannot be done, since the expert has all that they take and none of it can go to others.
 */
export type PassedOver = { expert: string; match: number; because: 'full' | 'load' | 'match' | 'lot'; loss?: number }

export type PaperReasons = {
  paper: string
  field: string
  chosen: { expert: string; match: number; load: number; fixed: boolean }[]
  /** Who was not open, with every reason. */
  closed: { expert: string; why: string[] }[]
  /** Who was open and does not have it, best match first. */
  passedOver: PassedOver[]
}

export type ExpertReasons = Load & {
  mean: number
  /** Papers by level of match, best first. */
  papers: { paper: string; match: number; fixed: boolean }[]
  /** How many papers are closed to the expert, by reason. */
  closed: Record<string, number>
}

export type Reasons = { paper(id: string): PaperReasons; expert(id: string): ExpertReasons }

/** Looks an answer up. `input` is the question that was answered; throws `RangeError` for an id that is not in it. */
export function reasonsOf(input: ReviewsToAssign, answer: Assignment): Reasons {
  const pool = readPool(input)
  const loads = new Map(answer.loads.map((load) => [load.expert, load]))
  const pairsOfPaper = Map.groupBy(answer.pairs, ({ paper }) => paper)
  const pairsOfExpert = Map.groupBy(answer.pairs, ({ expert }) => expert)
  const paperAt = new Map(pool.papers.map(({ id }, place) => [id, place]))
  const expertAt = new Map(pool.experts.map(({ id }, place) => [id, place]))

  let lossOf: LossOf | undefined
  const passed = (paper: number, expert: number): PassedOver => {
    lossOf ??= exchanges(pool, answer)
    const loss = lossOf(paper, expert)
    const one = { expert: pool.experts[expert]!.id, match: pool.match(paper, expert) }
    if (loss === 0) return { ...one, because: 'lot' }
    if (loss === Number.POSITIVE_INFINITY) return { ...one, because: 'full' }
    // The match cannot fall by more than there is of it, and a weight always exceeds that.
    return loss <= answer.match ? { ...one, because: 'match', loss } : { ...one, because: 'load' }
  }

  return {
    paper(id) {
      const paper = placeOf(paperAt, id)
      const chosen = (pairsOfPaper.get(id) ?? []).map(({ expert, match, fixed }) => ({
        expert,
        match,
        load: loads.get(expert)!.load,
        fixed,
      }))
      const has = new Set(chosen.map(({ expert }) => expert))
      const others = pool.experts
        .keys()
        .filter((expert) => !has.has(pool.experts[expert]!.id))
        .toArray()
      return {
        paper: id,
        field: pool.papers[paper]!.field,
        chosen,
        closed: others
          .filter((expert) => !pool.open(paper, expert))
          .map((expert) => ({ expert: pool.experts[expert]!.id, why: pool.closed(paper, expert) }))
          .sort((a, b) => (a.expert < b.expert ? -1 : 1)),
        passedOver: others
          .filter((expert) => pool.open(paper, expert))
          .map((expert) => passed(paper, expert))
          .sort((a, b) => b.match - a.match || (a.expert < b.expert ? -1 : 1)),
      }
    },
    expert(id) {
      const expert = placeOf(expertAt, id)
      const closed: Record<string, number> = {}
      for (const paper of pool.papers.keys())
        for (const why of pool.closed(paper, expert)) if (why !== ORG_HAS_ONE) closed[why] = (closed[why] ?? 0) + 1
      return {
        ...loads.get(id)!,
        mean: answer.mean,
        papers: (pairsOfExpert.get(id) ?? [])
          .map(({ paper, match, fixed }) => ({ paper, match, fixed }))
          .sort((a, b) => b.match - a.match || (a.paper < b.paper ? -1 : 1)),
        closed,
      }
    },
  }
}

function placeOf(map: Map<string, number>, id: string): number {
  const place = map.get(id)
  if (place === undefined) throw new RangeError(`unknown: ${id}`)
  return place
}
