/** Linear models with whole or broken variables, for questions that are no flow. */

export type Model = {
  sense: 'minimise' | 'maximise'
  /** `gain` is the coefficient in the objective; from `least` (0) to `most` (no end). */
  variables: { name: string; gain?: number; least?: number; most?: number; whole?: boolean }[]
  /** Sum of coefficient × variable from `least` to `most`. Names are for those who read why there is no solution. */
  constraints: { name: string; terms: Record<string, number>; least?: number; most?: number }[]
}

export type Solution =
  /** `stopped`: the time was over; `values` is the best found so far and `bound` what no solution can beat. */
  | ({
      outcome: 'best' | 'stopped'
      values: Record<string, number>
      objective: number
      bound: number
      gap: number
    } & Solved)
  /** `because` names constraints that contradict each other, as far as the solver could tell. */
  | ({ outcome: 'impossible'; because: string[] } & Solved)
  | ({ outcome: 'unbounded' | 'nothing_found' } & Solved)

type Solved = { solver: { name: string; version: string }; milliseconds: number }
