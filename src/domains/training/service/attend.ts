/** Being there: check-in by code, by hand, from a signed list; leave with approval. */
import { sql } from 'kysely'
import { conflict, notFound, refused } from '../../../base/errors.ts'
import { record } from '../../../platform/audit/index.ts'
import { type Act, prepared } from '../../../platform/db/index.ts'
import { type CheckInTiming, showCode, verifyDigits, verifyToken } from '../rules/check-in.ts'
import type { TrainingTables } from '../tables.ts'

type TrainingAct = Act<TrainingTables>

/** When the doors open, and how long a code is good: the pack's figures. */
export type Doors = { timing: CheckInTiming; opensMinutes: number }

type Held = {
  id: string
  classId: string
  className: string
  classNameEn: string
  classState: string
  title: string
  orgPath: string
  begun: boolean
  over: boolean
}
export type CheckedIn = { sessionTitle: string; className: string; classNameEn: string; at: string; already: boolean }

export async function sessionOf(act: TrainingAct, sessionId: string, opensMinutes = 0): Promise<Held> {
  const { rows } =
    await sql<Held>`select s.id, s.class_id, c.name as class_name, c.name_en as class_name_en, c.state as class_state, s.title, c.org_path::text,
      lower(s.during) - make_interval(mins => ${opensMinutes}) <= db.now() as begun, upper(s.during) < db.now() as over
    from training.session s join training.class c on c.id = s.class_id where s.id = ${sessionId}`.execute(act.tx)
  if (!rows[0]) throw notFound('session')
  return rows[0]
}

/** What the host's screen shows now; hosts run the class. */
export async function hostCode(act: TrainingAct, sessionId: string, key: Buffer, { timing, opensMinutes }: Doors) {
  const session = await hostedSession(act, sessionId, opensMinutes)
  return { ...showCode(key, sessionId, act.now, timing), session, open: session.begun && !session.over }
}

async function hostedSession(act: TrainingAct, sessionId: string, opensMinutes: number): Promise<Held> {
  const session = await sessionOf(act, sessionId, opensMinutes)
  const { rows } = await sql<{
    own: boolean
  }>`select true as own from training.class c where c.id = ${session.classId} and c.org_path <@ any (db.scope())`.execute(
    act.tx,
  )
  if (!rows[0]) throw notFound('session')
  return session
}

/** Checks the actor in with a scanned token. Scanning twice says so and changes nothing. */
export async function checkIn(act: TrainingAct, token: string, key: Buffer, doors: Doors): Promise<CheckedIn> {
  const verdict = verifyToken(key, token, act.now, doors.timing)
  if (!verdict.ok) throw refused(`training.code_${verdict.why}`)
  return arrive(act, verdict.sessionId, 'qr', doors)
}

/** Checks the actor in with the digits typed from the screen. */
export async function checkInWithDigits(
  act: TrainingAct,
  sessionId: string,
  digits: string,
  key: Buffer,
  doors: Doors,
): Promise<CheckedIn> {
  const verdict = verifyDigits(key, sessionId, digits, act.now, doors.timing)
  if (verdict !== 'ok') throw refused(verdict === 'expired' ? 'training.code_expired' : 'training.digits_wrong')
  return arrive(act, sessionId, 'code', doors)
}

