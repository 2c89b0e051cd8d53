/** Which way out of a class a person still has: leaving an open one before it begins, declining while the school’s list is open. */

export type Stand = {
  enrolment: 'delegated' | 'open'
  classState: string
  /** The person’s own state in the class. */
  state: string
  /** A session of the class has begun. */
  begun: boolean
}
export type WayOut = 'leave' | 'decline'

/** Null where there is none any more: then it takes leave from each session. */
export function wayOut({ enrolment, classState, state, begun }: Stand): WayOut | null {
  if (enrolment === 'open') {
    const held = state === 'confirmed' || state === 'waiting'
    return held && !begun && (classState === 'open' || classState === 'confirmed') ? 'leave' : null
  }
  return classState === 'open' && ['proposed', 'accepted', 'waiting'].includes(state) ? 'decline' : null
}
