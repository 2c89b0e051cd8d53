/** Who has a stage: the office that a call names, at the organisation that stands above the applicants. */
import { sql } from 'kysely'
import { conflict, notFound, refused } from '../../../base/errors.ts'
import type { Act } from '../../db/index.ts'
import type { Held } from '../../inbox/index.ts'
import type { StageKind, StageOf } from '../contract/definition.ts'
import { officeAt } from '../flow/enter.ts'
import { lockedApplications, openCall } from '../flow/rows.ts'
import { stageAt } from '../rules/flow.ts'
import type { Application, Call } from '../tables.ts'

export type Standing<Kind extends StageKind> = { call: Call; stage: StageOf<Kind>; orgIds: string[] }

/**
 * A stage of an open call, and the organisations at which the actor holds the office that has it.
 * @throws Refusal `not_found`, `cases.call_not_open`, `cases.not_your_stage` where the actor holds that office nowhere
 */
export async function standingAt<T, Kind extends 'panel' | 'decide' | 'file'>(
  act: Act<T>,
  held: readonly Held[],
  callId: string,
  stageId: string,
  kind: Kind,
): Promise<Standing<Kind>> {
  const call = await openCall(act, callId)
  const stage = stageAt(call.definition, stageId)
  if (stage?.kind !== kind) throw notFound('stage')
  const { role: asked } = (stage as StageOf<'panel' | 'decide' | 'file'>).by
  const orgIds = held.filter(({ role }) => role === asked).map(({ orgId }) => orgId)
  if (orgIds.length === 0) throw refused('cases.not_your_stage', { role: asked })
  return { call, stage: stage as StageOf<Kind>, orgIds }
}

/** The organisation whose office has a stage for `cases.application a`. */
export const officeOf = (at: 'school' | 'district' | 'municipality') =>
  sql`(select w.id from ${officeAt(sql`${at}::text`, sql`a.org_path`)} w)`

/**
 * Cases that all wait at a stage of the actor's office, kept from others until the act has ended.
 * @throws Refusal as `standingAt` and `lockedApplications`, `cases.not_there_any_more` with how many have left
 */
export async function casesAt<T, Kind extends 'decide' | 'file'>(
  act: Act<T>,
  held: readonly Held[],
  { callId, stage: stageId, applicationIds }: { callId: string; stage: string; applicationIds: readonly string[] },
  kind: Kind,
): Promise<Standing<Kind> & { applications: Application[] }> {
  const standing = await standingAt(act, held, callId, stageId, kind)
  const applications = await lockedApplications(act, applicationIds)
  const { at } = (standing.stage as StageOf<'decide' | 'file'>).by
  const { rows } = await sql<{
    id: string
  }>`select a.id from cases.application a where a.id = any (${applicationIds}::uuid[])
    and a.call_id = ${callId} and ${officeOf(at)} = any (${standing.orgIds}::uuid[])`.execute(act.tx)
  if (rows.length !== applications.length) throw notFound('application')
  const left = applications.filter(({ state, stage }) => state !== 'waiting' || stage !== stageId)
  if (left.length > 0)
    throw conflict('cases.not_there_any_more', { count: left.length, names: left.slice(0, 5).map(({ name }) => name) })
  return { ...standing, applications }
}
