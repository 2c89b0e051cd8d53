/** What a teacher's classes mean at a moment: what comes next, where one may check in, how one stood in a session. */
import { civilDate } from '../../../../base/dates.ts'
import type { MyClass, MySession } from './training.ts'

export type Appointment = { of: MyClass; session: MySession }

/** How one stands in a session: what the record says, else what the time says. */
export type Presence = 'present' | 'leave' | 'asked' | 'absent' | 'open' | 'ahead'

export const isOver = (session: Pick<MySession, 'ends'>, now: number): boolean => Date.parse(session.ends) <= now

const doorsOpen = (session: Pick<MySession, 'opensAt' | 'ends'>, now: number): boolean =>
  Date.parse(session.opensAt) <= now && !isOver(session, now)

export function presenceIn(session: MySession, now: number): Presence {
  if (session.attendance === 'present') return 'present'
  if (session.attendance === 'leave' || session.leave?.state === 'granted') return 'leave'
  if (isOver(session, now)) return 'absent'
  if (session.leave?.state === 'asked') return 'asked'
  return doorsOpen(session, now) ? 'open' : 'ahead'
}

/** Who is on leave and comes after all may check in as well. */
export const mayCheckIn = (session: MySession, now: number): boolean =>
  session.attendance !== 'present' && doorsOpen(session, now)

export const mayAskLeave = (session: MySession, now: number): boolean =>
  session.attendance === null && (session.leave === null || session.leave.state === 'refused') && !isOver(session, now)

/** Sessions of confirmed classes that are not over, the earliest first. */
export const ahead = (classes: readonly MyClass[], now: number): Appointment[] =>
  classes
    .filter(({ state }) => state === 'confirmed')
    .flatMap((of) => of.sessions.filter((session) => !isOver(session, now)).map((session) => ({ of, session })))
    .sort((a, b) => Date.parse(a.session.starts) - Date.parse(b.session.starts))

/** The one to get ready for: one under way where one is in comes after one that waits for the check-in. */
export function nextUp(classes: readonly MyClass[], now: number): Appointment | undefined {
  const coming = ahead(classes, now)
  return (
    coming.find(({ session }) => mayCheckIn(session, now) && presenceIn(session, now) !== 'leave') ??
    coming.find(({ session }) => presenceIn(session, now) !== 'leave') ??
    coming[0]
  )
}

/** Classes that one is in and whose sessions are still to be set. */
export const unscheduled = (classes: readonly MyClass[]): MyClass[] =>
  classes.filter(({ state, sessions }) => ['confirmed', 'accepted'].includes(state) && sessions.length === 0)

/** Whole days from the civil date of `now` to that of `when`, in the product's time zone; 0 is today. */
export const daysUntil = (when: string, now: number): number =>
  Math.round((Date.parse(civilDate(new Date(when))) - Date.parse(civilDate(new Date(now)))) / 86_400_000)

export type Groups = { answer: MyClass[]; current: MyClass[]; ended: MyClass[]; off: MyClass[] }

/** Own classes by what they ask for: an answer, to be attended, done with, not taken part in. */
export function grouped(classes: readonly MyClass[]): Groups {
  const of = (...states: string[]) => classes.filter(({ state }) => states.includes(state))
  return {
    answer: of('proposed'),
    current: of('confirmed', 'accepted', 'waiting'),
    ended: of('passed', 'failed', 'not_admitted'),
    off: of('declined', 'withdrawn'),
  }
}
