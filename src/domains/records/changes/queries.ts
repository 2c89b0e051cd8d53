/** Proposed changes: those that wait for an office, one with everything that decides it, and one's own. */
import { type RawBuilder, sql } from 'kysely'
import { notFound, refused } from '../../../base/errors.ts'
import type { Act } from '../../../platform/db/index.ts'
import { historicGroup, rowOf } from '../archive/read.ts'
import { type Stored, shown, type Values } from '../archive/values.ts'

export type ChangeRow = {
  personId: string
  id: string
  name: string
  number: string
  orgName: string
  groupId: string
  kind: 'add' | 'correct' | 'remove'
  state: 'school' | 'district' | 'applied' | 'refused' | 'withdrawn'
  byDistrict: boolean
  proposedBy: string | null
  objectedAt: string | null
  proposedAt: string
  settledAt: string | null
}
export type ChangeDetail = ChangeRow & {
  rowId: string
  was: Values | null
  becomes: Values
  reason: string | null
  evidence: { fileId: string; name: string }[]
  steps: { stage: string; decision: string; note: string | null; name: string; at: string }[]
  baseVersion: number | null
  /** The row as it stands now; null where there is none. */
  now: { version: number; values: Values } | null
}

const COLUMNS = sql`c.person_id, c.id, p.name, p.number, o.short_name as org_name, c.group_id, c.kind, c.state, c.by_district, c.proposed_by, c.objected_at, c.proposed_at, c.settled_at`
const FROM = sql`records.change c join directory.person p on p.id = c.person_id join directory.organisation o on o.id = p.org_id`
/** Whether the act reaches as high as the district of the person. */
const DISTRICT = sql`exists (select from directory.organisation d where d.path = any (db.scope()) and d.path @> p.org_path and d.kind in ('district', 'municipality'))`
/** What waits for those who act at this height, the oldest first. */
const WAITING = sql`c.settled_at is null and c.state = case when ${DISTRICT} then 'district' else 'school' end`
const SHOWN: Record<'mine' | 'open' | 'settled', RawBuilder<unknown>> = {
  mine: WAITING,
  open: sql`c.settled_at is null`,
  settled: sql`c.settled_at is not null`,
}

export async function changesPage<T>(
  act: Act<T>,
  { show, cursor, limit }: { show: keyof typeof SHOWN; cursor?: string | undefined; limit: number },
): Promise<{ rows: ChangeRow[]; next: string | null; total: number }> {
  const [at = '', id = ''] = (cursor ?? '').split('~')
  const newest = show === 'settled'
  const order = newest ? sql`c.proposed_at desc, c.id desc` : sql`c.proposed_at, c.id`
  const after = cursor
    ? sql`and (c.proposed_at, c.id) ${newest ? sql`<` : sql`>`} (${at}::timestamptz, ${id}::uuid)`
    : sql``
  const { rows } = await sql<ChangeRow & { total: number }>`select ${COLUMNS},
      (select count(*)::int from ${FROM} where ${SHOWN[show]}) as total
    from ${FROM} where ${SHOWN[show]} ${after} order by ${order} limit ${limit + 1}`.execute(act.tx)
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    rows: page.map(({ total: _, ...row }) => row),
    next: rows.length > limit && last ? `${last.proposedAt}~${last.id}` : null,
    total: rows[0]?.total ?? 0,
  }
}

const DETAIL = sql`${COLUMNS}, c.row_id, c.was, c.becomes, c.reason, c.base_version,
  coalesce((select jsonb_agg(jsonb_build_object('fileId', e.file_id, 'name', e.name) order by e.name) from records.change_evidence e
    where e.person_id = c.person_id and e.change_id = c.id), '[]') as evidence,
  coalesce((select jsonb_agg(jsonb_build_object('stage', s.stage, 'decision', s.decision, 'note', s.note, 'name', s.name, 'at', s.at) order by s.at, s.id)
    from records.change_step s where s.person_id = c.person_id and s.change_id = c.id), '[]') as steps`

type Kept = Omit<ChangeDetail, 'becomes' | 'now'> & { becomes: Stored }

export async function changeOf<T>(act: Act<T>, personId: string, changeId: string): Promise<ChangeDetail> {
  const { rows } = await sql<Kept>`select ${DETAIL} from ${FROM}
    where c.person_id = ${personId} and c.id = ${changeId}`.execute(act.tx)
  const change = rows[0]
  if (!change) throw notFound('change')
  const now = change.kind === 'add' ? null : await rowOf(act, historicGroup(change.groupId), personId, change.rowId)
  return { ...change, becomes: shown(change.becomes), now: now ?? null }
}

/** One's own, the newest first. */
export async function myChanges<T>(act: Act<T>): Promise<Omit<ChangeDetail, 'now'>[]> {
  const { person } = act.actor
  if (!person) throw refused('records.no_person')
  const { rows } = await sql<Kept>`select ${DETAIL} from ${FROM} where c.person_id = ${person}
    order by c.proposed_at desc, c.id desc limit 200`.execute(act.tx)
  return rows.map((change) => ({ ...change, becomes: shown(change.becomes) }))
}
