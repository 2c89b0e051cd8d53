/** What people propose to their own record, or an office for somebody who cannot, with evidence; nothing of it holds until it is confirmed. */
import { sql } from 'kysely'
import { conflict, invalid, notFound, refused } from '../../../base/errors.ts'
import { newId } from '../../../base/ids.ts'
import { record } from '../../../platform/audit/index.ts'
import type { Act } from '../../../platform/db/index.ts'
import { type FileStore, type Purpose, putFile } from '../../../platform/files/index.ts'
import { notify } from '../../../platform/inbox/index.ts'
import { assertFits } from '../archive/fit.ts'
import { fieldsOf, type Group } from '../archive/group.ts'
import { historicGroup, placed, rowOf } from '../archive/read.ts'
import { checked, type Seals, stored, type Values } from '../archive/values.ts'
import { assertInTables, refuseChanged } from '../archive/write.ts'
import { EVIDENCE_BYTES, type ProposeInput } from '../contract/changes.ts'
import { assertFree, identityWanted } from './identity.ts'

export const EVIDENCE: Purpose = {
  id: 'records.evidence',
  maxBytes: EVIDENCE_BYTES,
  kinds: ['jpeg', 'png', 'pdf'],
  permission: 'records.change.propose',
}

export const todoKey = (changeId: string): string => `records.change:${changeId}`

export const self = <T>(act: Act<T>): string => {
  if (!act.actor.person) throw refused('records.no_person')
  return act.actor.person
}

/** A photograph of a certificate, or a scan. The offices above the person may read it. */
export async function addEvidence<T>(
  act: Act<T>,
  store: FileStore,
  personId: string,
  file: File,
): Promise<{ fileId: string; name: string }> {
  const { orgPath } = await placed(act, personId)
  const bytes = Buffer.from(await file.arrayBuffer())
  const kept = await putFile(act, store, { name: file.name, bytes, purpose: EVIDENCE, orgPath })
  return { fileId: kept.id, name: kept.name }
}

/** To one’s own record: see `enter` for what is refused. */
export const propose = <T>(act: Act<T>, input: ProposeInput, seals: Seals): Promise<{ changeId: string }> =>
  enter(act, self(act), input, seals)

/** For somebody else, who is told and may object. @throws Refusal `records.own_record`, and those of `enter` */
export async function proposeFor<T>(
  act: Act<T>,
  { personId, ...input }: ProposeInput & { personId: string },
  seals: Seals,
): Promise<{ changeId: string }> {
  if (act.actor.person === personId) throw refused('records.own_record')
  const entered = await enter(act, personId, input, seals, act.actor.name)
  const { title } = historicGroup(input.groupId)
  await notify(act, [
    {
      personId,
      kind: 'message',
      code: 'records.message.proposed_for',
      data: { ...title, by: act.actor.name },
      link: '/my/record/changes',
      key: `${todoKey(entered.changeId)}:told`,
    },
  ])
  return entered
}

/**
 * @param by who proposes it for the person; nobody where the person does
 * @throws Refusal `records.not_proposable`, `records.evidence_needed`, `records.nothing_changes`, `records.change_waiting`,
 *   `records.row_changed` where the row is not what the writer saw, and those of the values
 */
