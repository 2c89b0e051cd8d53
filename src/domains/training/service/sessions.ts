/** Commands on sessions: time and place, and the clashes they make for people. */
import { sql } from 'kysely'
import { conflict, invalid, notFound, refused } from '../../../base/errors.ts'
import { newId } from '../../../base/ids.ts'
import { record } from '../../../platform/audit/index.ts'
import type { Act } from '../../../platform/db/index.ts'
import { ownClass } from '../queries/classes.ts'
import { clashesOf } from '../queries/sessions.ts'
import type { TrainingTables } from '../tables.ts'

type TrainingAct = Act<TrainingTables>

type SessionInput = {
  classId: string
  sessionId?: string | undefined
  title: string
  place: string
  starts: string
  ends: string
  term: number
  compulsory: boolean
}

/** Adds or changes a session. What has been attended keeps its time. Returns how many people it clashes for. */
export async function saveSession(
  act: TrainingAct,
  input: SessionInput,
): Promise<{ sessionId: string; clashes: number }> {
  const one = await ownClass(act, input.classId)
  if (one.state === 'completed' || one.state === 'cancelled') throw conflict('training.class_closed')
  const starts = new Date(input.starts)
  const ends = new Date(input.ends)
  if (!(starts < ends)) throw invalid('training.session_ends_before')
  if (ends.getTime() - starts.getTime() > 14 * 3_600_000) throw invalid('training.session_too_long')
  if (input.term > one.terms) throw invalid('training.no_such_term', { terms: one.terms })
  const sessionId = input.sessionId ?? newId()
  if (input.sessionId) {
    const { rows } = await sql<{ attended: boolean; same: boolean }>`
      select exists (select from training.attendance a where a.session_id = s.id and a.state = 'present') as attended,
        s.during = tstzrange(${input.starts}, ${input.ends}) as same
      from training.session s where s.class_id = ${one.id} and s.id = ${input.sessionId} for update`.execute(act.tx)
    if (!rows[0]) throw notFound('session')
    if (rows[0].attended && !rows[0].same) throw refused('training.session_attended')
    await sql`update training.session set title = ${input.title}, place = ${input.place}, during = tstzrange(${input.starts}, ${input.ends}), term = ${input.term},
      compulsory = ${input.compulsory} where class_id = ${one.id} and id = ${sessionId}`.execute(act.tx)
  } else {
    await sql`insert into training.session (class_id, id, ord, term, title, place, during, compulsory, host_person)
      select ${one.id}, ${sessionId}, coalesce(max(s.ord), 0) + 1, ${input.term}, ${input.title}, ${input.place}, tstzrange(${input.starts}, ${input.ends}),
        ${input.compulsory}, ${act.actor.person}::uuid from training.session s where s.class_id = ${one.id}`.execute(
      act.tx,
    )
  }
  await record(act, {
    action: input.sessionId ? 'training.session_changed' : 'training.session_added',
    subject: { kind: 'session', id: sessionId },
    orgPath: one.orgPath,
    after: input,
  })
  const clashes = await clashesOf(act, one.id)
  return { sessionId, clashes: clashes.filter((clash) => clash.sessionId === sessionId).length }
}

/** Removes a session that nobody attended. */
export async function removeSession(act: TrainingAct, sessionId: string): Promise<void> {
  const { rows } = await sql<{ classId: string; attended: boolean; title: string }>`select s.class_id, s.title,
    exists (select from training.attendance a where a.session_id = s.id) or exists (select from training.leave_request l where l.session_id = s.id) as attended
    from training.session s where s.id = ${sessionId}`.execute(act.tx)
  if (!rows[0]) throw notFound('session')
  const one = await ownClass(act, rows[0].classId)
  if (one.state === 'completed') throw conflict('training.class_closed')
  if (rows[0].attended) throw refused('training.session_attended')
  await sql`delete from training.session where class_id = ${one.id} and id = ${sessionId}`.execute(act.tx)
  await record(act, {
    action: 'training.session_removed',
    subject: { kind: 'session', id: sessionId },
    orgPath: one.orgPath,
    before: { title: rows[0].title },
  })
}
