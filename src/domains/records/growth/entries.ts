/** A professional life as entries: which groups of the record tell it and by which words, training by the year, completions and designations. */
import { sql } from 'kysely'
import type { z } from 'zod'
import { fullYears } from '../../../base/dates.ts'
import { notFound } from '../../../base/errors.ts'
import type { Act } from '../../../platform/db/index.ts'
import { fieldsOf } from '../archive/group.ts'
import { groupOf } from '../archive/groups.ts'
import { archiveOf, type Row } from '../archive/read.ts'
import type { growthEntry, growthFile } from '../contract/growth.ts'

export type Growth = z.infer<typeof growthFile>
export type Entry = z.infer<typeof growthEntry>
type Bilingual = { zh: string; en: string }
type Words = (table: string | undefined, value: string) => Bilingual

/** What is told of a group: fields of the title and of the line below it, by their keys. Contact, health, leave, appraisals and sanctions are told nowhere. */
type Telling = {
  kind: Entry['kind']
  title: readonly string[]
  detail: readonly string[]
  /** Before the title. */
  before?: Bilingual
  credential?: string
}
const TOLD: Record<string, Telling> = {
  education: { kind: 'study', title: ['institution', 'major'], detail: ['level', 'degree', 'mode'] },
  employment: { kind: 'work', title: ['school'], detail: ['category', 'basis'] },
  posts: { kind: 'post', title: ['code'], detail: ['school'] },
  grade: { kind: 'post', title: ['grade'], detail: [], before: { zh: '聘任岗位', en: 'Appointed' } },
  class_teacher: { kind: 'post', title: [], detail: ['school'], before: { zh: '担任班主任', en: 'Class teacher' } },
  title: { kind: 'title', title: ['level'], detail: ['subject', 'certificateNo'], credential: 'records.title' },
  certificate: {
    kind: 'title',
    title: ['category'],
    detail: ['subject', 'issuer'],
    before: { zh: '取得', en: 'Certificate:' },
  },
  language: { kind: 'title', title: ['kind', 'grade', 'other'], detail: [] },
  specialty: { kind: 'training', title: ['kind'], detail: ['level'] },
  // The other one's name stays in the record.
  mentoring: { kind: 'guiding', title: ['role'], detail: ['outcome'], before: { zh: '师徒结对', en: 'Mentoring:' } },
  rotation: { kind: 'work', title: ['kind'], detail: ['host', 'direction'] },
  honour: { kind: 'honour', title: ['name'], detail: ['level'], credential: 'records.honour' },
  research: { kind: 'research', title: ['name'], detail: ['kind', 'level', 'publisher'] },
}
const NOTHING: Bilingual = { zh: '', en: '' }

/** @throws Refusal `not_found` outside the scope */
export async function growthOf<T>(act: Act<T>, personId: string): Promise<Growth> {
  const head = await headOf(act, personId)
  const rows = (await archiveOf(act, personId)).filter(
    ({ groupId, values }) => TOLD[groupId] && !(groupId === 'posts' && values.code === 'class_teacher'),
  )
  const words = await wordsOf(act)
  const entries = [
    ...rows.map((row) => entryOf(row, words)),
    ...beginnings(head),
    ...(await trainingYears(act, personId)),
    ...(await papersOf(act, personId)),
  ].map((entry): Entry => ({ ...entry, year: entry.from === null ? null : Number(entry.from.slice(0, 4)) }))
  const { workSince, teachingSince, ...holder } = head
  return {
    format: 'qiangshi-growth-file',
    version: 1,
    asOf: act.today,
    holder,
    workSince,
    teachingSince,
    entries: entries.sort((a, b) => (b.from ?? '').localeCompare(a.from ?? '') || a.kind.localeCompare(b.kind)),
  }
}

type Figure = { key: 'taught' | 'honours' | 'research_n' | 'trainings'; value: number | null }

/** Whole years taught, and how much holds of what is counted. */
export function figuresOf({ asOf, teachingSince, entries }: Growth): Figure[] {
  const count = (kind: Entry['kind']) =>
    entries.filter((entry) => entry.kind === kind && entry.state === 'holds').length
  return [
    { key: 'taught', value: teachingSince === null ? null : Math.max(0, fullYears(teachingSince, asOf)) },
    { key: 'honours', value: count('honour') },
    { key: 'research_n', value: count('research') },
    { key: 'trainings', value: count('training') },
  ]
}

type Head = Growth['holder'] & { workSince: string | null; teachingSince: string | null }

async function headOf<T>(act: Act<T>, personId: string): Promise<Head> {
  const { rows } = await sql<Head>`select p.name, p.number, s.work_since, s.teaching_since,
      jsonb_build_object('zh', o.name, 'en', coalesce(o.name_en, o.name)) as school,
      (select jsonb_build_object('zh', d.name, 'en', coalesce(d.name_en, d.name)) from directory.organisation d where d.path @> o.path and d.kind = 'district'
        order by nlevel(d.path) desc limit 1) as district
    from directory.person p join directory.organisation o on o.id = p.org_id left join records.service s on s.person_id = p.id
    where p.id = ${personId}`.execute(act.tx)
  if (!rows[0]) throw notFound('person')
  return rows[0]
}

type Unplaced = Omit<Entry, 'year'>
const plain = { detail: null, until: null, state: 'holds', stateOn: null, credential: null } as const

