/** Credits: one person's standing with every entry, and the standing of many as one statement. */
import { sql } from 'kysely'
import type { Act } from '../../../platform/db/index.ts'
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
  const { rows } = await sql<EntryRow>`
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
  }>`select e.credit_year as year, sum(e.credits) as credits from ledger.entry e
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
  const people = sql`
    select p.id as person_id, p.name, p.number, o.short_name as org_name,
      coalesce(s.year, 0) as year, coalesce(s.cycle, 0) as cycle, coalesce(s.higher, 0) as from_district,
      greatest(${figures.demand.total}::numeric - coalesce(s.cycle, 0), 0) as missing, coalesce(s.cycle, 0) >= ${pace}::numeric as on_pace
    from directory.person p join directory.organisation o on o.id = p.org_id
    left join (
      select e.person_id, sum(e.credits) filter (where e.credit_year = ${ask.year}) as year, sum(e.credits) as cycle,
        sum(e.credits) filter (where e.kind = 'concentrated' and e.level in ('district', 'city', 'national')) as higher
      from ledger.entry e where e.credit_year between ${from} and ${ask.year} group by e.person_id
    ) s on s.person_id = p.id
    where (${ask.orgId ?? null}::uuid is null or p.org_path <@ (select g.path from directory.organisation g where g.id = ${ask.orgId ?? null}))
      and (${ask.search ?? null}::text is null or p.name like '%' || ${ask.search ?? ''} || '%' or p.number = ${ask.search ?? ''})
      and (not ${ask.short} or coalesce(s.cycle, 0) < ${pace}::numeric)`
  const { rows } =
    await sql<CreditRow>`select * from (${people}) x where x.number > ${ask.cursor ?? ''} order by x.number limit ${ask.limit + 1}`.execute(
      act.tx,
    )
  const { rows: count } = await sql<{ total: number }>`select count(*)::int as total from (${people}) x`.execute(act.tx)
  const shown = rows.slice(0, ask.limit)
  return { rows: shown, next: rows.length > ask.limit ? shown.at(-1)!.number : null, total: count[0]!.total }
}
