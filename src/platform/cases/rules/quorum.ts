/** When a meeting may sit, when it may vote on a case, and when a case has passed: exact fractions, never rounded. */

/** Two thirds are [2, 3]. */
export type Share = readonly [numerator: number, denominator: number]

/** Whether `part` of `whole` is at least the share. */
export const reaches = (part: number, whole: number, [numerator, denominator]: Share): boolean =>
  part * denominator >= numerator * whole

/** The least whole number of `whole` that reaches the share: 8 for two thirds of 11. */
export const leastOf = (whole: number, [numerator, denominator]: Share): number =>
  Math.ceil((numerator * whole) / denominator)

/** Fewer ballots than this would tell who voted how. */
const FEWEST_BALLOTS = 3

export type Body = { seats: number; odd: boolean; attendance: Share; pass: Share }

/** What is wrong with a number of members, or null. */
export function wrongSize({ seats, odd }: Pick<Body, 'seats' | 'odd'>, members: number): 'too_few' | 'even' | null {
  if (members < seats) return 'too_few'
  return odd && members % 2 === 0 ? 'even' : null
}

export type Present = {
  members: number
  present: number
  /** Members recused from the case, and how many of them are present. */
  recused: number
  recusedPresent: number
}

/**
 * Whether a case can be voted on, and by how many. Who is recused is counted neither among the members nor among those present, so that
 * a recusal never stands for a no and never helps to reach a quorum.
 */
export function quorumOf(
  { attendance }: Pick<Body, 'attendance'>,
  { members, present, recused, recusedPresent }: Present,
): { entitled: number; body: number; needed: number; quorate: boolean } {
  const entitled = present - recusedPresent
  const body = members - recused
  const needed = Math.max(FEWEST_BALLOTS, leastOf(body, attendance))
  return { entitled, body, needed, quorate: entitled >= needed }
}

/** Passed iff the ayes reach the share of the members present and entitled to vote; a blank or missing ballot is no aye. */
export const hasPassed = ({ pass }: Pick<Body, 'pass'>, ayes: number, entitled: number): boolean =>
  entitled > 0 && reaches(ayes, entitled, pass)