function entryOf({ groupId, id, values }: Row, words: Words): Unplaced {
  const { kind, title, detail, before = NOTHING, credential } = TOLD[groupId]!
  const group = groupOf(groupId)!
  const fields = new Map(fieldsOf(group).map((field) => [field.key, field]))
  const said = (keys: readonly string[]): Bilingual[] =>
    keys.flatMap((key) => {
      const value = values[key]
      return typeof value === 'string' && value !== '' ? [words(fields.get(key)?.table, value)] : []
    })
  const text = (key: string): string | null => (typeof values[key] === 'string' ? values[key] : null)
  const lost = groupId === 'certificate' && values.state != null
  const below = said(detail)
  const from = group.dated === 'span' ? text('from') : group.dated === 'none' ? null : text(group.dated.on)
  return {
    ...plain,
    kind,
    from,
    until: group.dated === 'span' ? text('until') : null,
    title: joined([before, ...said(title)], ' '),
    detail: below.length > 0 ? joined(below, '·') : null,
    ...(lost ? { state: 'revoked' as const, stateOn: text('endedOn') } : {}),
    credential: credential ? { source: credential, subjectId: id } : null,
  }
}

/** Chinese words that stand in a title need no space; in the line below they are kept apart. */
function joined(parts: readonly Bilingual[], mark: ' ' | '·'): Bilingual {
  const all = parts.filter(({ zh }) => zh !== '')
  return {
    zh: all.map(({ zh }) => zh).join(mark === ' ' ? ' ' : ' · '),
    en: all.map(({ en }) => en).join(mark === ' ' ? ' ' : ' · '),
  }
}

function beginnings({ workSince, teachingSince }: Head): Unplaced[] {
  const same = workSince !== null && workSince === teachingSince
  const entry = (from: string | null, zh: string, en: string): Unplaced[] =>
    from === null ? [] : [{ ...plain, kind: 'work', from, title: { zh, en } }]
  if (same) return entry(workSince, '参加工作，开始任教', 'Began to work and to teach')
  return [...entry(workSince, '参加工作', 'Began to work'), ...entry(teachingSince, '开始任教', 'Began to teach')]
}

/** What was recognised in a year, without what was taken back. It stands at the last day of it that has anything. */
async function trainingYears<T>(act: Act<T>, personId: string): Promise<Unplaced[]> {
  const { rows } = await sql<{ year: number; last: string; count: number; hours: string; credits: string }>`
    select extract(year from g.occurred_on)::int as year, max(g.occurred_on)::text as last, count(*)::int as count,
      trim_scale(sum(g.hours))::text as hours, trim_scale(sum(g.credits))::text as credits
    from ledger.entry g where g.person_id = ${personId} and g.counter_of is null
      and not exists (select from ledger.entry c where c.person_id = g.person_id and c.counter_of = g.id)
    group by 1`.execute(act.tx)
  return rows.map(({ year, last, count, hours, credits }) => ({
    ...plain,
    kind: 'training',
    from: last,
    title: { zh: `${year}年培训 ${hours}学时`, en: `Training in ${year}: ${hours} hours` },
    detail: { zh: `${count}项，认定${credits}学分`, en: `${count} in all, ${credits} credits` },
  }))
}

/** Certificates of completion and designations; what was taken back stays and says so. */
async function papersOf<T>(act: Act<T>, personId: string): Promise<Unplaced[]> {
  const { rows } = await sql<Omit<Unplaced, 'credential'> & { source: string; subjectId: string }>`
    select 'training' as kind, (d.facts ->> 'day')::date::text as "from", null::text as until,
      jsonb_build_object('zh', '结业：' || (d.facts ->> 'class'), 'en', 'Completed: ' || coalesce(nullif(d.facts ->> 'classEn', ''), d.facts ->> 'class')) as title,
      jsonb_build_object('zh', concat_ws(' · ', d.facts ->> 'issuer', d.label), 'en', concat_ws(' · ', d.facts ->> 'issuer', d.label)) as detail,
      case when d.revoked_at is null then 'holds' when d.revoked_reason = 'credits_corrected' then 'corrected' else 'revoked' end as state,
      (d.revoked_at at time zone 'Asia/Shanghai')::date::text as state_on, 'training.certificate' as source, d.id as subject_id
    from documents.document d where d.person_id = ${personId} and d.kind = 'certificate' and d.subject_kind = 'training_class'
    union all
    select 'honour', lower(d.during)::text, (upper(d.during) - 1)::text, d.title,
      jsonb_build_object('zh', concat_ws(' · ', f.facts ->> 'issuer', d.circular), 'en', concat_ws(' · ', f.facts ->> 'issuer', d.circular)),
      case when d.removed_on <= db.today() then 'revoked' else 'holds' end, case when d.removed_on <= db.today() then d.removed_on::text end,
      'cases.designation', d.id
    from cases.designation d left join documents.document f on f.id = d.document_id where d.person_id = ${personId}`.execute(
    act.tx,
  )
  return rows.map(({ source, subjectId, ...row }) => ({
    ...row,
    detail: row.detail?.zh ? row.detail : null,
    credential: row.state === 'holds' ? { source, subjectId } : null,
  }))
}

async function wordsOf<T>(act: Act<T>): Promise<Words> {
  const tables = Object.keys(TOLD).flatMap((id) => groupOf(id)?.fields.flatMap(({ table }) => table ?? []) ?? [])
  const { rows } = await sql<{ table: string; code: string; zh: string; en: string | null }>`
    select c."table", c.code, c.zh, c.en from records.code c where c."table" = any (${tables}::text[])`.execute(act.tx)
  const known = new Map(rows.map(({ table, code, zh, en }) => [`${table} ${code}`, { zh, en: en ?? zh }]))
  return (table, value) => (table ? known.get(`${table} ${value}`) : undefined) ?? { zh: value, en: value }
}
