/** Credits: one person's standing with every entry, and the standing of many as one statement. */
import { sql } from 'kysely'
import { type Act, prepared } from '../../../platform/db/index.ts'
import { totalsOf } from '../../../platform/ledger/index.ts'
import type { CreditSort } from '../contract/orders.ts'
import { cycleOf, standing } from '../rules/credits.ts'
import { type Figures, shownFigure } from '../service/figures.ts'
import { classOfEntry } from './entry-class.ts'
import { besideTotal, byFigure, byText, keyset, type Order, pageOf, type SortKey } from './keyset.ts'

export type EntryRow = {
  id: string
  creditYear: number
  occurredOn: string
  kind: string
  level: string
  hours: string
  credits: string
  title: string
  titleEn: string
  sourceKind: string
  sourceId: string
  counterOf: string | null
  countered: boolean
  reason: string | null
  locked: boolean
  objection: (OwnAnswer & { id: string; state: string; text: string; answer: string | null; dueOn: string }) | null
}

/** English title of a ledger entry `e`: the class it came from, where it has one; empty otherwise. */
export const entryTitleEn = sql`coalesce((select c.name_en from training.class c where c.id = ${classOfEntry}), '')`

/** What came of an upheld objection. */
export type OwnAnswer = {
  remedy: 'take_back' | 'correct' | 'enter' | null
  newEntry: {
    id: string
    title: string
    titleEn: string
    kind: string
    level: string
    hours: string
    credits: string
    occurredOn: string
    creditYear: number
  } | null
}

/** The same in SQL for an objection `x`. */
const newEntry = sql`(select jsonb_build_object('id', e.id, 'title', e.title, 'titleEn', ${entryTitleEn}, 'kind', e.kind, 'level', e.level, 'hours', e.hours::text,
  'credits', e.credits::text, 'occurredOn', e.occurred_on, 'creditYear', e.credit_year)
  from ledger.entry e where e.person_id = x.person_id and e.id = x.new_entry_id)`

export type OwnObjection = OwnAnswer & {
  id: string
  entryId: string | null
  title: string | null
  titleEn: string | null
  text: string
  state: string
  raisedAt: string
  dueOn: string
  answer: string | null
  answeredAt: string | null
  /** The credit year it is about. */
  year: number
}

/** What a person objected to, entries said to be missing among them; the open ones first, then the latest. */
async function objectionsOf<T>(act: Act<T>, personId: string): Promise<OwnObjection[]> {
  const { rows } = await sql<OwnObjection>`${prepared}
    select x.id, x.entry_id, e.title, case when e.id is not null then ${entryTitleEn} end as title_en, x.text, x.state, x.raised_at, x.due_on, x.answer, x.answered_at,
      x.year, x.remedy, ${newEntry} as new_entry
    from training.objection x left join ledger.entry e on e.person_id = x.person_id and e.id = x.entry_id
    where x.person_id = ${personId} order by x.state = 'open' desc, x.raised_at desc, x.id`.execute(act.tx)
  return rows
}

export async function entriesOf<T>(
  act: Act<T>,
  personId: string,
  years?: { from: number; to: number },
): Promise<EntryRow[]> {
  const { rows } = await sql<EntryRow>`${prepared}
    select e.id, e.credit_year, e.occurred_on, e.kind, e.level, e.hours, e.credits, e.title, ${entryTitleEn} as title_en, e.source_kind, e.source_id, e.counter_of, e.reason,
      exists (select from ledger.entry c where c.person_id = e.person_id and c.counter_of = e.id) as countered,
      exists (select from ledger.lock l where l.org_id = e.org_id and l.credit_year = e.credit_year) as locked,
      (select jsonb_build_object('id', x.id, 'state', x.state, 'text', x.text, 'answer', x.answer, 'dueOn', x.due_on,
          'remedy', x.remedy, 'newEntry', ${newEntry})
        from training.objection x where x.person_id = e.person_id and x.entry_id = e.id order by x.raised_at desc limit 1) as objection
    from ledger.entry e where e.person_id = ${personId} and e.credit_year between ${years?.from ?? 0} and ${years?.to ?? 9999}
    order by e.occurred_on desc, e.seq desc`.execute(act.tx)
  return rows
}

