/** A call in the hands of its organiser: seen under the permission to write calls, locked, in the state that the act needs. */
import { sql } from 'kysely'
import { conflict, notFound } from '../../../base/errors.ts'
import type { Act } from '../../db/index.ts'
import { callOf } from '../flow/rows.ts'
import type { Call } from '../tables.ts'

/**
 * Locked until the act has ended. Published calls are seen by everybody, so the scope is asked for here.
 * @throws Refusal `not_found`, `cases.call_is_draft`, `cases.call_not_draft`, `cases.call_changed` where it was saved meanwhile
 */
export async function ownCall<T>(
  act: Act<T>,
  callId: string,
  { state, revision }: { state?: 'draft' | 'published'; revision?: number } = {},
): Promise<Call> {
  await sql`select from cases.call c where c.id = ${callId} and c.org_path <@ any (db.scope()) for update`.execute(
    act.tx,
  )
  const call = await callOf(act, callId)
  await assertOwn(act, call)
  if (state === 'draft' && call.state !== 'draft') throw conflict('cases.call_not_draft')
  if (state === 'published' && call.state !== 'published') throw conflict('cases.call_not_published')
  if (revision !== undefined && call.revision !== revision) throw conflict('cases.call_changed')
  return call
}

async function assertOwn<T>(act: Act<T>, { orgPath }: Call) {
  const { rows } = await sql<{ own: boolean }>`select ${orgPath}::ltree <@ any (db.scope()) as own`.execute(act.tx)
  if (!rows[0]!.own) throw notFound('call')
}

/** Somebody else's copy of the draft is out of date from now on. */
export async function touched<T>(act: Act<T>, callId: string): Promise<{ revision: number }> {
  const { rows } = await sql<{
    revision: number
  }>`update cases.call set revision = call.revision + 1, changed_at = db.now() where id = ${callId} returning revision`.execute(
    act.tx,
  )
  return rows[0]!
}
