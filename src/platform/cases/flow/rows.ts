/** A call and its cases as they stand in the database, and the locks that every act on them begins with. */
import { sql } from 'kysely'
import { conflict, notFound, refused } from '../../../base/errors.ts'
import type { Act } from '../../db/index.ts'
import type { Application, Call } from '../tables.ts'

const CALL = sql`c.id, c.org_id, c.org_path::text, c.authority, c.template, c.definition, c.form_version, c.title, c.state, c.opens_on, c.judged_on,
  c.seed, c.revision, c.made_by`
export const APPLICATION = sql`a.id, a.call_id, a.person_id, a.org_id, a.org_path::text, a.name, a.track, a.state, a.stage, a.since, a.due_on, a.form_version,
  a.answers, a.known, a.judged, a.points, a.score, a.rank, a.submitted_at, a.made_by, a.revision`

/** @throws Refusal `not_found` where the asker may not see it */
export async function callOf<T>(act: Act<T>, callId: string): Promise<Call> {
  const { rows } = await sql<Call>`select ${CALL} from cases.call c where c.id = ${callId}`.execute(act.tx)
  if (!rows[0]) throw notFound('call')
  return rows[0]
}

/** A call that takes acts. @throws Refusal `not_found`, `cases.call_not_open` */
export async function openCall<T>(act: Act<T>, callId: string): Promise<Call> {
  const call = await callOf(act, callId)
  if (call.state !== 'published') throw refused('cases.call_not_open', { title: call.title })
  return call
}

/** @throws Refusal `not_found` where the asker may not see it */
export async function applicationOf<T>(act: Act<T>, applicationId: string): Promise<Application> {
  const { rows } =
    await sql<Application>`select ${APPLICATION} from cases.application a where a.id = ${applicationId}`.execute(act.tx)
  if (!rows[0]) throw notFound('application')
  return rows[0]
}

/**
 * Cases of one call, kept from others until the act has ended; in the order of their ids, so that two acts on the same ones never wait for each other.
 * @throws Refusal `not_found` where one of them is not seen, `cases.several_calls`
 */
export async function lockedApplications<T>(act: Act<T>, ids: readonly string[]): Promise<Application[]> {
  const { rows } =
    await sql<Application>`select ${APPLICATION} from cases.application a where a.id = any (${ids}::uuid[]) order by a.id for update`.execute(
      act.tx,
    )
  if (rows.length !== new Set(ids).size || rows.length === 0) throw notFound('application')
  if (rows.some(({ callId }) => callId !== rows[0]!.callId)) throw refused('cases.several_calls')
  return rows
}

/** @throws Refusal also `cases.changed_since` where somebody changed it after it was read */
export async function lockedApplication<T>(
  act: Act<T>,
  applicationId: string,
  revision?: number,
): Promise<Application> {
  const [application] = await lockedApplications(act, [applicationId])
  if (revision !== undefined && application!.revision !== revision) throw conflict('cases.changed_since')
  return application!
}

/** Until when a stage takes acts, or null; `submit` for applications. The latest entry holds. */
export async function closesAt<T>(act: Act<T>, callId: string, stage: string): Promise<string | null> {
  const { rows } = await sql<{
    closesAt: string
  }>`select d.closes_at from cases.deadline d where d.call_id = ${callId} and d.stage = ${stage}
    order by d.nth desc limit 1`.execute(act.tx)
  return rows[0]?.closesAt ?? null
}

/**
 * An act counts by the instant at which it was received.
 * @throws Refusal `cases.too_late` with until when it could be done
 */
export async function assertInTime<T>(act: Act<T>, callId: string, stage: string): Promise<void> {
  const until = await closesAt(act, callId, stage)
  if (until !== null && Date.parse(act.received) > Date.parse(until)) throw refused('cases.too_late', { until, stage })
}
