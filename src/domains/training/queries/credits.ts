/** Credits: one person's standing with every entry, and the standing of many as one statement. */
import { sql } from 'kysely'
import { type Act, prepared } from '../../../platform/db/index.ts'
import { totalsOf } from '../../../platform/ledger/index.ts'
import { cycleOf, standing } from '../rules/credits.ts'
import { type Figures, shownFigure } from '../service/figures.ts'

export type EntryRow = {
  id: string
  creditYear: number
  occurredOn: string
  kind: string
  level: string
  hours: string
  credits: string
  title: string
  sourceKind: string
  sourceId: string
  counterOf: string | null
  countered: boolean
  reason: string | null
  locked: boolean
  objection: { id: string; state: string; text: string; answer: string | null; dueOn: string } | null
}

export async function entriesOf<T>(
  act: Act<T>,
  personId: string,
  years?: { from: number; to: number },
): Promise<EntryRow[]> {
  const { rows } = await sql<EntryRow>`${prepared}
    select e.id, e.credit_year, e.occurred_on, e.kind, e.level, e.hours, e.credits, e.title, e.source_kind, e.source_id, e.counter_of, e.reason,
      exists (select from ledger.entry c where c.person_id = e.person_id and c.counter_of = e.id) as countered,
      exists (select from ledger.lock l where l.org_id = e.org_id and l.credit_year = e.credit_year) as locked,
      (select jsonb_build_object('id', x.id, 'state', x.state, 'text', x.text, 'answer', x.answer, 'dueOn', x.due_on)
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
  }
}

/** The pace that a year asks for, as exact text. */
export const paceIn = (year: number, { cycle, demand }: Figures) => {
  const bounds = cycleOf(year, cycle)
  return { from: bounds.from, year, pace: standing([], demand, bounds.elapsed).pace }
}

type ManyAsk = {
  orgId?: string | undefined
  year: number
  short: boolean
  search?: string | undefined
  cursor?: string | undefined
  limit: number
}
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

/** Everybody in scope with their credits in the year and in the cycle so far; `short` keeps those behind the pace. */
export async function creditsOfMany<T>(
  act: Act<T>,
  ask: ManyAsk,
  figures: Figures,
): Promise<{ rows: CreditRow[]; next: string | null; total: number }> {
  const { from, pace } = paceIn(ask.year, figures)
  const org = sql`(select g.path from directory.organisation g where g.id = ${ask.orgId ?? null}::uuid)`
  const wanted = sql`(${ask.orgId ?? null}::uuid is null or p.org_path <@ ${org})
      and (${ask.search ?? null}::text is null or p.name like '%' || ${ask.search ?? ''} || '%' or p.number = ${ask.search ?? ''})`
  const found = ask.short
    ? sql`select p.id, p.number, p.name, p.org_id from ledger.sums(${from}, ${ask.year}, ${org}) s join directory.person p on p.id = s.person_id
        where s.credits < ${pace}::numeric and ${wanted}`
    : sql`select p.id, p.number, p.name, p.org_id from directory.person p where ${wanted}`
  // Sums for the people of the page alone; without `short` nobody else's credits are touched.
  const { rows } = await sql<CreditRow & { total: number }>`
    with found as materialized (${found}), page as materialized (
      select f.* from found f where f.number > ${ask.cursor ?? ''} order by f.number limit ${ask.limit + 1}
    )
    select n.total, x.* from (select count(*)::int as total from found) n left join (
      select g.id as person_id, g.name, g.number, o.short_name as org_name, s.year, s.cycle, s.higher as from_district,
        greatest(${figures.demand.total}::numeric - s.cycle, 0) as missing, s.cycle >= ${pace}::numeric as on_pace
      from page g join directory.organisation o on o.id = g.org_id cross join lateral (
        select coalesce(sum(e.credits) filter (where e.credit_year = ${ask.year}), 0) as year, coalesce(sum(e.credits), 0) as cycle,
          coalesce(sum(e.credits) filter (where e.kind = 'concentrated' and e.level in ('district', 'city', 'national')), 0) as higher
        from ledger.entry e where e.person_id = g.id and e.credit_year between ${from} and ${ask.year}
      ) s
    ) x on true order by x.number`.execute(act.tx)
  const people = rows.filter(({ personId }) => personId !== null).map(({ total: _, ...row }) => row)
  const shown = people.slice(0, ask.limit)
  return {
    rows: shown,
    next: people.length > ask.limit ? shown.at(-1)!.number : null,
    total: rows[0]!.total,
  }
}
