/** Credits: one person's standing with every entry, and the standing of many as one statement. */
import { sql } from 'kysely'
import { add } from '../../../base/decimal.ts'
import { notFound } from '../../../base/errors.ts'
import { type Act, prepared } from '../../../platform/db/index.ts'
import { totalsOf } from '../../../platform/ledger/index.ts'
import type { Demand, FactBook } from '../../../platform/policy/index.ts'
import type { CreditSort } from '../contract/orders.ts'
import { cycleOf } from '../rules/credits.ts'
import { type Figures, shownFigure } from '../service/figures.ts'
import { classOfEntry } from './entry-class.ts'
import { besideTotal, byFigure, byText, keyset, type Order, pageOf, type SortKey } from './keyset.ts'
import { endOf, standingOf, standings } from './standing.ts'

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
export async function creditsOf<T>(
  act: Act<T>,
  book: FactBook,
  personId: string,
  year: number,
  { cycle, shown }: Pick<Figures, 'cycle' | 'shown'>,
) {
  const bounds = cycleOf(year, cycle)
  const totals = await totalsOf(act, personId, { from: bounds.from, to: Math.min(bounds.to, year) })
  const entries = await entriesOf(act, personId, bounds)
  const { demands, pace, ...stand } = await standingOf(act, book, personId, act.today)
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
    earned: add('0', ...totals.map(({ credits }) => credits)),
    demands: demands.flatMap(shownDemand),
    pace: pace ? (shownDemand(pace)[0] ?? null) : null,
    byKind: totals,
    byYear,
    entries,
    objections: await objectionsOf(act, personId),
    answerWithin: shownFigure(shown.answerWithin),
  }
}

/** A demand as a screen shows it: nothing where the pack sets no least figure. */
const shownDemand = ({ id, label, facts, have, need, lacking, clause, confidence }: Demand) =>
  have === null || need === null || lacking === null
    ? []
    : [
        {
          id,
          label,
          ofTotal: facts.includes('credits.cycle'),
          ofFloor: facts.includes('credits.concentrated'),
          earned: have,
          missing: lacking,
          required: { value: need, unit: 'credit', clause: clause ?? {}, confidence },
        },
      ]

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
  /** Null where the rules of the person's authority set no least figure. */
  fromDistrict: string | null
  missing: string
  onPace: boolean
}

/** Sorting by credits needs everybody’s sums; without that nobody’s but those of the page are touched. */
const SUMMED: ReadonlySet<CreditSort> = new Set(['year', 'cycle', 'district', 'missing'])

/**
 * Everybody in scope with their credits in the year and in the cycle so far; `short` keeps those behind the pace. Without a limit
 * all of them.
 */
export async function creditsOfMany<T>(
  act: Act<T>,
  book: FactBook,
  ask: CreditAsk & { limit: number | null },
): Promise<{ rows: CreditRow[]; next: string | null; total: number }> {
  const below = ask.orgId === undefined ? null : await pathOf(act, ask.orgId)
  const sort = ask.sort ?? 'number'
  const asOf = endOf(ask.year)
  const keys: Record<CreditSort, SortKey> = {
    number: byText(sql`p.number`),
    name: byText(sql`p.name`),
    school: byText(sql`o.short_name`),
    year: byFigure(sql`s.year`),
    cycle: byFigure(sql`s.cycle`),
    district: byFigure(sql`coalesce(s.higher, 0)`),
    missing: byFigure(sql`s.missing`),
  }
  const { key, after, by } = keyset(keys[sort], ask)
  // Whoever needs everybody’s figures takes those of the page from them; else only the page’s are asked for.
  const summed = ask.short || ask.limit === null || SUMMED.has(sort)
  const shown = await standings(act, book, {
    ...(summed ? {} : { people: sql`select v.id as person_id from page v` }),
    below,
    asOf,
  })
  const figures = sql`s.year, s.cycle, s.higher, s.missing, s.on_pace`
  const source = summed ? sql`(${shown}) s join directory.person p on p.id = s.person_id` : sql`directory.person p`
  const page = sql`select v.* from found v where ${after} order by ${by} limit ${ask.limit === null ? null : ask.limit + 1}`
  const { rows } = await sql<CreditRow & { key: string; total: number }>`
    with found as materialized (
      select p.id, p.number, p.name, o.short_name as org_name, ${key} as key ${summed ? sql`, ${figures}` : sql``}
      from ${source} join directory.organisation o on o.id = p.org_id
      where (${below === null ? sql`true` : sql`p.org_path <@ ${below}::ltree`}) and ${ask.short ? sql`not s.on_pace` : sql`true`}
        and (${ask.search ?? null}::text is null or p.name like '%' || ${ask.search ?? ''} || '%' or p.number = ${ask.search ?? ''})
    ), page as materialized (${page}),
    whole as materialized (${summed ? sql`select p.* from page p` : sql`select p.*, ${figures} from page p left join (${shown}) s on s.person_id = p.id`})
    select v.id as person_id, v.name, v.number, v.org_name, coalesce(v.year, 0) as year, coalesce(v.cycle, 0) as cycle, v.higher as from_district,
      coalesce(v.missing, 0) as missing, coalesce(v.on_pace, true) as on_pace, v.key::text as key, n.total
    from ${besideTotal(sql`found`, sql`select w.* from whole w`)} order by ${by}`.execute(act.tx)
  return pageOf(rows, ask.limit)
}

/** @throws Refusal `not_found` outside the scope */
async function pathOf<T>(act: Act<T>, orgId: string): Promise<string> {
  const { rows } = await sql<{
    path: string
  }>`select o.path::text from directory.organisation o where o.id = ${orgId} and o.path <@ any (db.scope())`.execute(
    act.tx,
  )
  if (!rows[0]) throw notFound('organisation')
  return rows[0].path
}
