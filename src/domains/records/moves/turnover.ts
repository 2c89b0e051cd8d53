/** Who came and who went: rates by organisation as indicators, reasons, and the people behind them. */
import { type RawBuilder, sql } from 'kysely'
import { addYears } from '../../../base/dates.ts'
import { invalid } from '../../../base/errors.ts'
import type { Act } from '../../../platform/db/index.ts'
import { defineIndicator, measureAll, type Span } from '../../../platform/indicators/index.ts'
import type { Listed } from '../../../platform/privacy/index.ts'
import { type ExportColumn, exportFile, type Locale } from '../../../platform/sheets/index.ts'
import { groundOf } from '../quality/check.ts'
import { yearOf } from './year.ts'

const clause = { document: 'JY/T 1001—2012 教育管理基础代码', article: 'JSBD 教师变动' }
const employed = ({ from }: Span): RawBuilder<unknown> =>
  sql`select n.org_path, n.people::numeric from records.employed_at(${from}::date) n`
const moved =
  (came: boolean) =>
  ({ from, until }: Span): RawBuilder<unknown> =>
    sql`select t.org_path, count(*)::numeric from records.turnover(${from}::date, ${until}::date, null) t where t.came = ${came} group by 1`

export const leavingRate = defineIndicator({
  id: 'records.leaving_rate',
  name: { zh: '教职工流出率', en: 'Share of staff who left' },
  definition: {
    zh: '期内离开学校的人次 ÷ 期初在职人数；校际调动计入调出学校',
    en: 'Departures from schools within the span, over the staff on its first day; moves between schools count at the school that was left',
  },
  unit: 'share',
  clause,
  numerator: moved(false),
  denominator: employed,
})
export const joiningRate = defineIndicator({
  id: 'records.joining_rate',
  name: { zh: '教职工流入率', en: 'Share of staff who joined' },
  definition: {
    zh: '期内进入学校的人次 ÷ 期初在职人数；校际调动计入调入学校',
    en: 'Arrivals at schools within the span, over the staff on its first day; moves between schools count at the school that was joined',
  },
  unit: 'share',
  clause,
  numerator: moved(true),
  denominator: employed,
})

/** Reasons in the words of people, as JY/T 1001 LXYY counts them. */
const KIND = sql`case when t.came then case when t.other_id is not null then 'moved_in'
      when exists (select from directory.employment b where b.person_id = t.person_id and b.kind = 'main' and lower(b.during) < t."on") then 'returned' else 'hired' end
    when t.other_id is not null then 'moved_out' when t.reason ~ '退休|离休|[Rr]etire' then 'retired' when t.reason ~ '辞职|[Rr]esign' then 'resigned' when t.reason ~ '合同|[Cc]ontract' then 'contract_ended'
    when t.reason ~ '辞退|解聘|开除|除名|[Dd]ismiss' then 'dismissed' when t.reason ~ '去世|逝世|死亡|病故|[Dd]ie|[Dd]ecease' then 'died' when t.reason ~ '调|[Tt]ransfer' then 'moved_out' else 'other' end`

export type TurnoverAsk = { orgId?: string | undefined; from?: string | undefined; until?: string | undefined }

/** A school year where nothing else is said. */
function spanOf(act: Act<unknown>, { from, until }: TurnoverAsk): Span {
  const begin = from ?? `${yearOf(act.today)}-09-01`
  const span = from || begin < act.today ? begin : `${yearOf(act.today) - 1}-09-01`
  const end = until ?? addYears(span, 1)
  if (end <= span) throw invalid('records.ends_before_it_begins')
  return { id: `${span}/${end}`, from: span, until: end }
}

