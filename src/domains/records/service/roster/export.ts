/** The roster as a workbook: the list of a filter, in the columns in which it can be sent back. */
import { sql } from 'kysely'
import { type Act, setBased } from '../../../../platform/db/index.ts'
import type { Listed } from '../../../../platform/privacy/index.ts'
import { type CodeEntry, type ExportColumn, exportFile, type Locale } from '../../../../platform/sheets/index.ts'
import { type Filter, where as peopleWhere } from '../../queries/people.ts'
import { roster } from './sheet.ts'
import { holding, standing } from './standing.ts'

type Row = {
  personId: string
  name: string
  idType: string
  masked: string | null
  sex: string
  birthDate: string | null
  number: string
  school: string
  category: string
  basis: string
  workSince: string | null
  entered: string | null
  stages: string[] | null
  subjects: string[] | null
  title: string[] | null
  posts: string[] | null
}

/** Never the identity number itself: its column has a name of its own, so that it is not taken for one when the list is sent back. */
const MASKED: ExportColumn = { key: 'masked', kind: 'text', header: { zh: '证件号掩码', en: 'Masked ID' }, width: 24 }

/** Everybody in scope who works at an organisation or is about to, as far as the filter goes. */
export async function exportPeople<T>(act: Act<T>, filter: Filter, locale: Locale): Promise<Listed> {
  const { sheet, tables } = await roster()
  const columns = sheet.columns.map(
    (column): ExportColumn =>
      column.key === 'idNumber' ? MASKED : column.kind === 'custom' ? { ...column, kind: 'text' } : column,
  )
  const rows = (await listOf(act, filter)).map((row) => ({
    ...row,
    stages: labels(tables.RKXD, row.stages, locale),
    subjects: labels(tables.ZXXKC, row.subjects, locale),
    title: labels(tables.TITLE, row.title, locale),
    posts: labels(tables.POST, row.posts, locale),
  }))
  const note = act.actor.name
  const file = await exportFile({ title: sheet.title, columns, rows, locale, at: new Date(act.now), note })
  return { file, personIds: rows.map(({ personId }) => personId) }
}

/** The words of codes in the order of the table. */
function labels(table: readonly CodeEntry[], codes: readonly string[] | null, locale: Locale): string | null {
  if (!codes || codes.length === 0) return null
  return table
    .filter(({ code }) => codes.includes(code))
    .map(({ zh, en }) => (locale === 'en' ? en : zh))
    .join(locale === 'en' ? '; ' : '、')
}

async function listOf<T>(act: Act<T>, filter: Filter): Promise<Row[]> {
  const { rows: heads } = await sql<{
    people: number
  }>`select count(*)::int as people from directory.person p where ${peopleWhere(filter)}`.execute(act.tx)
  await setBased(act, heads[0]!.people)
  const { rows } =
    await sql<Row>`with whose as materialized (select p.id as person_id from directory.person p where ${peopleWhere(filter)}), ${standing},
    teaches as (${holding('teaching', sql`array_agg(distinct f.stage) as stages, array_agg(distinct f.subject) as subjects`, act.today)} group by f.person_id),
    titled as (${holding('title', sql`array_agg(distinct f.level) as titles`, act.today)} group by f.person_id),
    posted as (select f.person_id, array_agg(distinct f.code) as posts from (${holding('post', sql`f.code, f.org_id`, act.today)}) f
      join latest l on l.person_id = f.person_id and l.org_id = f.org_id group by f.person_id)
    select p.id as person_id, p.name, p.id_type, p.id_masked as masked, p.sex, p.birth_date, p.number, g.name as school, l.category, l.basis, s.work_since, b.since as entered, t.stages, t.subjects, k.titles as title, o.posts
    from latest l join begun b on b.person_id = l.person_id join directory.person p on p.id = l.person_id join directory.organisation g on g.id = l.org_id
      left join records.service s on s.person_id = l.person_id left join teaches t on t.person_id = l.person_id left join titled k on k.person_id = l.person_id left join posted o on o.person_id = l.person_id
    where upper_inf(l.during) or upper(l.during) > ${act.today}::date
    order by g.path, p.number`.execute(act.tx)
  return rows
}
