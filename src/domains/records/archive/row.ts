/** One row of a group in SQL: its columns as values, and the order of rows. Everything that is read of the record is read through these. */
import { type RawBuilder, sql } from 'kysely'
import { columnOf, type Field, type Group } from './group.ts'

export const tableOf = ({ table }: Pick<Group, 'table'>) => sql.table(`records.${table}`)

const shownOf = ({ key, type }: Field): RawBuilder<unknown> => {
  const column = sql.ref(`g.${columnOf(key)}`)
  if (type === 'bool') return column
  if (type === 'sealed') return sql.ref(`g.${columnOf(key)}_masked`)
  return sql`${column}::text`
}

const SPAN = sql`'from', lower(g.during)::text, 'until', (upper(g.during) - 1)::text`

/** `g` is the row: its values under the keys of the fields. */
export function valuesIn(group: Group): RawBuilder<unknown> {
  const pairs = group.fields.map((field) => sql`${sql.lit(field.key)}, ${shownOf(field)}`)
  return sql`jsonb_build_object(${sql.join(group.dated === 'span' ? [SPAN, ...pairs] : pairs)})`
}

/** A text that sorts rows by when they were: the newest is the greatest. */
export function whenOf(group: Group): RawBuilder<unknown> {
  if (group.dated === 'span') return sql`lower(g.during)::text`
  if (group.dated !== 'none') return sql`${sql.ref(`g.${columnOf(group.dated.on)}`)}::text`
  return group.fields.some(({ key }) => key === 'term') ? sql`g.year::text || g.term` : sql`null::text`
}

/** Of a person, and of what was said of them before. */
const IDENTITY = sql`'name', g.name, 'number', g.number, 'sex', g.sex, 'birthDate', g.birth_date::text, 'idType', g.id_type, 'idNumber', g.id_masked`

/** What others keep and the record only shows, in the columns of a row. */
const READ: Readonly<Record<string, RawBuilder<unknown>>> = {
  identity: sql`select g.id as person_id, g.id, null::text as "when", g.version, jsonb_build_object(${IDENTITY}) as "values" from directory.person g`,
  employment: sql`select g.person_id, g.id, lower(g.during)::text as "when",
      jsonb_build_object(${SPAN}, 'school', o.short_name, 'category', g.category, 'basis', g.basis) as "values"
    from directory.employment g join directory.organisation o on o.id = g.org_id`,
  posts: sql`select g.person_id, g.id, lower(g.during)::text as "when", jsonb_build_object(${SPAN}, 'code', g.code, 'school', o.short_name) as "values"
    from records.post g join directory.organisation o on o.id = g.org_id`,
  class_teacher: sql`select g.person_id, g.id, lower(g.during)::text as "when", jsonb_build_object(${SPAN}, 'school', o.short_name,
      'years', round(policy.full_months(lower(g.during), least(coalesce(upper(g.during), (select db.today())), (select db.today())))::numeric / 12, 1)::text) as "values"
    from records.post g join directory.organisation o on o.id = g.org_id where g.code = 'class_teacher'`,
  training: sql`select g.person_id, g.id, g.occurred_on::text as "when",
      jsonb_build_object('name', g.title, 'occurredOn', g.occurred_on::text, 'hours', g.hours::text, 'credits', g.credits::text) as "values"
    from ledger.entry g where g.counter_of is null
      and not exists (select from ledger.entry c where c.person_id = g.person_id and c.counter_of = g.id)`,
}

/** Rows of a group: `person_id, id, version, when, values`. Row-level security holds. */
export function rowsOf(group: Group): RawBuilder<unknown> {
  if (group.table === null)
    return sql`select r.person_id, r.id, ${group.id === 'identity' ? sql`r.version` : sql`null::int`} as version, r."when", r."values" from (${READ[group.id]!}) r`
  return sql`select g.person_id, g.id, g.version, ${whenOf(group)} as "when", ${valuesIn(group)} as "values" from ${tableOf(group)} g`
}

/** What a row says and said: `values, known_from, known_until` (null: still). */
export function knownOf(group: Group, personId: string, rowId: string): RawBuilder<unknown> {
  if (group.id === 'identity')
    return sql`select jsonb_build_object(${IDENTITY}) as "values", g.known_from, null::timestamptz as known_until from directory.person g where g.id = ${personId}
      union all
      select jsonb_build_object(${IDENTITY}), g.known_from, g.known_until from directory.person_history g where g.id = ${personId}`
  return sql`select ${valuesIn(group)} as "values", g.known_from, null::timestamptz as known_until from ${tableOf(group)} g
      where g.person_id = ${personId} and g.id = ${rowId}
    union all
    select ${valuesIn(group)}, g.known_from, g.known_until from ${sql.table(`records.${group.table}_history`)} g
      where g.person_id = ${personId} and g.id = ${rowId}`
}
