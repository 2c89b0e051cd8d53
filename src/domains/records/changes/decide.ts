/** What the school, and the district where it takes that, say to a proposed change; confirmed by the last of them it is applied with its history. */
import { sql } from 'kysely'
import { conflict, invalid, notFound, refused } from '../../../base/errors.ts'
import { newId } from '../../../base/ids.ts'
import { record } from '../../../platform/audit/index.ts'
import type { Act } from '../../../platform/db/index.ts'
import { finish, notify } from '../../../platform/inbox/index.ts'
import type { Group } from '../archive/group.ts'
import { keptGroup, type Placed, placed, rowOf } from '../archive/read.ts'
import { type Stored, shown, type Values } from '../archive/values.ts'
import { addRow, correctRow, removeRow } from '../archive/write.ts'
import { settle, todoKey } from './propose.ts'

export type Decision = {
  personId: string
  changeId: string
  decision: 'confirm' | 'refuse'
  note?: string | undefined
  /** The version of the row over which it is confirmed although somebody else has changed it since. */
  over?: number | undefined
}

type Change = {
  groupId: string
  rowId: string
  kind: 'add' | 'correct' | 'remove'
  baseVersion: number | null
  was: Values | null
  becomes: Stored
  reason: string | null
  state: 'school' | 'district' | 'applied' | 'refused' | 'withdrawn'
  byDistrict: boolean
}

/**
 * @throws Refusal `records.change_settled`, `records.own_change`, `records.district_decides`, `records.note_needed`, `records.row_changed`
 *   with what was seen, what is wanted and what stands now, and those of the row
 */
export async function decideChange<T>(act: Act<T>, input: Decision): Promise<{ state: Change['state'] }> {
  const { personId, changeId, decision } = input
  const note = input.note?.trim() || null
  const place = await placed(act, personId, true)
  const change = await waiting(act, personId, changeId)
  // A record is not one's own to confirm.
  if (act.actor.person === personId) throw refused('records.own_change')
  const stage = change.state as 'school' | 'district'
  if (stage === 'district' && !place.district) throw refused('records.district_decides')
  if (decision === 'refuse' && note === null) throw invalid('records.note_needed')
  const group = keptGroup(change.groupId)
  const state = decision === 'refuse' ? 'refused' : change.byDistrict && !place.district ? 'district' : 'applied'
  if (state === 'applied') await apply(act, group, change, input, place)
  await settle(act, { personId, changeId }, change.becomes, state)
  await sql`insert into records.change_step (person_id, change_id, id, stage, decision, note, over_version, account_id, name)
    values (${personId}, ${changeId}, ${newId()}, ${stage}, ${decision}, ${note}, ${input.over ?? null}, ${act.actor.account}, ${act.actor.name})`.execute(
    act.tx,
  )
  await record(act, {
    action: state === 'refused' ? 'records.change_refused' : 'records.change_confirmed',
    subject: { kind: 'change', id: changeId },
    about: personId,
    orgPath: place.orgPath,
    after: { group: group.id, stage, state, ...(note ? { note } : {}) },
  })
  await tell(act, group, input, state, place)
  return { state }
}

async function waiting<T>(act: Act<T>, personId: string, changeId: string): Promise<Change> {
  const { rows } =
    await sql<Change>`select c.group_id, c.row_id, c.kind, c.base_version, c.was, c.becomes, c.reason, c.state, c.by_district
    from records.change c where c.person_id = ${personId} and c.id = ${changeId} for update`.execute(act.tx)
  if (!rows[0]) throw notFound('change')
  if (rows[0].state !== 'school' && rows[0].state !== 'district')
    throw conflict('records.change_settled', { state: rows[0].state })
  return rows[0]
}

async function apply<T>(
  act: Act<T>,
  group: Group & { table: string },
  change: Change,
  { personId, over }: Decision,
  place: Placed,
): Promise<void> {
  const { rowId, kind, becomes, was } = change
  const key = { personId, rowId }
  if (kind === 'add') return addRow(act, group, key, becomes, place)
  const now = await rowOf(act, group, personId, rowId)
  const seen = { was, given: shown(becomes), version: now?.version ?? null, current: now?.values ?? null }
  if (!now) throw conflict('records.row_gone', seen)
  if (now.version !== change.baseVersion && now.version !== over) throw conflict('records.row_changed', seen)
  const at = { ...key, version: now.version }
  if (kind === 'remove') return removeRow(act, group, at, change.reason, place)
  return correctRow(act, group, at, becomes, place)
}

async function tell<T>(
  act: Act<T>,
  group: Group,
  { personId, changeId }: Decision,
  state: Change['state'],
  { districtId }: Placed,
): Promise<void> {
  await finish(act, todoKey(changeId), null)
  if (state === 'district')
    await notify(
      act,
      (['trainer', 'commission'] as const).flatMap((role) =>
        districtId
          ? [
              {
                role,
                orgId: districtId,
                kind: 'todo' as const,
                code: 'records.todo.change',
                data: group.title,
                link: `/people/changes/${personId}/${changeId}`,
                key: todoKey(changeId),
              },
            ]
          : [],
      ),
    )
  else
    await notify(act, [
      {
        personId,
        kind: 'message',
        code: state === 'applied' ? 'records.message.change_applied' : 'records.message.change_refused',
        data: group.title,
        link: '/my/record/changes',
        key: `${todoKey(changeId)}:${state}`,
      },
    ])
}