/** Where a person stands in the cycle that the year lies in. */
export async function creditsOf<T>(act: Act<T>, personId: string, year: number, { cycle, demand, shown }: Figures) {
  const bounds = cycleOf(year, cycle)
  const totals = await totalsOf(act, personId, { from: bounds.from, to: Math.min(bounds.to, year) })
  const entries = await entriesOf(act, personId, bounds)
  const { required: _, fromDistrict, ...stand } = standing(totals, demand, bounds.elapsed)
  const { rows: byYear } = await sql<{
    year: number
    credits: string
  }>`${prepared}select e.credit_year as year, sum(e.credits) as credits from ledger.entry e
    where e.person_id = ${personId} and e.credit_year between ${bounds.from} and ${bounds.to} group by 1 order by 1`.execute(
    act.tx,
  )
  return {
    ...stand,
    cycle: { from: bounds.from, to: bounds.to, year },
    required: shownFigure(shown.total),
    fromDistrict: { ...fromDistrict, required: shownFigure(shown.fromDistrict) },
    byKind: totals,
    byYear,
    entries,
    objections: await objectionsOf(act, personId),
  }
}

/** The pace that a year asks for, as exact text. */
export const paceIn = (year: number, { cycle, demand }: Figures) => {
  const bounds = cycleOf(year, cycle)
  return { from: bounds.from, year, pace: standing([], demand, bounds.elapsed).pace }
}

export type CreditAsk = {
  orgId?: string | undefined
  year: number
  short: boolean
  search?: string | undefined
} & Order<CreditSort>
export type CreditRow = {
  personId: string
  name: string
  number: string
  orgName: string
  year: string
  cycle: string
  fromDistrict: string
  missing: string
  onPace: boolean
}

/** Sorting by credits needs everybody’s sums; without that nobody’s but those of the page are touched. */
const SUMMED: ReadonlySet<CreditSort> = new Set(['year', 'cycle', 'missing'])

/**
 * Everybody in scope with their credits in the year and in the cycle so far; `short` keeps those behind the pace. Without a limit
 * all of them.
 */
export async function creditsOfMany<T>(
  act: Act<T>,
  ask: CreditAsk & { limit: number | null },
  figures: Figures,
): Promise<{ rows: CreditRow[]; next: string | null; total: number }> {
  const { from, pace } = paceIn(ask.year, figures)
  const demand = sql`${figures.demand.total}::numeric`
  const org = sql`(select g.path from directory.organisation g where g.id = ${ask.orgId ?? null}::uuid)`
  const sort = ask.sort ?? 'number'
  const higher = sql`coalesce(sum(e.credits) filter (where e.kind = 'concentrated' and e.level in ('district', 'city', 'national')), 0)`
  const years = sql`e.credit_year between ${from} and ${ask.year}`
  const keys: Record<CreditSort, SortKey> = {
    number: byText(sql`p.number`),
    name: byText(sql`p.name`),
    school: byText(sql`o.short_name`),
    year: byFigure(sql`s.last_credits`),
    cycle: byFigure(sql`s.credits`),
    district: byFigure(sql`(select ${higher} from ledger.entry e where e.person_id = p.id and ${years})`),
    missing: byFigure(sql`greatest(${demand} - s.credits, 0)`),
  }
  const { key, after, by } = keyset(keys[sort], ask)
  const source =
    ask.short || SUMMED.has(sort)
      ? sql`ledger.sums(${from}, ${ask.year}, ${org}) s join directory.person p on p.id = s.person_id`
      : sql`directory.person p`
  const { rows } = await sql<CreditRow & { key: string; total: number }>`
    with found as materialized (
      select p.id, p.number, p.name, o.short_name as org_name, ${key} as key from ${source} join directory.organisation o on o.id = p.org_id
      where (${ask.orgId ?? null}::uuid is null or p.org_path <@ ${org}) and ${ask.short ? sql`s.credits < ${pace}::numeric` : sql`true`}
        and (${ask.search ?? null}::text is null or p.name like '%' || ${ask.search ?? ''} || '%' or p.number = ${ask.search ?? ''})
    ), page as materialized (select v.* from found v where ${after} order by ${by} limit ${ask.limit === null ? null : ask.limit + 1})
    select v.id as person_id, v.name, v.number, v.org_name, s.year, s.cycle, s.higher as from_district, greatest(${demand} - s.cycle, 0) as missing,
      s.cycle >= ${pace}::numeric as on_pace, v.key::text as key, n.total
    from ${besideTotal(sql`found`, sql`select p.* from page p`)} cross join lateral (
      select coalesce(sum(e.credits) filter (where e.credit_year = ${ask.year}), 0) as year, coalesce(sum(e.credits), 0) as cycle, ${higher} as higher
      from ledger.entry e where e.person_id = v.id and ${years}
    ) s order by ${by}`.execute(act.tx)
  return pageOf(rows, ask.limit)
}