async function enter<T>(
  act: Act<T>,
  personId: string,
  input: ProposeInput,
  seals: Seals,
  by: string | null = null,
): Promise<{ changeId: string }> {
  const group = historicGroup(input.groupId)
  if (!group.propose || (group.table === null && input.kind !== 'correct'))
    throw refused('records.not_proposable', group.title)
  const place = await placed(act, personId)
  if (group.evidence === 'required' && input.kind !== 'remove' && input.evidence.length === 0)
    throw invalid('records.evidence_needed', group.title)
  const files = await Promise.all([...new Set(input.evidence)].map((id) => ownFile(act, id)))
  const rowId = input.rowId ?? newId()
  const { was, values, version } = await wanted(act, group, personId, rowId, input, seals)
  if (group.id === 'identity' && by !== null) await assertFree(act, values, seals('identity'))
  await assertInTables(act, fieldsOf(group), values)
  await assertFits(act, group, personId, values)
  const becomes = stored(group, rowId, values, seals)
  const changeId = newId()
  const { rows } = await sql`insert into records.change
      (person_id, id, group_id, row_id, kind, base_version, was, becomes, reason, state, by_district, account_id, proposed_by)
    values (${personId}, ${changeId}, ${group.id}, ${rowId}, ${input.kind}, ${version}, ${was && JSON.stringify(was)}::jsonb,
      ${JSON.stringify(becomes)}::jsonb, ${input.reason?.trim() || null}, 'school', ${group.confirm === 'district'}, ${act.actor.account}, ${by})
    on conflict do nothing returning id`.execute(act.tx)
  if (rows.length === 0) throw conflict('records.change_waiting')
  if (files.length > 0)
    await sql`insert into records.change_evidence (person_id, change_id, id, file_id, name)
      select ${personId}, ${changeId}, gen_random_uuid(), r.id, r.name
      from jsonb_to_recordset(${JSON.stringify(files)}::jsonb) as r(id uuid, name text)`.execute(act.tx)
  await record(act, {
    action: by === null ? 'records.change_proposed' : 'records.change_proposed_for',
    subject: { kind: 'change', id: changeId },
    about: personId,
    orgPath: place.orgPath,
    after: { group: group.id, kind: input.kind, fields: Object.keys(becomes) },
  })
  await notify(act, [
    {
      // What the clerk proposes and two have to confirm, somebody else at the school confirms.
      role: by !== null && group.confirm === 'district' ? 'principal' : 'clerk',
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
async function wanted<T>(
  act: Act<T>,
  group: Group,
  personId: string,
  rowId: string,
  input: ProposeInput,
  seals: Seals,
): Promise<{ was: Values | null; values: Values; version: number | null }> {
  if (input.kind === 'add') {
    if (!group.many && (await onlyRow(act, group, personId))) throw refused('records.row_already', group.title)
    return { was: null, values: checked(group, input.values, true), version: null }
  }
  const row = await rowOf(act, group, personId, rowId)
  if (!row) throw notFound('row')
  if (row.version !== input.version) await refuseChanged(act, group, { personId, rowId }, input.values)
  if (input.kind === 'remove') return { was: row.values, values: {}, version: row.version }
  const given = checked(group, input.values, false)
  const differing: Values = Object.fromEntries(
    Object.entries(given).filter(([key, value]) => value !== (row.values[key] ?? null)),
  )
  const values: Values =
    group.id === 'identity'
      ? { ...(await identityWanted(act, personId, differing, seals)) }
      : group.id === 'service'
        ? followed(differing, row.values)
        : differing
  if (Object.keys(values).length === 0) throw invalid('records.nothing_changes')
  const was = Object.fromEntries(Object.keys(values).map((key) => [key, row.values[key] ?? null]))
  return { was, values, version: row.version }
}

/** Years of teaching that began with work begin with it still, until they are said to be others. */
const followed = (given: Values, stands: Values): Values =>
  given.workSince && given.teachingSince === undefined && stands.teachingSince === stands.workSince
    ? { ...given, teachingSince: given.workSince }
    : given

async function onlyRow<T>(act: Act<T>, { table }: Group, personId: string): Promise<boolean> {
  const { rows } = await sql`select from ${sql.table(`records.${table}`)} g where g.person_id = ${personId}`.execute(
    act.tx,
  )
  return rows.length > 0
}

/** A file that the acting account put there for this. */
async function ownFile<T>(act: Act<T>, id: string) {
  const { rows } = await sql<{ id: string; name: string }>`select f.id, f.name from files.file f
    where f.id = ${id} and f.purpose = ${EVIDENCE.id} and f.account_id = ${act.actor.account}`.execute(act.tx)
  if (!rows[0]) throw notFound('file')
  return rows[0]
}
