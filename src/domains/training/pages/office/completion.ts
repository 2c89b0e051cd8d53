/** What completion will come to as attendance stands: a preview in the browser, the server decides by the same rule. */
import type { Mark } from './whole-attendance.ts'

export type Held = { id: string; compulsory: boolean }
export type Preview = {
  attended: number
  /** Sessions that count for the person: without those on granted leave. */
  required: number
  passes: boolean
  reason: 'never' | 'short' | 'compulsory' | null
}

/** `share` such as "0.8", compared in whole numbers so that four of five is exactly eighty per cent. */
export function previewOf(marks: Record<string, Mark>, sessions: readonly Held[], share: string): Preview {
  const counted = sessions.filter(({ id }) => marks[id] === 'present' || marks[id] === 'absent')
  const attended = counted.filter(({ id }) => marks[id] === 'present').length
  const [whole = '0', fraction = ''] = share.split('.')
  const enough = attended * 10 ** fraction.length >= Number(whole + fraction) * counted.length
  const missed = counted.some(({ id, compulsory }) => compulsory && marks[id] !== 'present')
  const reason = attended === 0 ? 'never' : !enough ? 'short' : missed ? 'compulsory' : null
  return { attended, required: counted.length, passes: reason === null, reason }
}
