/** Begins an application, and keeps what is typed. */
import { sql } from 'kysely'
import { conflict, invalid, notFound, refused } from '../../../base/errors.ts'
import { newId } from '../../../base/ids.ts'
import { record } from '../../audit/index.ts'
import type { Act } from '../../db/index.ts'
import { checkAnswers, formOf, withPrefill } from '../../forms/index.ts'
import type { FactBook } from '../../policy/index.ts'
import { assertInTime, openCall } from '../flow/rows.ts'
import type { Application, Call } from '../tables.ts'
import { type Applicant, applicantOf, handInStage, isBelow, isWithApplicant, ownLocked } from './applicant.ts'
import { knownOf } from './known.ts'

/** A call by which this applicant may apply now. @throws Refusal `not_found`, `cases.call_not_open`, `cases.not_begun`, `cases.too_late` */
async function callFor<T>(act: Act<T>, callId: string, applicant: Applicant): Promise<Call> {
  const call = await openCall(act, callId)
  const { orgPath, definition, opensOn } = call
  if (!isBelow(applicant.orgPath, orgPath) || definition.applicant !== applicant.kind) throw notFound('call')
  if (act.today < opensOn) throw refused('cases.not_begun', { from: opensOn })
  await assertInTime(act, callId, 'submit')
  return call
}

/**
 * A draft with what the product knows. Who does not meet the conditions may begin: what is wrong on record can be put right until it is handed in.
 * @throws Refusal as `applicantOf` and `callFor`, `cases.track_unknown`, `cases.applied_already`
 */
export async function startApplication<T>(
  act: Act<T>,
  book: FactBook,
  { callId, track, orgId }: { callId: string; track?: string | undefined; orgId?: string | undefined },
): Promise<{ applicationId: string }> {
  const applicant = await applicantOf(act, orgId)
  const call = await callFor(act, callId, applicant)
  const { tracks } = call.definition
  if (tracks.length === 0 ? track !== undefined : !tracks.some(({ id }) => id === track))
    throw invalid('cases.track_unknown')
  const known = await knownOf(act, book, call, applicant, await formOf(act, call.formVersion!))
  const id = newId()
  const { rows } =
    await sql`insert into cases.application (id, call_id, person_id, org_id, org_path, name, track, form_version, known, made_by)
    values (${id}, ${callId}, ${applicant.personId}, ${applicant.orgId}, ${applicant.orgPath}::ltree, ${applicant.name}, ${track ?? null}, ${call.formVersion},
      ${JSON.stringify(known)}::jsonb, ${act.actor.account}) on conflict do nothing returning id`.execute(act.tx)
  if (rows.length === 0) throw conflict('cases.applied_already')
  await record(act, {
    action: 'cases.application_begun',
    subject: { kind: 'application', id },
    ...(applicant.personId ? { about: applicant.personId } : {}),
    orgPath: applicant.orgPath,
    after: { callId, track: track ?? null },
  })
  return { applicationId: id }
}

/** Its turn is the applicant's and there is time. @throws Refusal `cases.call_not_open`, `cases.not_with_you`, `cases.too_late` */
export async function assertEditable<T>(act: Act<T>, application: Application): Promise<Call> {
  const call = await openCall(act, application.callId)
  if (!isWithApplicant(application)) throw conflict('cases.not_with_you')
  await assertInTime(act, call.id, handInStage(application))
  return call
}

/**
 * Answers as they stand on the screen. What the product answered is left out: it is taken from the records again when it is handed in.
 * @throws Refusal as `assertEditable`, `cases.changed_since` where they were changed elsewhere, `cases.answers_unfit` with `problems`
 */
export async function saveAnswers<T>(
  act: Act<T>,
  {
    applicationId,
    revision,
    answers: given,
  }: { applicationId: string; revision: number; answers: Record<string, unknown> },
): Promise<{ revision: number; savedAt: string }> {
  const application = await ownLocked(act, applicationId, revision)
  await assertEditable(act, application)
  const form = await formOf(act, application.formVersion)
  const { answers, problems } = checkAnswers(form, given, { whole: false })
  const unfit = problems.filter(({ question }) => !Object.hasOwn(answers, question))
  if (unfit.length > 0) throw invalid('cases.answers_unfit', { problems: unfit, count: unfit.length })
  for (const { question } of withPrefill(form, {}, application.known).filled) delete answers[question]
  const { rows } = await sql<{
    fresh: boolean
  }>`update cases.application a set answers = ${JSON.stringify(answers)}::jsonb, revision = a.revision + 1, changed_at = db.now()
    from (select b.id, b.changed_at from cases.application b where b.id = ${applicationId}) before where a.id = before.id
    returning a.revision = 2 or before.changed_at < db.now() - interval '15 minutes' as fresh`.execute(act.tx)
  await noteTyping(act, application, rows[0]!.fresh)
  return { revision: revision + 1, savedAt: act.now }
}

/** The trail holds that somebody wrote, not every pause in typing: what was written counts when it is handed in. */
async function noteTyping<T>(act: Act<T>, { id, personId, orgPath }: Application, fresh: boolean): Promise<void> {
  if (!fresh) {
    act.recorded += 1
    return
  }
  await record(act, {
    action: 'cases.answers_saved',
    subject: { kind: 'application', id },
    ...(personId ? { about: personId } : {}),
    orgPath,
  })
}
