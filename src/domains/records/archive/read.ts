/** A person's record, group by group; one row with all that it said before. */
import { sql } from 'kysely'
import { notFound } from '../../../base/errors.ts'
import type { Act } from '../../../platform/db/index.ts'
import { columnOf, type Group, isGuarded } from './group.ts'
import { groupOf, groups } from './groups.ts'
import { knownOf, rowsOf } from './row.ts'
import type { Values } from './values.ts'

export type Row = { groupId: string; id: string; version: number | null; values: Values }
export type Known = { values: Values; from: string | null; until: string | null }

/** Where a person belongs, and whether the act reaches as high as the district; outside the scope nobody is there. */
export type Placed = { orgId: string; orgPath: string; district: boolean; districtId: string | null }

export async function placed<T>(act: Act<T>, personId: string, locked = false): Promise<Placed> {
  const lock = locked ? sql` for update of p` : sql``
  const { rows } = await sql<Placed>`select p.org_id, p.org_path::text,
      exists (select from directory.organisation o where o.path = any (db.scope()) and o.path @> p.org_path and o.kind in ('district', 'municipality')) as district,
      (select o.id from directory.organisation o where o.path @> p.org_path and o.kind in ('district', 'municipality') order by nlevel(o.path) desc limit 1) as district_id
    from directory.person p where p.id = ${personId}${lock}`.execute(act.tx)
  if (!rows[0]) throw notFound('person')
  return rows[0]
}

/** Everything but what is guarded, in one query; of oneself that as well. */
export async function archiveOf<T>(act: Act<T>, personId: string): Promise<Row[]> {
  await placed(act, personId)
  const own = act.scope.self && act.actor.person === personId
  return rowsIn(
    act,
    personId,
    groups.filter((group) => own || !isGuarded(group)),
  )
}

export async function guardedOf<T>(act: Act<T>, personId: string): Promise<Row[]> {
  await placed(act, personId)
  return rowsIn(act, personId, groups.filter(isGuarded))
}

async function rowsIn<T>(act: Act<T>, personId: string, wanted: readonly Group[]): Promise<Row[]> {
  const parts = wanted.map(
    (group, nth) => sql`select ${nth}::int as nth, ${group.id}::text as group_id, r.id, r.version, r."when", r."values"
      from (${rowsOf(group)}) r where r.person_id = ${personId}`,
  )
  const { rows } =
    await sql<Row>`select a.group_id, a.id, a.version, a."values" from (${sql.join(parts, sql` union all `)}) a
    order by a.nth, a."when" desc nulls last, a.id`.execute(act.tx)
  return rows
}

/** One row as it stands; undefined where there is none in sight. */
export async function rowOf<T>(
  act: Act<T>,
  group: Group,
  personId: string,
  rowId: string,
): Promise<{ version: number; values: Values } | undefined> {
  const { rows } = await sql<{ version: number; values: Values }>`select r.version, r."values" from (${rowsOf(group)}) r
    where r.person_id = ${personId} and r.id = ${rowId}`.execute(act.tx)
  return rows[0]
}

/** A group that the record keeps itself. @throws Refusal `not_found` */
export function keptGroup(id: string): Group & { table: string } {
  const group = groupOf(id)
  if (!group || group.table === null) throw notFound('group')
  return group as Group & { table: string }
}

/** A group whose changes are proposed and whose past is told: one that the record keeps itself, or who somebody is. @throws Refusal `not_found` */
export function historicGroup(id: string): Group {
  return id === 'identity' ? groupOf(id)! : keptGroup(id)
}

/** What a row says and said, the newest first, with when it was known so. */
export async function historyOf<T>(act: Act<T>, groupId: string, personId: string, rowId: string): Promise<Known[]> {
  const group = historicGroup(groupId)
  await placed(act, personId)
  const { rows } =
    await sql<Known>`select h."values", nullif(h.known_from, '-infinity') as "from", h.known_until as until
      from (${knownOf(group, personId, rowId)}) h order by h.known_from desc`.execute(act.tx)
  if (rows.length === 0) throw notFound('row')
  return group.table === null ? merged(rows) : rows
}

/** Without what was filed for something that is no item of the group: who moves to another school is called as before. */
function merged(rows: readonly Known[]): Known[] {
  const told: Known[] = []
  for (const row of rows) {
    const newer = told.at(-1)
    if (newer && JSON.stringify(newer.values) === JSON.stringify(row.values)) newer.from = row.from
    else told.push({ ...row })
  }
  return told
}

/** Columns of a sealed field. */
export const sealedColumns = (key: string) => ({ cipher: `${columnOf(key)}_cipher`, masked: `${columnOf(key)}_masked` })
