/** The product's answer to a request for data: what the record holds of what was asked for, one line a person, within the asking office's scope. */
import { type RawBuilder, sql } from 'kysely'
import { notFound, refused } from '../../../base/errors.ts'
import { record } from '../../../platform/audit/index.ts'
import type { Act } from '../../../platform/db/index.ts'
import { type ExportColumn, exportFile, type Locale } from '../../../platform/sheets/index.ts'
import { fieldsOf, groups, rowsOf } from '../../records/index.ts'
import { heldField } from '../register/held.ts'

type Said = Record<string, string | boolean | null>
type Line = { number: string; name: string; school: string } & Record<`g${number}`, Said | null>

/** @throws Refusal `burden.nothing_held` */
export async function exportAnswer<T>(act: Act<T>, itemId: string, locale: Locale): Promise<File> {
  const { rows: found } = await sql<{
    title: string
    held: string[]
    path: string
  }>`select i.title, i.held, i.org_path::text as path from burden.item i
    where i.id = ${itemId} and i.state in ('open', 'answered') and i.org_path <@ any (db.scope())`.execute(act.tx)
  if (!found[0]) throw notFound('item')
  const fields = found[0].held.flatMap((id) => heldField(id) ?? [])
  if (fields.length === 0) throw refused('burden.nothing_held')
  const wanted = groups.filter(({ id }) => fields.some(({ groupId }) => groupId === id))
  // The newest row of each group; only what was asked for leaves it.
  const column = (group: (typeof wanted)[number]): RawBuilder<unknown> => {
    const keys = fields.filter(({ groupId }) => groupId === group.id).map(({ key }) => key)
    return sql`(select jsonb_object_agg(k.key, k.value) from (select r."values" from (${rowsOf(group)}) r where r.person_id = p.id
      order by r."when" desc nulls last limit 1) v, jsonb_each(v."values") k where k.key = any (${keys}::text[]))`
  }
  const columns = wanted.map((group, nth) => sql`${column(group)} as ${sql.ref(`g${nth}`)}`)
  const { rows } = await sql<Line>`select p.number, p.name, o.short_name as school, ${sql.join(columns)}
    from directory.person p join directory.organisation o on o.id = p.org_id
    where p.org_path <@ ${found[0].path}::ltree and p.org_path <@ any ((select db.scope())::ltree[]) order by o.path, p.number limit 200000`.execute(
    act.tx,
  )
  const words = await wordsOf(act)
  const text = (key: string, zh: string, en: string, width = 18): ExportColumn => ({
    key,
    kind: 'text',
    header: { zh, en },
    width,
  })
  const typed = fields.map((field) => {
    const group = groups.find(({ id }) => id === field.groupId)!
    return { ...field, nth: wanted.indexOf(group), declared: fieldsOf(group).find(({ key }) => key === field.key)! }
  })
  const said = (table: string | undefined, value: string | boolean | null | undefined) => {
    if (typeof value === 'boolean') return locale === 'en' ? (value ? 'yes' : 'no') : value ? '是' : '否'
    const word = table && value ? words.get(`${table} ${value}`) : undefined
    return word ? (locale === 'en' ? (word.en ?? word.zh) : word.zh) : (value ?? null)
  }
  await record(act, {
    action: 'burden.answer_fetched',
    subject: { kind: 'burden_item', id: itemId },
    orgPath: found[0].path,
    after: { fields: fields.map(({ id }) => id), people: rows.length },
  })
  return exportFile({
    title: { zh: found[0].title.slice(0, 40), en: found[0].title.slice(0, 40) },
    columns: [
      text('number', '教师编号', 'Staff number'),
      text('name', '姓名', 'Name'),
      text('school', '单位', 'School', 24),
      ...typed.map(({ field, declared }, nth) => ({
        ...text(`v${nth}`, field.zh, field.en),
        ...(declared.type === 'date' ? { kind: 'date' as const } : {}),
      })),
    ],
    rows: rows.map((row) => ({
      number: row.number,
      name: row.name,
      school: row.school,
      ...Object.fromEntries(
        typed.map(({ nth, key, declared }, at) => [`v${at}`, said(declared.table, row[`g${nth}`]?.[key])]),
      ),
    })),
    locale,
    at: new Date(act.now),
    note: act.actor.name,
  })
}

async function wordsOf<T>(act: Act<T>) {
  const { rows } = await sql<{
    table: string
    code: string
    zh: string
    en: string | null
  }>`select c."table", c.code, c.zh, c.en from records.code c`.execute(act.tx)
  return new Map(rows.map(({ table, code, ...word }) => [`${table} ${code}`, word]))
}
