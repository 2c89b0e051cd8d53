/** Measuring an indicator, finding the people behind it, and keeping what it was. */
import { type RawBuilder, sql } from 'kysely'
import { invalid, notFound, refused } from '../../base/errors.ts'
import type { Act } from '../db/index.ts'
import type { IndicatorPerson, Measured, Snapshot } from './contract.ts'
import { type Indicator, isShared, type Span } from './indicator.ts'
import { suppressed } from './rules/suppress.ts'

type Level = 'municipality' | 'district' | 'school' | 'institution' | 'department'

/** For which organisations: by id, or all of a kind, where wanted under one of them. What is out of scope is left out. */
export type Target = { orgIds: string[] } | { level: Level | readonly Level[]; under?: string }

type Row = {
  /** Place of the indicator in what was asked, from 1. */
  nth: number
  orgId: string
  orgName: string
  parentId: string | null
  asked: boolean
  numerator: string
  denominator: string | null
  value: string | null
}

/** One indicator for each organisation, everything below it added up. */
export async function measure<T, S extends Span>(
  act: Act<T>,
  indicator: Indicator<S>,
  target: Target,
  span: S,
): Promise<Measured[]> {
  return (await measureAll(act, [indicator], target, span))[0]!
}

/**
 * Several indicators for each organisation, everything below it added up, in one grouped statement: a list for each indicator, in
 * the order in which they were asked, organisations in the order of the tree. They count what the act's scope shows. Sensitive
 * indicators hold back groups that are too small, judged among all siblings in scope, whichever were asked for.
 */
export async function measureAll<T, S extends Span>(
  act: Act<T>,
  indicators: readonly Indicator<S>[],
  target: Target,
  span: S,
): Promise<Measured[][]> {
  if (indicators.length === 0) return []
  const { rows } = await statement(indicators, target, span).execute(act.tx)
  const found = Map.groupBy(rows, ({ nth }) => nth)
  return indicators.map((indicator, i) => held(indicator, found.get(i + 1) ?? []))
}

/** The rows that were asked for, without the figures of groups that are too small. */
function held<S extends Span>({ minimumGroup }: Indicator<S>, rows: readonly Row[]): Measured[] {
  const groups = rows.map(({ orgId, parentId, numerator, denominator }) => ({
    key: orgId,
    parent: parentId,
    people: Number(denominator ?? numerator),
  }))
  const back = minimumGroup === undefined ? new Set<string>() : suppressed(groups, minimumGroup)
  return rows
    .filter(({ asked }) => asked)
    .map(({ orgId, orgName, numerator, denominator, value }) =>
      back.has(orgId)
        ? { orgId, orgName, numerator: null, denominator: null, value: null, suppressed: true }
        : { orgId, orgName, numerator, denominator, value, suppressed: false },
    )
}

/** The amounts of one indicator as rows `(nth, org_path, numerator, denominator)`. */
function amounts<S extends Span>(indicator: Indicator<S>, nth: number, span: S): RawBuilder<unknown> {
  const nthOf = sql`${nth}::int`
  if ('ratio' in indicator)
    return sql`select ${nthOf} as nth, r.org_path, r.numerator::numeric as numerator, r.denominator::numeric as denominator
      from (${indicator.ratio(span)}) r (org_path, numerator, denominator)`
  const numerator = sql`select ${nthOf} as nth, n.org_path, n.value::numeric as numerator, 0::numeric as denominator
      from (${indicator.numerator(span)}) n (org_path, value)`
  if (!indicator.denominator) return numerator
  return sql`${numerator} union all select ${nthOf}, d.org_path, 0, d.value::numeric from (${indicator.denominator(span)}) d (org_path, value)`
}

