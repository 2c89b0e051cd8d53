/** What people propose to their own record, with evidence; nothing of it holds until it is confirmed. */
import { sql } from 'kysely'
import { conflict, invalid, notFound, refused } from '../../../base/errors.ts'
import { newId } from '../../../base/ids.ts'
import { record } from '../../../platform/audit/index.ts'
import type { Act } from '../../../platform/db/index.ts'
import { type FileStore, fileOf, type Purpose, putFile } from '../../../platform/files/index.ts'
import { finish, notify } from '../../../platform/inbox/index.ts'
import type { Group } from '../archive/group.ts'
import { keptGroup, placed, rowOf } from '../archive/read.ts'
import { checked, type Seals, type Stored, shown, stored, type Values } from '../archive/values.ts'
import { refuseChanged } from '../archive/write.ts'
import { EVIDENCE_BYTES, type ProposeInput } from '../contract/changes.ts'

export const EVIDENCE: Purpose = {
  id: 'records.evidence',
  maxBytes: EVIDENCE_BYTES,
  kinds: ['jpeg', 'png', 'pdf'],
  permission: 'records.change.propose',
}

export const todoKey = (changeId: string): string => `records.change:${changeId}`

const self = <T>(act: Act<T>): string => {
  if (!act.actor.person) throw refused('records.no_person')
  return act.actor.person
}

/** A photograph of a certificate, or a scan. The offices above the person may read it. */
export async function addEvidence<T>(
  act: Act<T>,
  store: FileStore,
  file: File,
): Promise<{ fileId: string; name: string }> {
  const { orgPath } = await placed(act, self(act))
  const bytes = Buffer.from(await file.arrayBuffer())
  const kept = await putFile(act, store, { name: file.name, bytes, purpose: EVIDENCE, orgPath })
  return { fileId: kept.id, name: kept.name }
}

/**
 * @throws Refusal `records.not_proposable`, `records.evidence_needed`, `records.nothing_changes`, `records.change_waiting`,
 *   `records.row_changed` where the row is not what the person saw, and those of the values
 */
export async function propose<T>(act: Act<T>, input: ProposeInput, seals: Seals): Promise<{ changeId: string }> {
  const personId = self(act)
  const group = keptGroup(input.groupId)
  if (!group.propose) throw refused('records.not_proposable', group.title)
  const place = await placed(act, personId)
  if (group.evidence === 'required' && input.kind !== 'remove' && input.evidence.length === 0)
    throw invalid('records.evidence_needed', group.title)
  const rowId = input.rowId ?? newId()
  const { was, values, version } = await wanted(act, group, personId, rowId, input)
  const becomes = stored(group, rowId, values, seals)
  const files = await Promise.all([...new Set(input.evidence)].map((id) => ownFile(act, id)))
  const changeId = newId()
  const { rows } = await sql`insert into records.change
      (person_id, id, group_id, row_id, kind, base_version, was, becomes, reason, state, by_district, account_id)
    values (${personId}, ${changeId}, ${group.id}, ${rowId}, ${input.kind}, ${version}, ${was && JSON.stringify(was)}::jsonb,
      ${JSON.stringify(becomes)}::jsonb, ${input.reason?.trim() || null}, 'school', ${group.confirm === 'district'}, ${act.actor.account})
    on conflict do nothing returning id`.execute(act.tx)
  if (rows.length === 0) throw conflict('records.change_waiting')
  if (files.length > 0)
    await sql`insert into records.change_evidence (person_id, change_id, id, file_id, name)
      select ${personId}, ${changeId}, gen_random_uuid(), r.id, r.name
      from jsonb_to_recordset(${JSON.stringify(files)}::jsonb) as r(id uuid, name text)`.execute(act.tx)
  await record(act, {
    action: 'records.change_proposed',
    subject: { kind: 'change', id: changeId },
    about: personId,
    orgPath: place.orgPath,
    after: { group: group.id, kind: input.kind, fields: Object.keys(becomes) },
  })
  await notify(act, [
    {
      role: 'clerk',
      orgId: place.orgId,
      kind: 'todo',
      code: 'records.todo.change',
      data: group.title,
      link: `/people/changes/${personId}/${changeId}`,
      key: todoKey(changeId),
    },
  ])
  return { changeId }
}

/** What is to hold, of the fields that change, and what they are now. */
async function wanted<T>(act: Act<T>, group: Group, personId: string, rowId: string, input: ProposeInput) {
  if (input.kind === 'add') {
    if (!group.many && (await onlyRow(act, group, personId))) throw refused('records.row_already', group.title)
    return { was: null, values: checked(group, input.values, true), version: null }
  }
  const row = await rowOf(act, group, personId, rowId)
  if (!row) throw notFound('row')
  if (row.version !== input.version) await refuseChanged(act, group, { personId, rowId }, input.values)
  if (input.kind === 'remove') return { was: row.values, values: {}, version: row.version }
  const given = checked(group, input.values, false)
  const values: Values = Object.fromEntries(
    Object.entries(given).filter(([key, value]) => value !== (row.values[key] ?? null)),
  )
  if (Object.keys(values).length === 0) throw invalid('records.nothing_changes')
  const was = Object.fromEntries(Object.keys(values).map((key) => [key, row.values[key] ?? null]))
  return { was, values, version: row.version }
}

async function onlyRow<T>(act: Act<T>, { table }: Group, personId: string): Promise<boolean> {
  const { rows } = await sql`select from ${sql.table(`records.${table}`)} g where g.person_id = ${personId}`.execute(
    act.tx,
  )
  return rows.length > 0
}

/** A file that the person put there for this. */
async function ownFile<T>(act: Act<T>, id: string) {
  const { name, purpose } = await fileOf(act, id)
  if (purpose !== EVIDENCE.id) throw notFound('file')
  return { id, name }
}

type State = 'school' | 'district' | 'applied' | 'refused' | 'withdrawn'

/** Where it stands from now on. Of what is settled no sealed text is kept, only what may be shown of it. */
export async function settle<T>(
  act: Act<T>,
  { personId, changeId }: { personId: string; changeId: string },
  becomes: Stored,
  state: State,
): Promise<void> {
  const open = state === 'school' || state === 'district'
  await sql`update records.change c set state = ${state}, settled_at = case when ${open} then null else db.now() end,
      becomes = ${JSON.stringify(open ? becomes : shown(becomes))}::jsonb
    where c.person_id = ${personId} and c.id = ${changeId}`.execute(act.tx)
}

/** Takes back what is still waiting. @throws Refusal `not_found`, `records.change_settled` */
export async function withdrawChange<T>(act: Act<T>, changeId: string): Promise<void> {
  const personId = self(act)
  const { orgPath } = await placed(act, personId)
  const { rows } = await sql<{ state: State; becomes: Stored }>`select c.state, c.becomes from records.change c
    where c.person_id = ${personId} and c.id = ${changeId} for update`.execute(act.tx)
  if (!rows[0]) throw notFound('change')
  const { state, becomes } = rows[0]
  if (state !== 'school' && state !== 'district') throw conflict('records.change_settled')
  await settle(act, { personId, changeId }, becomes, 'withdrawn')
  await sql`insert into records.change_step (person_id, change_id, id, stage, decision, account_id, name)
    values (${personId}, ${changeId}, ${newId()}, ${state}, 'withdraw', ${act.actor.account}, ${act.actor.name})`.execute(
    act.tx,
  )
  await finish(act, todoKey(changeId), null)
  await record(act, {
    action: 'records.change_withdrawn',
    subject: { kind: 'change', id: changeId },
    about: personId,
    orgPath,
  })
}
