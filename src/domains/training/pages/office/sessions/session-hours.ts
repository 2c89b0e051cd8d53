/** Whether the sessions laid out last as long as the class declares. Pure. */

/** 学时: a teaching hour of 45 minutes. Less than this cannot be the hours declared, however they are counted. */
const MINUTES = 45

export type Short = { term: number; scheduled: number; declared: number }

type Held = { term: number; starts: string; ends: string }

/** The terms whose sessions are shorter than the declared hours, with both in whole teaching hours; none without hours or sessions. */
export function shortTerms(declared: string | null, terms: number, sessions: readonly Held[]): Short[] {
  if (declared === null || sessions.length === 0) return []
  return Array.from({ length: terms }, (_, at) => at + 1).flatMap((term) => {
    const minutes = sessions
      .filter((held) => terms === 1 || held.term === term)
      .reduce((sum, { starts, ends }) => sum + (Date.parse(ends) - Date.parse(starts)) / 60_000, 0)
    const scheduled = Math.floor((minutes / MINUTES) * 10) / 10
    return scheduled < Number(declared) ? [{ term, scheduled, declared: Number(declared) }] : []
  })
}
