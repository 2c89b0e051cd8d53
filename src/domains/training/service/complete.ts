/** Completion of a class: decided by rule for everybody at once, with credits in the ledger and a certificate each. */
import { sql } from 'kysely'
import { add } from '../../../base/decimal.ts'
import { conflict, refused } from '../../../base/errors.ts'
import { record } from '../../../platform/audit/index.ts'
import type { Act } from '../../../platform/db/index.ts'
import { notify } from '../../../platform/inbox/index.ts'
import { post } from '../../../platform/ledger/index.ts'
import type { Found } from '../../../platform/policy/index.ts'
import { ownClass } from '../queries/classes.ts'
import { type ClassSession, type Judged, judged, sessionsInOrder } from '../queries/completion.ts'
import { creditsFor, creditYearOf } from '../rules/credits.ts'
import type { TrainingTables } from '../tables.ts'
import { certify } from './certificates.ts'
import { figures, shownFigure } from './figures.ts'
import { notAdmitted } from './not-admitted.ts'

type TrainingAct = Act<TrainingTables>
type Credited = Judged & { credits: string }

/**
 * Decides completion for everybody in the class once its last session is over, in a handful of statements: outcomes, ledger
 * entries, certificates. A class is completed once; correcting it afterwards is a counter-entry.
 */
export async function completeClass(
  act: TrainingAct,
  classId: string,
): Promise<{ passed: number; failed: number; credits: string }> {
  const one = await ownClass(act, classId)
  if (one.state !== 'confirmed') throw conflict('training.class_not_confirmed')
  const sessions = await sessionsHeld(act, classId)
  const pack = await figures(act, one.authority)
  const { hours } = one
  if (hours === null) throw refused('training.no_hours')
  const perPerson = creditsFor(hours, pack.hoursPerCredit(one.creditKind, one.level))
  const people: Credited[] = (await judged(act, one, sessions, pack.completion)).map((person) => ({
    ...person,
    credits: person.outcome.passed ? perPerson : '0',
  }))
  const passed = people.filter(({ outcome }) => outcome.passed)
  await storeOutcomes(act, classId, people, pack.shown.attendance)
  await post(
    act,
    passed.map(({ personId, day, outcome, credits }) => ({
      personId,
      creditYear: creditYearOf(day, pack.yearStart),
      occurredOn: day,
      kind: one.creditKind,
      level: one.level,
      hours,
      credits,
      title: one.name,
      source: { kind: 'training_class', id: classId },
      evidence: { class: one.code, attended: outcome.attended, required: outcome.required },
      rule: pack.rule,
    })),
  )
  await certify(act, { ...one, hours }, passed)
  await sql`update training.class set state = 'completed', completed_at = db.now() where id = ${classId}`.execute(
    act.tx,
  )
  await notify(
    act,
    people.map(({ personId, outcome }) => ({
      personId,
      kind: 'message' as const,
      code: outcome.passed ? 'training.message.passed' : 'training.message.failed',
      data: { class: one.name, classEn: one.nameEn },
      link: '/my/training',
      key: `completed:${classId}`,
    })),
  )
  await notAdmitted(act, classId)
  const result = {
    passed: passed.length,
    failed: people.length - passed.length,
    credits: add('0', ...passed.map(({ credits }) => credits)),
  }
  await record(act, {
    action: 'training.class_completed',
    subject: { kind: 'class', id: classId },
    orgPath: one.orgPath,
    after: result,
  })
  return result
}

async function sessionsHeld(act: TrainingAct, classId: string): Promise<ClassSession[]> {
  const sessions = await sessionsInOrder(act, classId)
  if (sessions.length === 0) throw refused('training.no_sessions')
  if (sessions.some(({ over }) => !over)) throw refused('training.sessions_to_come')
  return sessions
}

/** With the share that was asked for, so that the answer to “why” stays what it was. */
async function storeOutcomes(act: TrainingAct, classId: string, judged: Credited[], share: Found): Promise<void> {
  const { id: parameter, authority, from, packVersion: pack } = share
  const rule = { parameter, authority, from, pack }
  const rows = judged.map(({ personId, outcome, credits }) => ({
    person_id: personId,
    state: outcome.passed ? 'passed' : 'failed',
    attended: outcome.attended,
    required: outcome.required,
    credits,
    outcome: { reasons: outcome.reasons, missed: outcome.missed, share: shownFigure(share), rule },
  }))
  await sql`update training.enrolment e set state = r.state, attended = r.attended, required = r.required, credits = r.credits, outcome = r.outcome
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(person_id uuid, state text, attended int, required int, credits numeric, outcome jsonb)
    where e.class_id = ${classId} and e.person_id = r.person_id`.execute(act.tx)
}
