/** Leave from a session: asked for by the person, decided by school or district, taken out of the person's count when granted. */
import { sql } from 'kysely'
import { conflict, notFound, refused } from '../../../base/errors.ts'
import { record } from '../../../platform/audit/index.ts'
import type { Act } from '../../../platform/db/index.ts'
import { finishAll, notify } from '../../../platform/inbox/index.ts'
import type { TrainingTables } from '../tables.ts'
import { sessionOf } from './attend.ts'

type TrainingAct = Act<TrainingTables>

const todoKey = (sessionId: string, personId: string | null) => `leave:${sessionId}:${personId}`

/** Asks for leave from a session that has not ended. */
export async function askLeave(act: TrainingAct, input: { sessionId: string; reason: string }): Promise<void> {
  const session = await sessionOf(act, input.sessionId)
  if (session.over) throw refused('training.session_over')
  const { rows } = await sql<{ orgId: string }>`
    insert into training.leave_request as l (person_id, session_id, class_id, reason)
    select e.person_id, ${input.sessionId}, e.class_id, ${input.reason} from training.enrolment e
    where e.class_id = ${session.classId} and e.person_id = ${act.actor.person} and e.state = 'confirmed'
    on conflict (person_id, session_id) do update set reason = excluded.reason, state = 'asked', asked_at = db.now() where l.state = 'refused'
    returning (select p.org_id from directory.person p where p.id = l.person_id) as org_id`.execute(act.tx)
  if (!rows[0]) throw conflict('training.leave_already_asked')
  await notify(act, [
    {
      role: 'clerk',
      orgId: rows[0].orgId,
      kind: 'todo',
      code: 'training.todo.leave',
      data: { class: session.className, classEn: session.classNameEn, name: act.actor.name },
      link: '/leave',
      key: todoKey(input.sessionId, act.actor.person),
    },
  ])
  await record(act, {
    action: 'training.leave_asked',
    subject: { kind: 'session', id: input.sessionId },
    about: act.actor.person!,
    orgPath: session.orgPath,
    after: { reason: input.reason },
  })
}

type Decided = { personId: string; sessionId: string; className: string; classNameEn: string; orgPath: string }

/**
 * Grants or refuses leave, one request or many with one answer; what was decided meanwhile is left out. Nobody decides on their own.
 * Returns how many were decided.
 */
export async function decideLeaves(
  act: TrainingAct,
  input: { requests: { sessionId: string; personId: string }[]; grant: boolean; answer: string },
): Promise<number> {
  if (input.requests.some(({ personId }) => personId === act.actor.person)) throw refused('training.not_oneself')
  const requests = input.requests.map(({ sessionId, personId }) => ({ session_id: sessionId, person_id: personId }))
  const { rows } = await sql<Decided>`
    with decided as (
      update training.leave_request l set state = ${input.grant ? 'granted' : 'refused'}, answer = ${input.answer}, decided_by = db.account(), decided_at = db.now()
      from jsonb_to_recordset(${JSON.stringify(requests)}::jsonb) as r(session_id uuid, person_id uuid)
      where l.person_id = r.person_id and l.session_id = r.session_id and l.state = 'asked' returning l.person_id, l.session_id, l.class_id, l.reason
    ), entered as (
      insert into training.attendance (person_id, session_id, class_id, state, mode, reason, recorded_by)
      select d.person_id, d.session_id, d.class_id, 'leave', 'leave', d.reason, db.account() from decided d where ${input.grant} on conflict do nothing
    )
    select d.person_id, d.session_id, c.name as class_name, c.name_en as class_name_en, c.org_path::text from decided d join training.class c on c.id = d.class_id
    order by d.person_id, d.session_id`.execute(act.tx)
  if (rows.length === 0) throw notFound('leave_request')
  await finishAll(
    act,
    rows.map(({ sessionId, personId }) => ({ key: todoKey(sessionId, personId), whose: null })),
  )
  await notify(
    act,
    rows.map(({ personId, className, classNameEn }) => ({
      personId,
      kind: 'message',
      code: input.grant ? 'training.message.leave_granted' : 'training.message.leave_refused',
      data: { class: className, classEn: classNameEn, answer: input.answer },
      link: '/my/training',
    })),
  )
  await record(
    act,
    ...rows.map(({ sessionId, personId, orgPath }) => ({
      action: input.grant ? 'training.leave_granted' : 'training.leave_refused',
      subject: { kind: 'session', id: sessionId },
      about: personId,
      orgPath,
      after: { answer: input.answer },
    })),
  )
  return rows.length
}
