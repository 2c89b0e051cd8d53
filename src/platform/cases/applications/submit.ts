/** Handing in: the whole form, the materials, the conditions; what cannot be said goes along for whoever checks. */
import { sql } from 'kysely'
import { invalid, refused } from '../../../base/errors.ts'
import type { Act } from '../../db/index.ts'
import type { AnswerProblem } from '../../forms/contract.ts'
import { checkAnswers, formOf, withPrefill } from '../../forms/index.ts'
import type { Bilingual, Clause } from '../../policy/contract.ts'
import { authorityOf, decideAll, type FactBook } from '../../policy/index.ts'
import type { JudgedSet, Standing } from '../contract/applications.ts'
import { moveOne } from '../flow/move.ts'
import { callOf } from '../flow/rows.ts'
import type { Application, Call } from '../tables.ts'
import { type Applicant, applicantOf, isBelow, ownApplication, ownLocked } from './applicant.ts'
import { knownOf } from './known.ts'
import { standingsOf } from './standing.ts'
import { assertEditable } from './start.ts'

type Checked = {
  applicant: Applicant
  answers: Record<string, unknown>
  known: Record<string, unknown>
  problems: AnswerProblem[]
  materials: { id: string; title: Bilingual }[]
  standing: Standing
}

/** Everything that is looked at when it is handed in, as it stands now. */
export async function checked<T>(
  act: Act<T>,
  book: FactBook,
  call: Call,
  application: Application,
  given: Record<string, unknown>,
): Promise<Checked> {
  const applicant = await applicantOf(act, application.orgId)
  const form = await formOf(act, application.formVersion)
  const known = await knownOf(act, book, call, applicant, form)
  const { answers, problems } = checkAnswers(form, withPrefill(form, given, known).answers, { whole: true })
  const { rows } = await sql<{ kind: string }>`select distinct m.kind from cases.material m
    where m.application_id = ${application.id}`.execute(act.tx)
  const there = new Set(rows.map(({ kind }) => kind))
  const materials = call.definition.materials.filter(({ id, required }) => required && !there.has(id))
  const [standing] = await standingsOf(act, book, call, applicant, [application.track])
  return {
    applicant,
    answers,
    known,
    problems,
    materials: materials.map(({ id, title }) => ({ id, title })),
    standing: standing!,
  }
}

/** What it still lacks. @throws Refusal `not_found` */
export async function checkApplication<T>(act: Act<T>, book: FactBook, applicationId: string) {
  const application = await ownApplication(act, applicationId)
  const call = await callOf(act, application.callId)
  const { problems, materials, standing } = await checked(act, book, call, application, application.answers)
  return { problems, materials, standing }
}

/**
 * Counts by the instant at which the act was received. The decisions on the conditions are kept.
 * @throws Refusal as `assertEditable`, `cases.changed_since`, `cases.incomplete` with `problems` and `materials`,
 *   `cases.not_eligible` with every condition that is not met and its clause, and those of `moveAll`
 */
export async function submitApplication<T>(
  act: Act<T>,
  book: FactBook,
  ask: { applicationId: string; revision: number; answers?: Record<string, unknown> | undefined },
): Promise<{ receivedAt: string; unknown: JudgedSet['unknown'] }> {
  const application = await ownLocked(act, ask.applicationId, ask.revision)
  const call = await assertEditable(act, application)
  const found = await checked(act, book, call, application, ask.answers ?? application.answers)
  const { orgId, orgPath, name } =
    application.submittedAt === null ? found.applicant : { ...application, name: found.applicant.name }
  if (!isBelow(orgPath, call.orgPath)) throw refused('cases.not_called')
  assertComplete(found)
  assertEligible(found.standing)
  const judged = await decided(act, book, call, application, found)
  await sql`update cases.application a set answers = ${JSON.stringify(found.answers)}::jsonb, known = ${JSON.stringify(found.known)}::jsonb,
      judged = ${JSON.stringify(judged)}::jsonb, name = ${name}, org_id = ${orgId}, org_path = ${orgPath}::ltree where a.id = ${application.id}`.execute(
    act.tx,
  )
  const unknown = [
    ...new Map(found.standing.sets.flatMap((set) => set.unknown).map((fact) => [fact.id, fact])).values(),
  ]
  await moveOne(act, call, application, { act: 'submit' }, unknown.length > 0 ? { data: { unknown } } : {})
  return { receivedAt: act.received, unknown }
}

function assertComplete({ problems, materials }: Pick<Checked, 'problems' | 'materials'>): void {
  if (problems.length + materials.length === 0) return
  const reasons = [
    ...problems.map(({ zh, en }) => ({ code: 'cases.reason', data: { zh, en } })),
    ...materials.map(({ title }) => ({ code: 'cases.reason_material', data: title })),
  ]
  throw invalid('cases.incomplete', { count: reasons.length, problems, materials, reasons })
}

function assertEligible({ eligible, sets, excluded }: Standing): void {
  if (eligible !== false) return
  const failed = sets.filter(({ holds }) => holds === false)
  const reasons = [
    ...failed.flatMap(({ title, failed: conditions }) =>
      conditions.map(({ says, clause }) => ({
        code: 'cases.reason_condition',
        data: { ...says, set: title, clause: clauseText(clause) },
      })),
    ),
    ...excluded.map(({ says, clause }) => ({
      code: 'cases.reason_condition',
      data: { ...says, clause: clauseText(clause) },
    })),
  ]
  throw refused('cases.not_eligible', { count: reasons.length, sets: failed, excluded, reasons })
}

const clauseText = (clause: Clause | null): string =>
  clause ? [clause.document, clause.article].filter(Boolean).join(' ') : 'none'

/** Decisions on a person are kept whole where the rules are those of their own authority; else what came out stays with the application. */
async function decided<T>(
  act: Act<T>,
  book: FactBook,
  call: Call,
  { id }: Application,
  { applicant, standing }: Checked,
): Promise<Application['judged']> {
  const { personId, orgId } = applicant
  const own = personId !== null && (await authorityOf(act, orgId)) === call.authority
  const judged: Application['judged'] = []
  for (const { set, title, outcome, holds, unknown } of standing.sets) {
    if (own)
      await decideAll(
        act,
        book,
        { set, asOf: call.judgedOn, purpose: 'cases.application', belongsTo: { kind: 'application', id } },
        // Under the permission of oneself: oneself is all there is in scope.
        { people: sql`select ${personId}::uuid as person_id`, below: null },
      )
    judged.push({
      set,
      title,
      outcome,
      holds,
      unknown,
      decisionId: own ? await decisionOf(act, personId, id, set) : null,
    })
  }
  return judged
}

async function decisionOf<T>(
  act: Act<T>,
  personId: string,
  applicationId: string,
  set: string,
): Promise<string | null> {
  const { rows } = await sql<{
    id: string
  }>`select d.id from policy.decision d where d.person_id = ${personId} and d.set_id = ${set}
    and d.subject_kind = 'application' and d.subject_id = ${applicationId} order by d.known_at desc limit 1`.execute(
    act.tx,
  )
  return rows[0]?.id ?? null
}
