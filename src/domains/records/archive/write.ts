/** Adding, correcting and taking away rows of the record: one statement each, with history, told to the trail, never over what somebody else changed meanwhile. */
import { type RawBuilder, sql } from 'kysely'
import { conflict, invalid, notFound, refused } from '../../../base/errors.ts'
import { record } from '../../../platform/audit/index.ts'
import type { Act } from '../../../platform/db/index.ts'
import { settleChecks } from './checks.ts'
import { assertFits } from './fit.ts'
import { columnOf, type Field, fieldsOf, type Group, isGuarded } from './group.ts'
import { type Placed, rowOf, sealedColumns } from './read.ts'
import { tableOf } from './row.ts'
import { dayAfter, isSealed, type Stored, shown } from './values.ts'

export type RowKey = { personId: string; rowId: string }
type Kept = Group & { table: string }
const CASTS = { text: 'text', code: 'text', date: 'date', integer: 'int', decimal: 'numeric', bool: 'boolean' } as const

/** Columns with their values, of the fields that are there; a span's dates are one column. */
function assigned(group: Kept, values: Readonly<Stored>): [column: string, value: RawBuilder<unknown>][] {
  const columns = group.fields
    .filter(({ key }) => values[key] !== undefined)
    .flatMap((field): [string, RawBuilder<unknown>][] => {
      const value = values[field.key] ?? null
      if (field.type !== 'sealed')
        return [[columnOf(field.key), sql`${value as string}::${sql.raw(CASTS[field.type])}`]]
      const { cipher, masked } = sealedColumns(field.key)
      const [bytes, mask] = isSealed(value) ? [Buffer.from(value.sealed, 'base64'), value.masked] : [null, null]
      return [
        [cipher, sql`${bytes}::bytea`],
        [masked, sql`${mask}::text`],
      ]
    })
  return columns
}

/** Every code must be in its table, and in use. */
export async function assertInTables<T>(
  act: Act<T>,
  fields: readonly Field[],
  values: Readonly<Stored>,
): Promise<void> {
  const coded = fields.flatMap(({ key, type, table }) =>
    type === 'code' && typeof values[key] === 'string' ? [{ key, table, code: values[key] }] : [],
  )
  if (coded.length === 0) return
  const { rows } = await sql<{ table: string; code: string }>`select r."table", r.code
    from jsonb_to_recordset(${JSON.stringify(coded)}::jsonb) as r(key text, "table" text, code text)
    where not exists (select from records.code c where c."table" = r."table" and c.code = r.code)`.execute(act.tx)
  if (rows[0]) throw invalid('records.unknown_code', rows[0])
}

/** What the database keeps apart, in words. */
async function kept<R>(group: Kept, work: Promise<R>): Promise<R> {
  try {
    return await work
  } catch (error) {
    const { code } = error as { code?: string }
    if (code === '23505') throw refused('records.row_already', group.title)
    if (code === '23P01') throw refused('records.row_overlaps', group.title)
    if (code === '23514' || code === '22003') throw invalid('records.row_wrong', group.title)
    throw error
  }
}

/** @throws Refusal `records.unknown_code`, `records.row_already`, `records.row_overlaps` */
export async function addRow<T>(
  act: Act<T>,
  group: Kept,
  { personId, rowId }: RowKey,
  values: Readonly<Stored>,
  place: Placed,
): Promise<void> {
  await assertInTables(act, fieldsOf(group), values)
  await assertFits(act, group, personId, values)
  const table = tableOf(group)
  const columns = assigned(group, values)
  if (group.placed) columns.push(['org_id', sql`${place.orgId}::uuid`], ['org_path', sql`${place.orgPath}::ltree`])
  if (group.dated === 'span') {
    const { from } = values
    if (group.single && !values.until)
      // What holds ends with the day before; what was entered for a later day stays and ends this one.
      await sql`update ${table} g set during = daterange(lower(g.during), ${from as string}::date)
        where g.person_id = ${personId} and g.during @> ${from as string}::date and upper_inf(g.during)
          and (lower_inf(g.during) or lower(g.during) < ${from as string}::date)`.execute(act.tx)
    const ends = group.single
      ? sql`coalesce(${dayAfter(values.until as string | null | undefined)}::date, (select min(lower(g.during)) from ${table} g where g.person_id = ${personId} and lower(g.during) > ${from as string}::date))`
      : sql`${dayAfter(values.until as string | null | undefined)}::date`
    columns.push(['during', sql`daterange(${from as string}::date, ${ends})`])
  }
  await kept(
    group,
    sql`insert into ${table} (person_id, id, ${sql.join(columns.map(([column]) => sql.ref(column)))})
      values (${personId}, ${rowId}, ${sql.join(columns.map(([, value]) => value))})`.execute(act.tx),
  )
  await settleChecks(act, group, personId)
  await told(act, 'records.row_added', group, { personId, rowId }, place, { after: shown(values) })
}

