/** Who reviews what: the question as it is put and the answer with its proof. All of it is plain data and can be kept as JSON. */

/** Something to be reviewed; `needs` different experts in all, those already fixed included. */
export type Paper = { id: string; field: string; needs: number }

/** `fields`: level of match by field, whole numbers, 0 where none is given. `most`: papers in all, those already fixed included. */
export type Expert = { id: string; fields: Record<string, number>; most: number; org?: string }

export type Pair = { paper: string; expert: string }

/** A pair that must not be, and the code of the reason. A pair may be closed for several reasons. */
export type Conflict = Pair & { why: string }

export type ReviewsToAssign = {
  papers: Paper[]
  experts: Expert[]
  conflicts: Conflict[]
  /** Pairs that stay as they are; only what is missing is added. */
  fixed?: Pair[]
  /** Experts below this level in the field of a paper are not open to it; 0 opens all to all. */
  leastMatch?: number
  /** Never two experts of one organisation on a paper. Experts without `org` are nobody's colleagues. */
  oneOfAnOrg?: boolean
  /** Draws among equally good assignments; 0 unless told. */
  seed?: number
}

export type AssignedPair = Pair & { match: number; fixed: boolean }

/** `load` counts the `fixed` ones too. */
export type Load = { expert: string; load: number; fixed: number; most: number }

/**
 * Prices that prove the optimum. Put together, an assignment is worth `weight` × Σ load² − Σ match, less being better, and `weight`
 * exceeds every sum of matches: first the loads count, then the match. `bound` is what no assignment can be below.
 */
export type Proof = {
  weight: number
  value: number
  bound: number
  papers: Record<string, number>
  experts: Record<string, number>
}

export type Assignment = {
  outcome: 'assigned'
  pairs: AssignedPair[]
  loads: Load[]
  /** Mean load of all experts. The loads are as even as any assignment can have them: least sum of squares, hence least largest load. */
  mean: number
  largestLoad: number
  smallestLoad: number
  sumOfSquares: number
  /** Sum of the levels of match: the most that loads as even as these allow. */
  match: number
  /** `value − bound` of the proof: 0 is proven best. */
  gap: number
  proof: Proof
  solver: { name: string; version: string }
  seed: number
  milliseconds: number
}

/** Why there is no assignment, for people to act on. */
export type Shortage =
  | { kind: 'fixed_in_conflict'; paper: string; expert: string; why: string[] }
  | { kind: 'fixed_beyond_needs'; paper: string; needs: number; fixed: number }
  | { kind: 'fixed_beyond_most'; expert: string; most: number; fixed: number }
  | { kind: 'fixed_of_one_org'; paper: string; org: string; experts: string[] }
  /** Fewer than `needs` are open to the paper (organisations, where one of each may review); `closed` counts the others by reason. */
  | { kind: 'few_open'; paper: string; field: string; needs: number; open: number; closed: Record<string, number> }
  /**
   * `papers` together still need `needs` reviews. `experts` can take `room` of them, and all others who are open to some of the papers
   * at most `elsewhere`, however busy they are: `room + elsewhere < needs`.
   */
  | {
      kind: 'crowded'
      papers: string[]
      fields: string[]
      needs: number
      experts: string[]
      room: number
      elsewhere: number
    }

export type Impossible = { outcome: 'impossible'; why: Shortage[]; milliseconds: number }

export type Assigned = Assignment | Impossible
