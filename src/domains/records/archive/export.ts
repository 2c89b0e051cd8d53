/** A group of the record as a workbook, of everybody in scope at an organisation: never what is guarded, and what is sealed only masked. */
import { sql } from 'kysely'
import { refused } from '../../../base/errors.ts'
import type { Act } from '../../../platform/db/index.ts'
import type { Listed } from '../../../platform/privacy/index.ts'
import { type ExportColumn, exportFile, type Locale } from '../../../platform/sheets/index.ts'
import { fieldsOf, isGuarded } from './group.ts'
import { groupOf } from './groups.ts'
import { rowsOf } from './row.ts'
import type { Values } from './values.ts'

type Line = { personId: string; number: string; name: string; school: string; values: Values }

/** @throws Refusal `records.guarded` */
export async function exportGroup<T>(
  act: Act<T>,
  { groupId, orgId, locale }: { groupId: string; orgId?: string | undefined; locale: Locale },
): Promise<Listed> {
  const group = groupOf(groupId)
  if (!group || isGuarded(group)) throw refused('records.not_exported')
  const fields = fieldsOf(group)
  const { rows } =
    await sql<Line>`select p.id as person_id, p.number, p.name, o.short_name as school, r."values" from (${rowsOf(group)}) r
    join directory.person p on p.id = r.person_id join directory.organisation o on o.id = p.org_id
    where p.org_path <@ any ((select db.scope())::ltree[])
      and (${orgId ?? null}::uuid is null or p.org_path <@ (select x.path from directory.organisation x where x.id = ${orgId ?? null}::uuid))
    order by o.path, p.number, r."when" desc nulls last`.execute(act.tx)
  const words = await wordsOf(
    act,
    fields.flatMap(({ table }) => table ?? []),
  )
  const said = (table: string | undefined, value: Values[string] | undefined) => {
    if (value === true) return locale === 'en' ? 'yes' : '是'
    if (value === false) return locale === 'en' ? 'no' : '否'
    const word = table && value ? words.get(`${table} ${value}`) : undefined
    return word ? (locale === 'en' ? (word.en ?? word.zh) : word.zh) : (value ?? null)
  }
  const text = (key: string, header: { zh: string; en: string }, width = 18): ExportColumn => ({
    key,
    kind: 'text',
    header,
    width,
  })
  const file = await exportFile({
    title: group.title,
    columns: [
      text('number', { zh: '教师编号', en: 'Staff number' }),
      text('name', { zh: '姓名', en: 'Name' }),
      text('school', { zh: '单位', en: 'School' }, 24),
      ...fields.map(({ key, title, type }) =>
        type === 'date' ? { ...text(`v_${key}`, title), kind: 'date' as const } : text(`v_${key}`, title),
      ),
    ],
    rows: rows.map(({ values, ...line }) => ({
      ...line,
      ...Object.fromEntries(fields.map(({ key, table }) => [`v_${key}`, said(table, values[key])])),
    })),
    locale,
    at: new Date(act.now),
    note: act.actor.name,
  })
  return { file, personIds: rows.map(({ personId }) => personId) }
}

async function wordsOf<T>(act: Act<T>, tables: readonly string[]) {
  const { rows } = await sql<{ table: string; code: string; zh: string; en: string | null }>`
    select c."table", c.code, c.zh, c.en from records.code c where c."table" = any (${tables}::text[])`.execute(act.tx)
  return new Map(rows.map(({ table, code, ...word }) => [`${table} ${code}`, word]))
}