/** One statement for the common case: the session's window, the place in the class and the entry are checked together. */
async function arrive(
  act: TrainingAct,
  sessionId: string,
  mode: 'qr' | 'code',
  { opensMinutes }: Doors,
): Promise<CheckedIn> {
  if (!act.actor.person) throw refused('training.person_needed')
  const { rows } = await sql<{ at: string; title: string; className: string; classNameEn: string }>`${prepared}
    with entry as (
      insert into training.attendance as a (person_id, session_id, class_id, state, mode, recorded_by)
      select e.person_id, s.id, s.class_id, 'present', ${mode}, db.account()
      from training.session s join training.class c on c.id = s.class_id and c.state = 'confirmed'
      join training.enrolment e on e.class_id = s.class_id and e.person_id = ${act.actor.person} and e.state = 'confirmed' and (c.terms = 1 or e.term = s.term)
      where s.id = ${sessionId} and db.now() between lower(s.during) - make_interval(mins => ${opensMinutes}) and upper(s.during)
      on conflict (person_id, session_id) do update set state = 'present', mode = excluded.mode, reason = null, at = excluded.at where a.state = 'leave'
      returning a.at, a.session_id
    )
    select n.at, s.title, c.name as class_name, c.name_en as class_name_en from entry n join training.session s on s.id = n.session_id join training.class c on c.id = s.class_id`.execute(
    act.tx,
  )
  const entered = rows[0]
  if (!entered) return whyNot(act, sessionId, opensMinutes)
  await record(act, {
    action: 'training.checked_in',
    subject: { kind: 'session', id: sessionId },
    about: act.actor.person,
    after: { mode },
  })
  const { title: sessionTitle, ...rest } = entered
  return { sessionTitle, ...rest, already: false }
}

async function whyNot(act: TrainingAct, sessionId: string, opensMinutes: number): Promise<CheckedIn> {
  const session = await sessionOf(act, sessionId, opensMinutes)
  const { rows } = await sql<{
    at: string | null
    state: string
    wrongTerm: boolean
  }>`select a.at, e.state, c.terms > 1 and e.term <> s.term as wrong_term
    from training.session s join training.class c on c.id = s.class_id
    join training.enrolment e on e.class_id = s.class_id and e.person_id = ${act.actor.person}
    left join training.attendance a on a.person_id = e.person_id and a.session_id = s.id where s.id = ${sessionId}`.execute(
    act.tx,
  )
  const standing = rows[0]
  const { title: sessionTitle, className, classNameEn } = session
  if (standing?.at) return { sessionTitle, className, classNameEn, at: standing.at, already: true }
  if (standing?.state !== 'confirmed') throw refused('training.not_in_class', { class: session.className })
  if (standing.wrongTerm) throw refused('training.other_term', { class: session.className })
  if (!session.begun) throw refused('training.too_early', { minutes: opensMinutes })
  throw refused('training.session_over')
}

/** Checks people in by hand or from a list, with a reason. Who is in already is left alone. */
export async function recordPresence(
  act: TrainingAct,
  input: { sessionId: string; personIds: string[]; reason: string; mode: 'manual' | 'roster' },
  opensMinutes: number,
): Promise<number> {
  const session = await hostedSession(act, input.sessionId, opensMinutes)
  if (session.classState !== 'confirmed') throw conflict('training.class_not_confirmed')
  if (!session.begun) throw refused('training.too_early', { minutes: opensMinutes })
  if (act.actor.person && input.personIds.includes(act.actor.person)) throw refused('training.not_oneself')
  const { rows } = await sql<{ personId: string }>`
    insert into training.attendance as a (person_id, session_id, class_id, state, mode, reason, recorded_by)
    select e.person_id, s.id, s.class_id, 'present', ${input.mode}, ${input.reason}, db.account()
    from training.session s join training.class c on c.id = s.class_id
    join training.enrolment e on e.class_id = s.class_id and e.state = 'confirmed' and (c.terms = 1 or e.term = s.term) and e.person_id = any(${input.personIds}::uuid[])
    where s.id = ${input.sessionId}
    on conflict (person_id, session_id) do update set state = 'present', mode = excluded.mode, reason = excluded.reason, at = excluded.at, recorded_by = excluded.recorded_by
      where a.state = 'leave'
    returning a.person_id`.execute(act.tx)
  await record(
    act,
    ...rows.map(({ personId }) => ({
      action: 'training.presence_recorded',
      subject: { kind: 'session', id: input.sessionId },
      about: personId,
      orgPath: session.orgPath,
      after: { mode: input.mode, reason: input.reason },
    })),
  )
  return rows.length
}