export async function turnover<T>(act: Act<T>, ask: TurnoverAsk) {
  const span = spanOf(act as Act<unknown>, ask)
  const path = await groundOf(act, ask.orgId)
  const { rows: below } = await sql<{
    id: string
    kind: string
  }>`select o.id, o.kind from directory.organisation o where o.path <@ any ((select db.scope())::ltree[]) and o.kind <> 'department'
    and ${
      ask.orgId
        ? sql`(o.parent_id = ${ask.orgId} or o.id = ${ask.orgId})`
        : sql`(not exists (select from directory.organisation a where a.id = o.parent_id and a.path <@ any (db.scope())) or exists (select from directory.organisation a where a.id = o.parent_id and a.path <@ any (db.scope())
        and not exists (select from directory.organisation b where b.id = a.parent_id and b.path <@ any (db.scope()))))`
    } order by nlevel(o.path), o.path`.execute(act.tx)
  const [left, joined] = await measureAll(act, [leavingRate, joiningRate], { orgIds: below.map(({ id }) => id) }, span)
  const came = new Map(joined!.map((one) => [one.orgId, one]))
  const gone = new Map(left!.map((one) => [one.orgId, one]))
  const { rows: reasons } = await sql<{
    kind: string
    came: boolean
    people: number
  }>`select ${KIND} as kind, t.came, count(*)::int as people
    from records.turnover(${span.from}::date, ${span.until}::date, ${path}::ltree) t group by 1, 2 order by 2 desc, 3 desc, 1`.execute(
    act.tx,
  )
  return {
    from: span.from,
    until: span.until,
    rows: below.map(({ id: orgId, kind }) => ({
      orgId,
      kind,
      name: gone.get(orgId)?.orgName ?? '',
      staff: Number(gone.get(orgId)?.denominator ?? 0),
      left: Number(gone.get(orgId)?.numerator ?? 0),
      joined: Number(came.get(orgId)?.numerator ?? 0),
      leavingRate: gone.get(orgId)?.value ?? null,
      joiningRate: came.get(orgId)?.value ?? null,
    })),
    reasons,
    definitions: [leavingRate, joiningRate].map(({ id, name, definition }) => ({ id, name, definition: definition! })),
  }
}

export type TurnoverPerson = {
  personId: string
  number: string
  name: string
  orgName: string
  on: string
  came: boolean
  kind: string
  otherName: string | null
  reason: string | null
  seen: boolean
}

export async function turnoverPeople<T>(
  act: Act<T>,
  ask: TurnoverAsk & {
    came?: boolean | undefined
    kind?: string | undefined
    cursor?: string | undefined
    limit: number
  },
) {
  const span = spanOf(act as Act<unknown>, ask)
  const path = await groundOf(act, ask.orgId)
  const after = ask.cursor?.split('|') ?? []
  const found = sql`from (select t.*, ${KIND} as kind from records.turnover(${span.from}::date, ${span.until}::date, ${path}::ltree) t) x join directory.organisation o on o.id = x.org_id
    where (${ask.came ?? null}::boolean is null or x.came = ${ask.came ?? null}) and (${ask.kind ?? null}::text is null or x.kind = ${ask.kind ?? null})`
  const { rows } =
    await sql<TurnoverPerson>`select x.person_id, x.number, x.name, o.short_name as org_name, x."on"::text, x.came, x.kind, x.other_name, x.reason, x.seen ${found}
    and (${after.length < 3} or (x."on", x.number, x.came::text) > (${after[0] ?? null}::date, ${after[1] ?? null}, ${after[2] ?? null})) order by x."on", x.number, x.came::text limit ${ask.limit + 1}`.execute(
      act.tx,
    )
  const { rows: count } = await sql<{ total: number }>`select count(*)::int as total ${found}`.execute(act.tx)
  const shown = rows.slice(0, ask.limit)
  const last = shown.at(-1)
  return {
    rows: shown,
    next: rows.length > ask.limit && last ? `${last.on}|${last.number}|${last.came}` : null,
    total: count[0]!.total,
  }
}

const COLUMNS: ExportColumn[] = [
  { key: 'on', kind: 'date', header: { zh: '日期', en: 'Day' } },
  { key: 'direction', kind: 'text', header: { zh: '进出', en: 'In or out' } },
  { key: 'name', kind: 'text', header: { zh: '姓名', en: 'Name' } },
  { key: 'number', kind: 'text', header: { zh: '教职工号', en: 'Teacher number' } },
  { key: 'orgName', kind: 'text', header: { zh: '学校', en: 'School' }, width: 24 },
  { key: 'otherName', kind: 'text', header: { zh: '来自或去往', en: 'From or to' }, width: 24 },
  { key: 'reason', kind: 'text', header: { zh: '原因', en: 'Reason' }, width: 30 },
]

export async function turnoverBook<T>(act: Act<T>, ask: TurnoverAsk & { locale: Locale }): Promise<Listed> {
  const span = spanOf(act as Act<unknown>, ask)
  const { rows } = await turnoverPeople(act, { ...ask, limit: 200_000 })
  const said = (came: boolean) => (ask.locale === 'en' ? (came ? 'in' : 'out') : came ? '流入' : '流出')
  const file = await exportFile({
    title: { zh: '教职工变动', en: 'Turnover' },
    columns: COLUMNS,
    rows: rows.map((row) => ({ ...row, direction: said(row.came) })),
    locale: ask.locale,
    at: new Date(act.now),
    note: `${span.from} – ${span.until}`,
  })
  return { file, personIds: rows.map(({ personId }) => personId) }
}
