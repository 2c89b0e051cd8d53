/** The allocation door: assignments and models solved to the proven best, each with its reasons. */
export { checkAssignment } from './rules/check.ts'
export type { Model, Solution } from './rules/model.ts'
export { BELOW_LEAST_MATCH, ORG_HAS_ONE } from './rules/pool.ts'
export { type ExpertReasons, type PaperReasons, type PassedOver, type Reasons, reasonsOf } from './rules/reasons.ts'
export type {
  Assigned,
  AssignedPair,
  Assignment,
  Conflict,
  Expert,
  Load,
  Pair,
  Paper,
  Proof,
  ReviewsToAssign,
  Shortage,
} from './rules/reviews.ts'
export type { ToTransport, Transported } from './rules/transport.ts'
export { assignReviews, type SolveOptions, solveModel, transportAmounts } from './solver.ts'
