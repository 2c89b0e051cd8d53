/** The archive of designations: lists for offices, one's own, one with all that belongs to it, and the list as a workbook. */
import { type RawBuilder, sql } from 'kysely'
import { notFound } from '../../../base/errors.ts'
import type { Act } from '../../db/index.ts'
import { formOf, surveyOf, told } from '../../forms/index.ts'
import type { Bilingual } from '../../policy/contract.ts'
import type { Listed } from '../../privacy/index.ts'
import { type ExportColumn, exportFile, type Locale } from '../../sheets/index.ts'
import type { Definition } from '../contract/definition.ts'
import type { Key } from './tenure.ts'

export type Filters = {
  q?: string | undefined
  kind?: string | undefined
  level?: string | undefined
  orgId?: string | undefined
  on?: string | undefined
  expiring?: number | undefined
  unassessed?: number | undefined
}

type Row = Key & {
  personId: string | null
  name: string
  org: string
  kind: string
  title: Bilingual
  level: 'national' | 'city' | 'district' | 'school'
  from: string
  until: string | null
  state: 'coming' | 'holding' | 'over' | 'removed'
  removedOn: string | null
  circular: string | null
  certificate: string | null
  lastYear: number | null
  lastGrade: Bilingual | null
}

/** Whether `cases.designation d` is held on a day: its term runs and nobody has taken it away by then. */
export const heldOn = (day: RawBuilder<unknown>) =>
  sql`d.during @> ${day} and (d.removed_on is null or d.removed_on > ${day})`
const today = sql`db.today()`

const ROW = sql`d.holder_id, d.id as designation_id, d.person_id, coalesce(p.name, f.name, o.name, '—') as name, coalesce(o.short_name, '') as org, d.kind, d.title, d.level,
  lower(d.during)::text as "from", (upper(d.during) - 1)::text as until,
  case when d.removed_on <= ${today} then 'removed' when lower(d.during) > ${today} then 'coming' when d.during @> ${today} then 'holding' else 'over' end as state,
  d.removed_on, d.circular, f.label as certificate, s.year as last_year, s.grade as last_grade`
/** Grades by their words, as the call has them. */
const GRADE = (grade: RawBuilder<unknown>) =>
  sql`coalesce((select g -> 'title' from jsonb_array_elements(c.definition -> 'result' -> 'assessment' -> 'grades') g where g ->> 'id' = ${grade}),
    jsonb_build_object('zh', ${grade}, 'en', ${grade}))`
const FROM = sql`cases.designation d left join directory.person p on p.id = d.person_id left join directory.organisation o on o.id = d.org_id
  left join cases.call c on c.id = d.call_id
  left join lateral (select x.label, x.facts ->> 'name' as name from documents.document x where x.id = d.document_id) f on true
  left join lateral (select x.year, ${GRADE(sql`x.grade`)} as grade from cases.assessment x where x.holder_id = d.holder_id and x.designation_id = d.id
    order by x.year desc limit 1) s on true`

const matching = ({ q, kind, level, orgId, on, expiring, unassessed }: Filters) =>
  sql.join(
    [
      sql`true`,
      ...(q ? [sql`(position(${q} in coalesce(p.name, f.name, o.name, '')) > 0 or p.number = ${q})`] : []),
      ...(kind ? [sql`d.kind = ${kind}`] : []),
      ...(level ? [sql`d.level = ${level}`] : []),
      ...(orgId ? [sql`d.org_path <@ (select x.path from directory.organisation x where x.id = ${orgId})`] : []),
      ...(on ? [heldOn(sql`${on}::date`)] : []),
      ...(expiring ? [sql`${heldOn(today)} and upper(d.during) - 1 <= ${today} + ${expiring}::int`] : []),
      ...(unassessed
        ? [
            sql`d.during && daterange(make_date(${unassessed}, 1, 1), make_date(${unassessed + 1}, 1, 1)) and d.removed_on is null
              and c.definition -> 'result' ? 'assessment' and not exists (select from cases.assessment x
                where x.holder_id = d.holder_id and x.designation_id = d.id and x.year = ${unassessed})`,
          ]
        : []),
    ],
    sql` and `,
  )

/** The latest first. */
export async function designationsOf<T>(
  act: Act<T>,
  { cursor, limit, ...filters }: Filters & { cursor?: string | undefined; limit: number },
) {
  const [from, id] = cursor?.split('|') ?? []
  const where = matching(filters)
  const { rows } = await sql<Row>`select ${ROW} from ${FROM} where ${where}
    ${from ? sql`and (lower(d.during), d.id) < (${from}::date, ${id}::uuid)` : sql``}
    order by lower(d.during) desc, d.id desc limit ${limit + 1}`.execute(act.tx)
  const { rows: count } = await sql<{
    total: number
  }>`select count(*)::int as total from ${FROM} where ${where}`.execute(act.tx)
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return {
    rows: rows.slice(0, limit),
    next: last ? `${last.from}|${last.designationId}` : null,
    total: count[0]!.total,
  }
}

export async function designationKinds<T>(act: Act<T>) {
  const { rows } = await sql<{ kind: string; title: Bilingual; level: Row['level']; holding: number }>`
    select d.kind, (array_agg(d.title order by d.made_at desc))[1] as title, (array_agg(d.level order by d.made_at desc))[1] as level,
      (count(*) filter (where ${heldOn(today)}))::int as holding
    from cases.designation d group by d.kind order by d.kind`.execute(act.tx)
  return rows
}

type Result = Definition['result']
type Whole = Row & {
  duties: Bilingual[]
  removedWhy: string | null
  callId: string | null
  definition: Definition | null
}
type Assessment = Key & {
  year: number
  grade: Bilingual
  formVersion: string | null
  answers: Record<string, unknown>
  words: string | null
  by: string
  at: string
}
type Member = Key & { id: string; name: string; org: string; from: string; until: string | null }

