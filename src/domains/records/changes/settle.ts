/** Where a proposed change stands: read and locked, moved on, taken back by the person, objected to where an office proposed it. */
import { sql } from 'kysely'
import { conflict, notFound, refused } from '../../../base/errors.ts'
import { newId } from '../../../base/ids.ts'
import { record } from '../../../platform/audit/index.ts'
import type { Act } from '../../../platform/db/index.ts'
import { finish, notify } from '../../../platform/inbox/index.ts'
import { historicGroup, placed } from '../archive/read.ts'
import { type Stored, shown, type Values } from '../archive/values.ts'
import { self, todoKey } from './propose.ts'

type State = 'school' | 'district' | 'applied' | 'refused' | 'withdrawn'
export type Change = {
  groupId: string
  rowId: string
  kind: 'add' | 'correct' | 'remove'
  baseVersion: number | null
  was: Values | null
  becomes: Stored
  reason: string | null
  state: State
  byDistrict: boolean
  accountId: string | null
  /** Who proposed it for the person; null where the person did. */
  proposedBy: string | null
  objectedAt: string | null
}
type ChangeKey = { personId: string; changeId: string }

/** Locked until the end of the act. @throws Refusal `not_found`, `records.change_settled` */
export async function waiting<T>(
  act: Act<T>,
  { personId, changeId }: ChangeKey,
): Promise<Change & { state: 'school' | 'district' }> {
  const { rows } =
    await sql<Change>`select c.group_id, c.row_id, c.kind, c.base_version, c.was, c.becomes, c.reason, c.state, c.by_district,
      c.account_id, c.proposed_by, c.objected_at
    from records.change c where c.person_id = ${personId} and c.id = ${changeId} for update`.execute(act.tx)
  const change = rows[0]
  if (!change) throw notFound('change')
  const { state } = change
  if (state !== 'school' && state !== 'district') throw conflict('records.change_settled', { state })
  return { ...change, state }
}

/** Where it stands from now on. Of what is settled no sealed text is kept, only what may be shown of it. */
export async function settle<T>(
  act: Act<T>,
  { personId, changeId }: ChangeKey,
  becomes: Stored,
  state: State,
): Promise<void> {
  const open = state === 'school' || state === 'district'
  await sql`update records.change c set state = ${state}, settled_at = case when ${open} then null else db.now() end,
      becomes = ${JSON.stringify(open ? becomes : shown(becomes))}::jsonb
    where c.person_id = ${personId} and c.id = ${changeId}`.execute(act.tx)
}

type Step = {
  stage: 'school' | 'district'
  decision: 'confirm' | 'refuse' | 'withdraw' | 'object'
  note?: string | null
  over?: number | undefined
}

export async function step<T>(act: Act<T>, { personId, changeId }: ChangeKey, { stage, decision, note, over }: Step) {
  await sql`insert into records.change_step (person_id, change_id, id, stage, decision, note, over_version, account_id, name)
    values (${personId}, ${changeId}, ${newId()}, ${stage}, ${decision}, ${note ?? null}, ${over ?? null}, ${act.actor.account}, ${act.actor.name})`.execute(
    act.tx,
  )
}

/** Takes back what is still waiting and was one’s own. @throws Refusal `not_found`, `records.change_settled`, `records.proposed_for_you` */
export async function withdrawChange<T>(act: Act<T>, changeId: string): Promise<void> {
  const key = { personId: self(act), changeId }
  const { orgPath } = await placed(act, key.personId)
  const { state, becomes, proposedBy } = await waiting(act, key)
  if (proposedBy !== null) throw refused('records.proposed_for_you')
  await settle(act, key, becomes, 'withdrawn')
  await step(act, key, { stage: state, decision: 'withdraw' })
  await finish(act, todoKey(changeId), null)
  await record(act, {
    action: 'records.change_withdrawn',
    subject: { kind: 'change', id: changeId },
    about: key.personId,
    orgPath,
  })
}

/**
 * Says what is wrong with what an office proposed for oneself. It is not stopped by that, but only the district may confirm it any more, and
 * has to say why. @throws Refusal `not_found`, `records.change_settled`, `records.not_proposed_for_you`, `records.objected_already`
 */
export async function objectToChange<T>(
  act: Act<T>,
  { changeId, note }: { changeId: string; note: string },
): Promise<void> {
  const key = { personId: self(act), changeId }
  const { orgPath } = await placed(act, key.personId)
  const change = await waiting(act, key)
  if (change.proposedBy === null) throw refused('records.not_proposed_for_you')
  if (change.objectedAt !== null) throw conflict('records.objected_already')
  await sql`update records.change c set objected_at = db.now(), by_district = true
    where c.person_id = ${key.personId} and c.id = ${changeId}`.execute(act.tx)
  await step(act, key, { stage: change.state, decision: 'object', note })
  await record(act, {
    action: 'records.change_objected',
    subject: { kind: 'change', id: changeId },
    about: key.personId,
    orgPath,
    after: { group: change.groupId, note },
  })
  if (change.accountId)
    await notify(act, [
      {
        accountId: change.accountId,
        kind: 'message',
        code: 'records.message.change_objected',
        data: { ...historicGroup(change.groupId).title, name: act.actor.name },
        link: `/people/changes/${key.personId}/${changeId}`,
        key: `${todoKey(changeId)}:objected`,
      },
    ])
}
