/** Objections and appeals are answered by the office that the call names; the case goes on, ends or goes back by the answer. */
import { sql } from 'kysely'
import { conflict, notFound, refused } from '../../../base/errors.ts'
import type { House } from '../../access/index.ts'
import { record } from '../../audit/index.ts'
import type { Act } from '../../db/index.ts'
import { finish, type Held, holds } from '../../inbox/index.ts'
import type { ObjectionRow } from '../contract/notices.ts'
import { moveOne } from '../flow/move.ts'
import { lockedApplication, openCall } from '../flow/rows.ts'
import type { Application } from '../tables.ts'
import { passOver } from './over.ts'
import { unseal } from './seal.ts'

type Which = { applicationId: string; objectionId: string }
type Row = Pick<ObjectionRow, 'kind' | 'state' | 'stage'> & { nameSealed: Buffer | null; contactSealed: Buffer | null }

/** @throws Refusal `not_found` for whoever does not answer it */
async function ownObjection<T>(
  act: Act<T>,
  held: readonly Held[],
  { applicationId, objectionId }: Which,
): Promise<Row> {
  const { rows } =
    await sql<Row>`select o.kind, o.state, o.stage, o.name_sealed, o.contact_sealed from cases.objection o
    where o.application_id = ${applicationId} and o.id = ${objectionId} and ${holds(held, sql`o.answer_role`, sql`o.answer_org`)}
    for update`.execute(act.tx)
  if (!rows[0]) throw notFound('objection')
  return rows[0]
}

/** @throws Refusal `not_found`, `cases.objection_anonymous` */
export async function revealObjector<T>(
  act: Act<T>,
  { key }: House,
  held: readonly Held[],
  { reason, ...which }: Which & { reason: string },
): Promise<{ name: string; contact: string }> {
  const { nameSealed, contactSealed } = await ownObjection(act, held, which)
  if (!nameSealed || !contactSealed) throw refused('cases.objection_anonymous')
  await record(act, {
    action: 'cases.objector_revealed',
    subject: { kind: 'objection', id: which.objectionId },
    after: { reason },
  })
  return { name: unseal(key, which.objectionId, nameSealed), contact: unseal(key, which.objectionId, contactSealed) }
}

export type Answer = Which & {
  verdict: 'upheld' | 'dismissed'
  answer: string
  told?: string | undefined
  outcome?: { act: 'refuse' } | { act: 'return'; to: string | null } | undefined
  to?: string | undefined
}

/** @throws Refusal `not_found`, `cases.objection_answered`, `cases.objection_outcome_needed`, as moving cases */
export async function answerObjection<T>(act: Act<T>, held: readonly Held[], given: Answer): Promise<void> {
  const application = await lockedApplication(act, given.applicationId)
  const objection = await ownObjection(act, held, given)
  if (objection.state !== 'open') throw conflict('cases.objection_answered')
  await sql`update cases.objection set state = ${given.verdict}, answer = ${given.answer}, answered_at = db.now(), answered_by = ${act.actor.account},
      answered_by_name = ${act.actor.name} where application_id = ${given.applicationId} and id = ${given.objectionId}`.execute(
    act.tx,
  )
  await record(act, {
    action: 'cases.objection_answered',
    subject: { kind: 'objection', id: given.objectionId },
    ...(application.personId ? { about: application.personId } : {}),
    orgPath: application.orgPath,
    after: { verdict: given.verdict, kind: objection.kind },
  })
  await finish(act, `cases.${objection.kind === 'appeal' ? 'appeal' : 'objection'}:${given.objectionId}`, null)
  if (objection.kind === 'appeal') await afterAppeal(act, application, given)
  else await afterObjection(act, application, objection.stage, given)
}

async function afterAppeal<T>(act: Act<T>, application: Application, { verdict, answer, told, to }: Answer) {
  if (application.state !== 'appealed') return
  const call = await openCall(act, application.callId)
  const move =
    verdict === 'dismissed' ? ({ act: 'dismiss' } as const) : ({ act: 'uphold', to: to ?? application.stage! } as const)
  await moveOne(act, call, application, move, { words: told ?? answer, byItself: true })
}

/** A case that has been withdrawn or sent back meanwhile stays where it is; then the answer is for who raised it. */
async function afterObjection<T>(
  act: Act<T>,
  application: Application,
  stage: string,
  { verdict, answer, told, outcome }: Answer,
) {
  if (application.state !== 'paused' || application.stage !== stage) return
  const call = await openCall(act, application.callId)
  const note = { words: told ?? answer, byItself: true }
  if (verdict === 'upheld') {
    if (!outcome) throw refused('cases.objection_outcome_needed')
    return moveOne(act, call, application, outcome, note)
  }
  const { rows } =
    await sql`select from cases.objection o where o.application_id = ${application.id} and o.kind = 'notice' and o.state = 'open'`.execute(
      act.tx,
    )
  if (rows.length > 0) return
  await moveOne(act, call, application, { act: 'resume' }, note)
  await passOver(act, application.id)
}
