/** What the school, and the district where it takes that, say to a proposed change; confirmed by the last of them it is applied with its history. */
import { conflict, invalid, refused } from '../../../base/errors.ts'
import { record } from '../../../platform/audit/index.ts'
import type { Act } from '../../../platform/db/index.ts'
import { finish, notify } from '../../../platform/inbox/index.ts'
import type { Group } from '../archive/group.ts'
import { historicGroup, keptGroup, type Placed, placed, rowOf } from '../archive/read.ts'
import { type Seals, shown } from '../archive/values.ts'
import { addRow, correctRow, removeRow } from '../archive/write.ts'
import { applyIdentity } from './identity.ts'
import { todoKey } from './propose.ts'
import { type Change, settle, step, waiting } from './settle.ts'

export type Decision = {
  personId: string
  changeId: string
  decision: 'confirm' | 'refuse'
  note?: string | undefined
  /** The version of the row over which it is confirmed although somebody else has changed it since. */
  over?: number | undefined
}

/**
 * @throws Refusal `records.change_settled`, `records.own_change`, `records.own_proposal`, `records.district_decides`, `records.note_needed`,
 *   `records.objection_unanswered`, `records.row_changed` with what was seen, what is wanted and what stands now, and those of the row
 */
export async function decideChange<T>(act: Act<T>, input: Decision, seals: Seals): Promise<{ state: Change['state'] }> {
  const { personId, changeId, decision } = input
  const note = input.note?.trim() || null
  const place = await placed(act, personId, true)
  const change = await waiting(act, input)
  // A record is not one's own to confirm, and of two who confirm neither is who proposed it.
  if (act.actor.person === personId) throw refused('records.own_change')
  const proposer = change.proposedBy !== null && change.accountId === act.actor.account
  if (decision === 'confirm' && proposer && change.byDistrict) throw refused('records.own_proposal')
  if (change.state === 'district' && !place.district && !(proposer && decision === 'refuse'))
    throw refused('records.district_decides')
  if (decision === 'refuse' && note === null) throw invalid('records.note_needed')
  if (decision === 'confirm' && change.objectedAt !== null && note === null)
    throw invalid('records.objection_unanswered')
  const group = historicGroup(change.groupId)
  const state = decision === 'refuse' ? 'refused' : change.byDistrict && !place.district ? 'district' : 'applied'
  const login = state === 'applied' ? await apply(act, group, change, input, place, seals) : null
  await settle(act, input, change.becomes, state)
  await step(act, input, { stage: change.state, decision, note, over: input.over })
  await record(act, {
    action: state === 'refused' ? 'records.change_refused' : 'records.change_confirmed',
    subject: { kind: 'change', id: changeId },
    about: personId,
    orgPath: place.orgPath,
    after: { group: group.id, stage: change.state, state, ...(note ? { note } : {}) },
  })
  await tell(act, group, input, state, place, login)
  return { state }
}

/** Returns the login of the person where it changed. */
async function apply<T>(
  act: Act<T>,
  group: Group,
  change: Change,
  { personId, over }: Decision,
  place: Placed,
  seals: Seals,
): Promise<string | null> {
  const { rowId, kind, becomes, was } = change
  const key = { personId, rowId }
  if (kind === 'add') {
    await addRow(act, keptGroup(group.id), key, becomes, place)
    return null
  }
  const now = await rowOf(act, group, personId, rowId)
  const seen = { was, given: shown(becomes), version: now?.version ?? null, current: now?.values ?? null }
  if (!now) throw conflict('records.row_gone', seen)
  if (now.version !== change.baseVersion && now.version !== over) throw conflict('records.row_changed', seen)
  if (group.table === null) return applyIdentity(act, group, personId, becomes, seals)
  const at = { ...key, version: now.version }
  if (kind === 'remove') await removeRow(act, keptGroup(group.id), at, change.reason, place)
  else await correctRow(act, keptGroup(group.id), at, becomes, place)
  return null
}

async function tell<T>(
  act: Act<T>,
  group: Group,
  { personId, changeId }: Decision,
  state: Change['state'],
  { districtId }: Placed,
  login: string | null,
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
  if (login !== null)
    await notify(act, [
      {
        personId,
        kind: 'message',
        code: 'records.message.login_changed',
        data: { login },
        link: '/my/record/changes',
        key: `${todoKey(changeId)}:login`,
      },
    ])
}
