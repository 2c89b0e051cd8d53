/** Who reaches the statutory age of retirement and when, by the figures of the pack: the default; what was approved for a person goes before it. */
import { sql } from 'kysely'
import { addYears } from '../../../base/dates.ts'
import type { Act } from '../../../platform/db/index.ts'
import { authorityOf, type Found, parameters } from '../../../platform/policy/index.ts'
import type { Listed } from '../../../platform/privacy/index.ts'
import { type ExportColumn, exportFile, type Locale } from '../../../platform/sheets/index.ts'
import { groundOf } from '../quality/check.ts'

export type RetirementAsk = { orgId?: string | undefined; from?: string | undefined; until?: string | undefined }
export type Retiring = {
  personId: string
  number: string
  name: string
  sex: string
  birthDate: string
  orgName: string
  category: string
  title: string | null
  subjects: string[]
  retiresOn: string
  approved: boolean
  past: boolean
}

const FIGURES = ['retirement.men', 'retirement.women_55', 'retirement.women_50'] as const
/** As far as people plan ahead. */
const YEARS = 5

async function figures<T>(act: Act<T>, orgId: string | undefined, until: string): Promise<Found[]> {
  const { rows } = await sql<{
    id: string
  }>`select o.id from directory.organisation o where o.path <@ any ((select db.scope())::ltree[])
    and (${orgId ?? null}::uuid is null or o.id = ${orgId ?? null}) and exists (select from directory.organisation a where a.path @> o.path and a.authority is not null) order by nlevel(o.path), o.path limit 1`.execute(
    act.tx,
  )
  // The figures are the state's: whoever has no pack of their own goes by them.
  const pack = await parameters(act, rows[0] ? await authorityOf(act, rows[0].id) : 'national')
  return FIGURES.map((id) => pack.value(id, until))
}

async function asked<T>(act: Act<T>, ask: RetirementAsk) {
  const from = ask.from ?? act.today
  const until = ask.until ?? addYears(act.today, YEARS)
  const path = await groundOf(act, ask.orgId)
  const found = await figures(act, ask.orgId, until)
  const [men, women, workers] = found.map(({ value }) => sql`${JSON.stringify(value)}::jsonb`)
  // Whoever is past the day and still employed is on the list from the first day on.
  const people = sql`select p.id as person_id, p.number, p.name, p.sex, p.birth_date, p.org_id, p.org_path, e.category, a.approved_on is not null as approved,
      coalesce(a.approved_on, policy.retirement_on(p.birth_date, case when p.sex = '1' then ${men} when e.category = '14' then ${workers} else ${women} end)) as retires_on
    from directory.person p join directory.employment e on e.person_id = p.id and e.kind = 'main' and e.during @> (select db.today())
      left join (select r.person_id, max(r.approved_on) as approved_on from records.retirement r group by 1) a on a.person_id = p.id
    where p.org_path <@ any ((select db.scope())::ltree[]) and (${path}::ltree is null or p.org_path <@ ${path}::ltree) and p.sex in ('1', '2')
      and (a.approved_on is not null or p.birth_date < ${until}::date - interval '50 years')`
  const wanted = sql`with r as materialized (${people}), due as (select r.* from r where r.retires_on < ${until}::date and (r.retires_on >= ${from}::date or ${from}::date = db.today()))`
  return { from, until, found, wanted, path }
}

/** The list by day, with what is missing for it: people without a date of birth or sex are in none. */
export async function retirements<T>(act: Act<T>, ask: RetirementAsk & { cursor?: string | undefined; limit: number }) {
  const { from, until, found, wanted, path } = await asked(act, ask)
  const after = ask.cursor?.split('|') ?? []
  const { rows } =
    await sql<Retiring>`${wanted}, chosen as (select d.* from due d where ${after.length < 2} or (d.retires_on, d.number) > (${after[0] ?? null}::date, ${after[1] ?? null})
      order by d.retires_on, d.number limit ${ask.limit + 1})
    select d.person_id, d.number, d.name, d.sex, d.birth_date::text, o.short_name as org_name, d.category, d.retires_on::text, d.approved, d.retires_on <= db.today() as past,
      (select t.level from records.title t where t.person_id = d.person_id and t.during @> db.today()) as title,
      array(select distinct t.subject from records.teaching t where t.person_id = d.person_id and t.during @> db.today() order by 1) as subjects
    from chosen d join directory.organisation o on o.id = d.org_id order by d.retires_on, d.number`.execute(act.tx)
  const { rows: years } = await sql<{
    year: number
    people: number
    men: number
    teachers: number
  }>`${wanted} select extract(year from greatest(d.retires_on, db.today()))::int as year, count(*)::int as people,
    (count(*) filter (where d.sex = '1'))::int as men, (count(*) filter (where d.category = '11'))::int as teachers from due d group by 1 order by 1`.execute(
    act.tx,
  )
  const { rows: schools } = await sql<{
    orgId: string
    name: string
    people: number
  }>`${wanted} select o.id as org_id, o.short_name as name, count(*)::int as people
    from due d join directory.organisation o on o.id = d.org_id group by o.id, o.short_name order by 3 desc, 2 limit 30`.execute(
    act.tx,
  )
  const { rows: unknown } = await sql<{
    unknown: number
  }>`select count(*)::int as unknown from directory.person p join directory.employment e on e.person_id = p.id and e.kind = 'main' and e.during @> db.today()
    where p.org_path <@ any ((select db.scope())::ltree[]) and (${path}::ltree is null or p.org_path <@ ${path}::ltree) and (p.birth_date is null or p.sex not in ('1', '2'))`.execute(
    act.tx,
  )
  const shown = rows.slice(0, ask.limit)
  const last = shown.at(-1)
  return {
    from,
    until,
    rows: shown,
    next: rows.length > ask.limit && last ? `${last.retiresOn}|${last.number}` : null,
    total: years.reduce((sum, { people }) => sum + people, 0),
    years,
    schools,
    unknown: unknown[0]!.unknown,
    rule: found.map(({ id, value, clause, confidence }) => ({
      id,
      value: value as Record<string, number>,
      clause,
      confidence,
    })),
  }
}

const COLUMNS: ExportColumn[] = [
  { key: 'retiresOn', kind: 'date', header: { zh: '推算退休日期', en: 'Retires on (calculated)' } },
  { key: 'name', kind: 'text', header: { zh: '姓名', en: 'Name' } },
  { key: 'number', kind: 'text', header: { zh: '教职工号', en: 'Teacher number' } },
  { key: 'orgName', kind: 'text', header: { zh: '学校', en: 'School' }, width: 24 },
  { key: 'birthDate', kind: 'date', header: { zh: '出生日期', en: 'Date of birth' } },
]

export async function retirementBook<T>(act: Act<T>, ask: RetirementAsk & { locale: Locale }): Promise<Listed> {
  const { rows, until } = await retirements(act, { ...ask, limit: 100_000 })
  const file = await exportFile({
    title: { zh: '退休名单', en: 'Retirements' },
    columns: COLUMNS,
    rows,
    locale: ask.locale,
    at: new Date(act.now),
    note: until,
  })
  return { file, personIds: rows.map(({ personId }) => personId) }
}