/**
 * Changes the fields that are given, if the row still is of the version that the writer saw.
 * @throws Refusal `records.row_changed` with both values, `not_found`, and those of `addRow`
 */
export async function correctRow<T>(
  act: Act<T>,
  group: Kept,
  { personId, rowId, version }: RowKey & { version: number },
  values: Readonly<Stored>,
  place: Placed,
): Promise<void> {
  await assertInTables(act, fieldsOf(group), values)
  await assertFits(act, group, personId, values)
  const before = await rowOf(act, group, personId, rowId)
  if (!before) throw notFound('row')
  const columns = assigned(group, values)
  if (values.from !== undefined || values.until !== undefined) {
    const from = values.from === undefined ? sql`lower(g.during)` : sql`${values.from as string}::date`
    const until = values.until === undefined ? sql`upper(g.during)` : sql`${dayAfter(values.until as string)}::date`
    const [a, b] = [values.from ?? before.values.from, values.until === undefined ? before.values.until : values.until]
    if (typeof a === 'string' && typeof b === 'string' && b < a) throw invalid('records.ends_before_it_begins')
    columns.push(['during', sql`daterange(${from}, ${until})`])
  }
  if (columns.length === 0) throw invalid('records.nothing_changes')
  const { rows } = await kept(
    group,
    sql`update ${tableOf(group)} g set ${sql.join(columns.map(([column, value]) => sql`${sql.ref(column)} = ${value}`))}
      where g.person_id = ${personId} and g.id = ${rowId} and g.version = ${version} returning g.id`.execute(act.tx),
  )
  if (rows.length === 0) await refuseChanged(act, group, { personId, rowId }, shown(values))
  await settleChecks(act, group, personId, before.values)
  await told(act, 'records.row_corrected', group, { personId, rowId }, place, {
    before: Object.fromEntries(Object.keys(values).map((key) => [key, before.values[key] ?? null])),
    after: shown(values),
  })
}

/** It stays in the history. @throws Refusal `records.row_changed`, `not_found` */
export async function removeRow<T>(
  act: Act<T>,
  group: Kept,
  { personId, rowId, version }: RowKey & { version: number },
  reason: string | null,
  place: Placed,
): Promise<void> {
  const before = await rowOf(act, group, personId, rowId)
  if (!before) throw notFound('row')
  const { rows } = await sql`delete from ${tableOf(group)} g where g.person_id = ${personId} and g.id = ${rowId}
    and g.version = ${version} returning g.id`.execute(act.tx)
  if (rows.length === 0) await refuseChanged(act, group, { personId, rowId }, null)
  await settleChecks(act, group, personId, before.values)
  await told(act, 'records.row_removed', group, { personId, rowId }, place, {
    before: before.values,
    after: { reason },
  })
}

/** Somebody else was first: both values, so that nothing is lost unseen. */
export async function refuseChanged<T>(
  act: Act<T>,
  group: Group,
  { personId, rowId }: RowKey,
  given: object | null,
): Promise<never> {
  const now = await rowOf(act, group, personId, rowId)
  throw conflict('records.row_changed', { version: now?.version ?? null, current: now?.values ?? null, given })
}

/** What is guarded is not told to the trail: that something was done, not what. */
const told = <T>(
  act: Act<T>,
  action: string,
  group: Group,
  { personId, rowId }: RowKey,
  { orgPath }: Placed,
  { before, after }: { before?: object; after: object },
) =>
  record(act, {
    action,
    subject: { kind: 'record_row', id: rowId },
    about: personId,
    orgPath,
    ...(before && !isGuarded(group) ? { before } : {}),
    after: isGuarded(group) ? { group: group.id } : { group: group.id, ...after },
  })
