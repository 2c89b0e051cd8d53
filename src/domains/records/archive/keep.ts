/** What offices write into the record themselves: the school what it may confirm, the district all; what is guarded under a permission of its own. */
import { invalid, refused } from '../../../base/errors.ts'
import { newId } from '../../../base/ids.ts'
import type { Act } from '../../../platform/db/index.ts'
import { isGuarded } from './group.ts'
import { keptGroup, placed } from './read.ts'
import { checked, type Seals, stored, type Values } from './values.ts'
import { addRow, correctRow, removeRow } from './write.ts'

export type Keep = {
  personId: string
  groupId: string
  /** Absent: a new row. */
  rowId?: string | undefined
  /** Of the row that is corrected, as the writer saw it. */
  version?: number | undefined
  values: Values
}

export const GUARDED = 'records.sanction.write'

async function writable<T>(act: Act<T>, groupId: string, personId: string) {
  const group = keptGroup(groupId)
  // One door each: what is guarded is never written by the way.
  if (isGuarded(group) !== (act.permission === GUARDED)) throw refused('records.guarded', group.title)
  const place = await placed(act, personId, true)
  if (act.actor.person === personId) throw refused('records.own_record')
  if (group.confirm === 'district' && !place.district && !isGuarded(group))
    throw refused('records.district_keeps', group.title)
  return { group, place }
}

/** @throws Refusal `records.district_keeps`, `records.guarded`, `records.own_record`, and those of the values and the row */
export async function keepRow<T>(
  act: Act<T>,
  { personId, groupId, rowId, version, values }: Keep,
  seals: Seals,
): Promise<{ rowId: string }> {
  const { group, place } = await writable(act, groupId, personId)
  if (rowId === undefined) {
    const id = newId()
    await addRow(act, group, { personId, rowId: id }, stored(group, id, checked(group, values, true), seals), place)
    return { rowId: id }
  }
  if (version === undefined) throw invalid('records.version_needed')
  await correctRow(
    act,
    group,
    { personId, rowId, version },
    stored(group, rowId, checked(group, values, false), seals),
    place,
  )
  return { rowId }
}

export async function dropRow<T>(
  act: Act<T>,
  {
    personId,
    groupId,
    rowId,
    version,
    reason,
  }: Omit<Keep, 'values'> & { rowId: string; version: number; reason: string },
): Promise<void> {
  const { group, place } = await writable(act, groupId, personId)
  await removeRow(act, group, { personId, rowId, version }, reason, place)
}
