/** Who has completed a class: the attended share of the sessions that count, and every compulsory one. */

export type Held = { sessionId: string; compulsory: boolean }
/** How a person stood in a session; absent where there is no entry. Granted leave takes the session out of the count. */
export type Presence = 'present' | 'leave'

export type CompletionRule = { attendanceShare: string }

export type Outcome = {
  attended: number
  /** Sessions that count for this person: held, less granted leave. */
  required: number
  passed: boolean
  missed: { sessionId: string; compulsory: boolean }[]
  reasons: ('no_sessions' | 'attendance_short' | 'compulsory_missed')[]
}

/** Decides for one person. A share such as "0.8" is compared in whole numbers, so that 4 of 5 is exactly 80 %. */
export function judge(rule: CompletionRule, sessions: Held[], presence: ReadonlyMap<string, Presence>): Outcome {
  const counted = sessions.filter(({ sessionId }) => presence.get(sessionId) !== 'leave')
  const attended = counted.filter(({ sessionId }) => presence.get(sessionId) === 'present')
  const missed = counted.filter(({ sessionId }) => presence.get(sessionId) !== 'present')
  const reasons: Outcome['reasons'] = []
  // Somebody on leave from everything has not taken part.
  if (attended.length === 0) reasons.push('no_sessions')
  else if (!reaches(attended.length, counted.length, rule.attendanceShare)) reasons.push('attendance_short')
  if (missed.some(({ compulsory }) => compulsory)) reasons.push('compulsory_missed')
  return { attended: attended.length, required: counted.length, passed: reasons.length === 0, missed, reasons }
}

function reaches(attended: number, counted: number, share: string): boolean {
  const [whole = '0', fraction = ''] = share.split('.')
  const scale = 10 ** fraction.length
  return attended * scale >= Number(whole + fraction) * counted
}
