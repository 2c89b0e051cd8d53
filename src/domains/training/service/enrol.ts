/** Own enrolment in open classes: one line of places for everybody, counted by one conditional update. */
import { sql } from 'kysely'
import { conflict, notFound, refused } from '../../../base/errors.ts'
import { record } from '../../../platform/audit/index.ts'
import { type Act, prepared } from '../../../platform/db/index.ts'
import { classOf } from '../queries/classes.ts'
import { factsOf } from '../queries/eligible.ts'
import { explainTarget } from '../rules/target.ts'
import type { TrainingTables } from '../tables.ts'
import { leave } from './delegate.ts'

type TrainingAct = Act<TrainingTables>

/**
 * Joins an open class. The row of places is locked only between the last statement and the commit. Once the class is full that is
 * the first thing told, before anything is asked about the person, so that a rush of thousands stays short.
 */
export async function enrol(
  act: TrainingAct,
  input: { classId: string; waitIfFull: boolean },
): Promise<'confirmed' | 'waiting'> {
  const personId = act.actor.person
  if (!personId) throw refused('training.person_needed')
  const one = await classOf(act, input.classId)
  if (one.state !== 'open' || one.enrolment !== 'open') throw conflict('training.class_not_open')
  if (one.deadline !== null && one.deadline <= act.now)
    throw refused('training.deadline_passed', { deadline: one.deadline })
  const { rows: line } = await sql<{
    full: boolean
  }>`${prepared}select q.taken >= q.places as full from training.quota q
    where q.class_id = ${one.id} and q.org_id = ${one.orgId}`.execute(act.tx)
  const full = line[0]?.full ?? true
  if (full && !input.waitIfFull) throw refused('training.class_full')
  const facts = await factsOf(act, personId)
  if (!facts) throw notFound('person')
  const failed = explainTarget(one.target, facts, act.today).filter(({ holds }) => !holds)
  if (failed.length > 0) throw refused('training.not_eligible', { conditions: failed, count: 1 })
  const state = full ? 'waiting' : 'confirmed'
  const { rows: made } =
    await sql`${prepared}insert into training.enrolment (person_id, class_id, org_id, org_path, state, seated, proposed_by, proposed_at)
    select p.id, ${one.id}, p.org_id, p.org_path, ${state}, ${!full}, db.account(), db.now() from directory.person p where p.id = ${personId}
    on conflict (person_id, class_id) do update set state = excluded.state, seated = excluded.seated, proposed_at = excluded.proposed_at, reason = null
      where training.enrolment.state in ('declined', 'withdrawn') returning person_id`.execute(act.tx)
  if (made.length === 0) throw conflict('training.already_enrolled')
  await record(act, {
    action: state === 'waiting' ? 'training.waiting' : 'training.enrolled',
    subject: { kind: 'class', id: one.id },
    about: personId,
    orgPath: one.orgPath,
  })
  // Last, because others wait for this row until the commit.
  if (!full) {
    const { numAffectedRows } = await sql`${prepared}update training.quota set taken = taken + 1
      where class_id = ${one.id} and org_id = ${one.orgId} and taken < places`.execute(act.tx)
    if (numAffectedRows !== 1n) throw refused('training.class_full')
  }
  return state
}

/** Gives one's place in an open class back, until the first session begins. */
export async function leaveClass(act: TrainingAct, input: { classId: string; reason: string }): Promise<void> {
  if (!act.actor.person) throw notFound('class')
  const one = await classOf(act, input.classId)
  if (one.enrolment !== 'open' || one.state === 'completed') throw conflict('training.class_not_open')
  const { rows } = await sql<{
    begun: boolean
  }>`select exists (select from training.session s where s.class_id = ${one.id} and lower(s.during) <= db.now()) as begun`.execute(
    act.tx,
  )
  if (rows[0]!.begun) throw refused('training.class_begun')
  await leave(act, one, [act.actor.person], 'withdrawn', input.reason, ['confirmed', 'waiting'])
}
