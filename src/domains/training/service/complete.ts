/** Completion of a class: decided by rule for everybody at once, with credits in the ledger and a certificate each. */
import { sql } from 'kysely'
import { add } from '../../../base/decimal.ts'
import { conflict, refused } from '../../../base/errors.ts'
import { newId } from '../../../base/ids.ts'
import { record } from '../../../platform/audit/index.ts'
import type { Act } from '../../../platform/db/index.ts'
import { issueNumbers, newVerifyCode, registerDocuments } from '../../../platform/documents/index.ts'
import { notify } from '../../../platform/inbox/index.ts'
import { post } from '../../../platform/ledger/index.ts'
import { ownClass } from '../queries/classes.ts'
import { judge, type Outcome, type Presence } from '../rules/completion.ts'
import { creditsFor, creditYearOf } from '../rules/credits.ts'
import type { ClassFacts, TrainingTables } from '../tables.ts'
import { figures } from './figures.ts'

type TrainingAct = Act<TrainingTables>
type Person = {
  personId: string
  name: string
  number: string
  idMasked: string | null
  orgId: string
  orgName: string
  orgPath: string
  term: number
  presence: Record<string, Presence>
}
type Session = { id: string; term: number; compulsory: boolean; day: string }
type Judged = Person & { outcome: Outcome; credits: string; day: string }

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
  const people = await peopleOf(act, classId)
  const { hours } = one
  if (hours === null) throw refused('training.no_hours')
  const perPerson = creditsFor(hours, pack.hoursPerCredit(one.creditKind, one.level))
  const judged: Judged[] = people.map((person) => {
    const own = sessions.filter(({ term }) => one.terms === 1 || term === person.term)
    const outcome = judge(
      pack.completion,
      own.map(({ id, compulsory }) => ({ sessionId: id, compulsory })),
      new Map(Object.entries(person.presence)),
    )
    return { ...person, outcome, credits: outcome.passed ? perPerson : '0', day: own.at(-1)?.day ?? act.today }
  })
  const passed = judged.filter(({ outcome }) => outcome.passed)
  await storeOutcomes(act, classId, judged)
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
  await certify(act, one, passed)
  await sql`update training.class set state = 'completed', completed_at = db.now() where id = ${classId}`.execute(
    act.tx,
  )
  await notify(
    act,
    judged.map(({ personId, outcome }) => ({
      personId,
      kind: 'message' as const,
      code: outcome.passed ? 'training.message.passed' : 'training.message.failed',
      data: { class: one.name },
      link: '/my/training',
      key: `completed:${classId}`,
    })),
  )
  const result = {
    passed: passed.length,
    failed: judged.length - passed.length,
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

async function sessionsHeld(act: TrainingAct, classId: string): Promise<Session[]> {
  const { rows } = await sql<
    Session & { over: boolean }
  >`select s.id, s.term, s.compulsory, ((upper(s.during) at time zone 'Asia/Shanghai')::date)::text as day,
      upper(s.during) <= db.now() as over from training.session s where s.class_id = ${classId} order by upper(s.during)`.execute(
    act.tx,
  )
  if (rows.length === 0) throw refused('training.no_sessions')
  if (rows.some(({ over }) => !over)) throw refused('training.sessions_to_come')
  return rows
}

async function peopleOf(act: TrainingAct, classId: string): Promise<Person[]> {
  const { rows } = await sql<Person>`
    select p.id as person_id, p.name, p.number, p.id_masked, e.org_id, o.name as org_name, e.org_path::text, e.term, coalesce(a.presence, '{}') as presence
    from training.enrolment e join directory.person p on p.id = e.person_id join directory.organisation o on o.id = e.org_id
    left join lateral (select jsonb_object_agg(x.session_id, x.state) as presence from training.attendance x
      where x.person_id = e.person_id and x.class_id = e.class_id) a on true
    where e.class_id = ${classId} and e.state = 'confirmed' order by p.number`.execute(act.tx)
  return rows
}

async function storeOutcomes(act: TrainingAct, classId: string, judged: Judged[]): Promise<void> {
  const rows = judged.map(({ personId, outcome, credits }) => ({
    person_id: personId,
    state: outcome.passed ? 'passed' : 'failed',
    attended: outcome.attended,
    required: outcome.required,
    credits,
    outcome: { reasons: outcome.reasons, missed: outcome.missed },
  }))
  await sql`update training.enrolment e set state = r.state, attended = r.attended, required = r.required, credits = r.credits, outcome = r.outcome
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(person_id uuid, state text, attended int, required int, credits numeric, outcome jsonb)
    where e.class_id = ${classId} and e.person_id = r.person_id`.execute(act.tx)
}

/** One certificate each, numbered in a block; the paper is set when somebody asks for it. */
async function certify(act: TrainingAct, one: ClassFacts, passed: Judged[]): Promise<void> {
  if (passed.length === 0) return
  const { rows } = await sql<{
    name: string
  }>`select o.name from directory.organisation o where o.id = ${one.orgId}`.execute(act.tx)
  const year = Number(act.today.slice(0, 4))
  const first = await issueNumbers(act.tx, 'training', year, passed.length)
  await registerDocuments(
    act.tx,
    passed.map((person, i) => ({
      id: newId(),
      series: 'training',
      year,
      number: first + i,
      label: `培训证〔${year}〕${String(first + i).padStart(5, '0')}号`,
      kind: 'certificate',
      subjectKind: 'training_class',
      subjectId: one.id,
      personId: person.personId,
      orgId: person.orgId,
      verifyCode: newVerifyCode(),
      issuedAt: act.now,
      facts: {
        name: person.name,
        idMasked: person.idMasked,
        org: person.orgName,
        class: one.name,
        hours: one.hours,
        credits: person.credits,
        day: person.day,
        issuer: rows[0]!.name,
        level: one.level,
      },
    })),
  )
}