/** Amounts are summed by organisation first, then carried up to each ancestor: a hash join, no walk over the tree for each target. */
function statement<S extends Span>(indicators: readonly Indicator<S>[], target: Target, span: S): RawBuilder<Row> {
  const asked =
    'orgIds' in target
      ? sql`o.id = any(${target.orgIds}::uuid[])`
      : sql`o.kind = any(${[target.level].flat()}::text[]) and (${target.under ?? null}::uuid is null
        or o.path <@ (select u.path from directory.organisation u where u.id = ${target.under ?? null}::uuid))`
  const siblings = indicators.some(({ minimumGroup }) => minimumGroup !== undefined)
    ? sql`a.asked or exists (select from asked s where s.asked and s.parent_id = a.parent_id)`
    : sql`a.asked`
  const amount = sql.join(
    indicators.map((indicator, i) => amounts(indicator, i + 1, span)),
    sql` union all `,
  )
  return sql<Row>`with asked as materialized (
      select o.id, o.path, o.parent_id, o.short_name, (${asked}) as asked from directory.organisation o where o.path <@ any ((select db.scope())::ltree[])
    ), target as (select a.* from asked a where ${siblings}),
    wanted as (select w.shared, w.nth::int as nth from unnest(${indicators.map(isShared)}::boolean[]) with ordinality w (shared, nth)),
    amount as (${amount}), by_organisation as (
      select m.nth, m.org_path, sum(m.numerator) as numerator, sum(m.denominator) as denominator from amount m group by m.nth, m.org_path
    ), carried as (
      select b.nth, subltree(b.org_path, 0, k) as path, sum(b.numerator) as numerator, sum(b.denominator) as denominator
      from by_organisation b cross join generate_series(1, nlevel(b.org_path)) k group by 1, 2
    )
    select w.nth, t.id as org_id, t.short_name as org_name, t.parent_id, t.asked, coalesce(c.numerator, 0)::text as numerator,
      case when w.shared then coalesce(c.denominator, 0)::text end as denominator,
      case when w.shared then round(c.numerator / nullif(c.denominator, 0), 4)::text else coalesce(c.numerator, 0)::text end as value
    from wanted w cross join target t left join carried c on c.nth = w.nth and c.path = t.path
    order by w.nth, t.path`
}

export type PeopleAsk<S extends Span = Span> = {
  orgId: string
  span: S
  counted?: boolean | undefined
  cursor?: string | undefined
  limit: number
}

/**
 * The people behind an indicator at an organisation and below, those the viewer may see, by name.
 * @throws Refusal `indicators.no_people` where it has none to show, `not_found` outside the scope
 */
export async function peopleOf<T, S extends Span>(
  act: Act<T>,
  indicator: Indicator<S>,
  ask: PeopleAsk<S>,
): Promise<{ rows: IndicatorPerson[]; next: string | null; total: number }> {
  if (!indicator.people) throw refused('indicators.no_people')
  const { rows: orgs } = await sql<{ path: string }>`select o.path::text from directory.organisation o
    where o.id = ${ask.orgId} and o.path <@ any (db.scope())`.execute(act.tx)
  const org = orgs[0]
  if (!org) throw notFound('organisation')
  const found = sql`from (${indicator.people(ask.span)}) x (person_id, org_path, counted)
    join directory.person p on p.id = x.person_id
    where x.org_path <@ ${org.path}::ltree and (${ask.counted ?? null}::boolean is null or x.counted = ${ask.counted ?? null}::boolean)`
  const after = ask.cursor === undefined ? null : readCursor(ask.cursor)
  const { rows } =
    await sql<IndicatorPerson>`select v.person_id, v.number, v.name, v.org_id, o.short_name as org_name, v.counted
    from (select p.id as person_id, p.number, p.name collate "zh-x-icu" as name, p.org_id, x.counted ${found}) v
    join directory.organisation o on o.id = v.org_id
    where ${after === null} or (v.name, v.person_id) > (${after?.name ?? ''} collate "zh-x-icu", ${after?.id ?? null}::uuid)
    order by v.name, v.person_id limit ${ask.limit + 1}`.execute(act.tx)
  const { rows: count } = await sql<{ total: number }>`select count(*) as total ${found}`.execute(act.tx)
  const shown = rows.slice(0, ask.limit)
  const last = shown.at(-1)
  return {
    rows: shown,
    next: last && rows.length > ask.limit ? writeCursor(last.name, last.personId) : null,
    total: count[0]!.total,
  }
}

const writeCursor = (name: string, id: string): string => Buffer.from(JSON.stringify([name, id])).toString('base64url')

function readCursor(text: string): { name: string; id: string } {
  try {
    const [name, id] = JSON.parse(Buffer.from(text, 'base64url').toString()) as unknown[]
    if (typeof name === 'string' && typeof id === 'string' && /^[0-9a-f-]{36}$/.test(id)) return { name, id }
  } catch {
    // Falls through to the refusal.
  }
  throw invalid('indicators.bad_cursor')
}

/** What an indicator was for an organisation, the latest first. */
export async function snapshotsOf<T>(act: Act<T>, indicatorId: string, orgId: string): Promise<Snapshot[]> {
  const { rows } =
    await sql<Snapshot>`select s.period, s.taken_at, s.numerator::text, s.denominator::text, s.value::text, s.suppressed
    from indicators.snapshot s where s.indicator = ${indicatorId} and s.org_id = ${orgId} order by s.taken_at desc, s.period`.execute(
      act.tx,
    )
  return rows
}
