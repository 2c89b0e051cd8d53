/** Everybody's attendance in all sessions of a class, put together from the lists of the sessions. */
import { useQueries } from '@tanstack/react-query'
import { type Attendance, type ClassRow, type Session, useAsk } from '../training.ts'

export type Mark = 'present' | 'leave' | 'absent' | 'expected'
export type PersonMarks = Pick<Attendance, 'personId' | 'name' | 'number' | 'orgName'> & {
  /** By session; a session of another term has no mark. */
  marks: Record<string, Mark>
}

export function putTogether(
  lists: readonly { session: Pick<Session, 'id' | 'ends'>; people: readonly Attendance[] }[],
  now: number,
): PersonMarks[] {
  const found = new Map<string, PersonMarks>()
  for (const { session, people } of lists) {
    const over = Date.parse(session.ends) < now
    for (const { personId, name, number, orgName, state } of people) {
      const person = found.get(personId) ?? { personId, name, number, orgName, marks: {} }
      person.marks[session.id] = state === 'present' || state === 'leave' ? state : over ? 'absent' : 'expected'
      found.set(personId, person)
    }
  }
  return [...found.values()]
}

/** Null until every list is there. */
export function useWholeAttendance(row: ClassRow, sessions: readonly Session[], now: number) {
  const ask = useAsk()
  return useQueries({
    queries: sessions.map(({ id }) => ask.attendance(row.id, id)),
    combine: (answers) => ({
      error: answers.find(({ error }) => error)?.error ?? null,
      loaded: answers.filter(({ data }) => data).length,
      people: answers.every(({ data }) => data)
        ? putTogether(
            sessions.map((session, at) => ({ session, people: answers[at]?.data ?? [] })),
            now,
          )
        : null,
    }),
  })
}