async function whole<T>(act: Act<T>, where: RawBuilder<unknown>, locale: Locale) {
  const { rows } =
    await sql<Whole>`select ${ROW}, d.duties, d.removed_why, d.call_id, c.definition from ${FROM} where ${where}
    order by lower(d.during) desc, d.id`.execute(act.tx)
  const ids = rows.map(({ designationId }) => designationId)
  const { rows: assessments } =
    await sql<Assessment>`select x.holder_id, x.designation_id, x.year, ${GRADE(sql`x.grade`)} as grade, x.form_version, x.answers, x.words, x.by_name as by, x.at
    from cases.assessment x join cases.designation d on d.holder_id = x.holder_id and d.id = x.designation_id left join cases.call c on c.id = d.call_id
    where x.designation_id = any (${ids}::uuid[]) order by x.year desc`.execute(act.tx)
  const { rows: members } =
    await sql<Member>`select m.holder_id, m.designation_id, m.id, m.name, coalesce(o.short_name, '') as org,
      lower(m.during)::text as "from", (upper(m.during) - 1)::text as until
    from cases.member m left join directory.person p on p.id = m.person_id left join directory.organisation o on o.id = p.org_id
    where m.designation_id = any (${ids}::uuid[]) order by upper(m.during) nulls first, m.name collate "zh-x-icu"`.execute(
      act.tx,
    )
  const read = await Promise.all(
    assessments.map(async ({ formVersion, answers, ...one }) => ({
      ...one,
      answers: formVersion ? told(await formOf(act, formVersion), answers, locale) : [],
    })),
  )
  return rows.map(({ definition, ...row }) => {
    const result: Result | undefined = definition?.result
    const mine = ({ designationId }: Key) => designationId === row.designationId
    return {
      ...row,
      callTitle: definition?.title ?? null,
      grades: result?.assessment?.grades ?? [],
      assessed: result?.assessment !== undefined,
      form: result?.assessment?.form ? (surveyOf(result.assessment.form as never) as Record<string, unknown>) : null,
      mostMembers: result?.members?.most ?? null,
      assessments: read
        .filter(mine)
        .map(({ year, grade, words, answers, by, at }) => ({ year, grade, words, answers, by, at })),
      members: members.filter(mine).map(({ id, name, org, from, until }) => ({ id, name, org, from, until })),
    }
  })
}

/** @throws Refusal `not_found` */
export async function designationOf<T>(act: Act<T>, { holderId, designationId, locale }: Key & { locale: Locale }) {
  const [found] = await whole(act, sql`d.holder_id = ${holderId} and d.id = ${designationId}`, locale)
  if (!found) throw notFound('designation')
  return found
}

export async function myDesignations<T>(act: Act<T>, locale: Locale) {
  const { person } = act.actor
  if (!person) return { held: [], memberOf: [] }
  const { rows } = await sql<{
    designationId: string
    title: Bilingual
    host: string
    from: string
    until: string | null
  }>`
    select s.designation_id, s.title, s.host, s."from", s.until from cases.my_studios() s`.execute(act.tx)
  return { held: await whole(act, sql`d.holder_id = ${person}`, locale), memberOf: rows }
}

const LEVELS = {
  name: '称号级别',
  entries: [
    { code: 'national', labels: { 'zh-CN': '国家级', en: 'National' } },
    { code: 'city', labels: { 'zh-CN': '市级', en: 'City' } },
    { code: 'district', labels: { 'zh-CN': '区级', en: 'District' } },
    { code: 'school', labels: { 'zh-CN': '校级', en: 'School' } },
  ],
}
const column = (key: string, kind: ExportColumn['kind'], zh: string, en: string): ExportColumn => ({
  key,
  kind,
  header: { zh, en },
})

export async function exportDesignations<T>(
  act: Act<T>,
  { locale, ...filters }: Filters & { locale: Locale },
): Promise<Listed> {
  const { rows } = await sql<Row>`select ${ROW} from ${FROM} where ${matching(filters)}
    order by d.level, d.kind, o.path, coalesce(p.name, o.name) collate "zh-x-icu", d.id`.execute(act.tx)
  const english = locale === 'en'
  const level = (code: string) =>
    LEVELS.entries.find((entry) => entry.code === code)?.labels[english ? 'en' : 'zh-CN'] ?? code
  const pick = (text: Bilingual | null) => text && (english ? text.en : text.zh)
  const file = await exportFile({
    title: { zh: '称号名册', en: 'Designations' },
    columns: [
      column('name', 'text', '姓名或单位', 'Holder'),
      column('org', 'text', '所在单位', 'Organisation'),
      column('title', 'text', '称号', 'Designation'),
      column('level', 'text', '级别', 'Level'),
      column('from', 'date', '起始日期', 'From'),
      column('until', 'date', '截止日期', 'Until'),
      column('removedOn', 'date', '撤销日期', 'Removed on'),
      column('certificate', 'text', '证书编号', 'Certificate'),
      column('circular', 'text', '公布文号', 'Circular'),
      column('lastYear', 'integer', '最近考核年度', 'Last assessed'),
      column('lastGrade', 'text', '考核等次', 'Grade'),
    ],
    rows: rows.map((row) => ({
      ...row,
      title: pick(row.title),
      level: level(row.level),
      lastGrade: pick(row.lastGrade),
    })),
    locale,
    at: new Date(act.now),
    note: act.actor.name,
  })
  return { file, personIds: rows.flatMap(({ personId }) => personId ?? []) }
}
