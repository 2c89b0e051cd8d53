/** What the office sees of a round: what is to be done, papers with their reviews, progress, severity and spread. */
import { sql } from 'kysely'
import type { Act } from '../../db/index.ts'
import type { Bilingual } from '../../policy/contract.ts'
import { officeAt } from '../flow/enter.ts'
import type { Call } from '../tables.ts'
import { conflictsOf } from './conflicts.ts'
import { lackingPapers, standing } from './question.ts'
import { currentPapers, mostOf, type Round, roundOf } from './stage.ts'

/** Rounds of published calls that have cases in scope, now or before. */
export async function reviewStages<T>(act: Act<T>) {
  const { rows: calls } = await sql<
    Pick<Call, 'id' | 'title' | 'definition' | 'authority'>
  >`select c.id, c.title, c.definition, c.authority from cases.call c
    where c.state = 'published' and exists (select from jsonb_array_elements(c.definition -> 'stages') s where s ->> 'kind' = 'review')
    order by c.published_at desc, c.id limit 100`.execute(act.tx)
  const found = []
  for (const call of calls)
    for (const stage of call.definition.stages) {
      if (stage.kind !== 'review') continue
      const round = await roundOf(act, call.id, stage.id)
      const { rows } = await sql<{
        waiting: number
        papers: number
        open: number
        submitted: number
        late: number
        ever: boolean
      }>`select
          (select count(*) from cases.application a cross join lateral ${officeAt(sql`${stage.by.at}::text`, sql`a.org_path`)} o
            where a.call_id = ${call.id} and a.stage = ${stage.id} and a.state = 'waiting' and a.org_path <@ any (db.scope()) and o.path <@ any (db.scope()))::int as waiting,
          count(distinct p.id)::int as papers, count(r.id) filter (where r.state = 'assigned')::int as open, count(r.id) filter (where r.state = 'submitted')::int as submitted,
          count(r.id) filter (where r.state = 'assigned' and r.due_on < db.today())::int as late,
          exists (select from cases.paper e where e.call_id = ${call.id} and e.stage = ${stage.id} and e.org_path <@ any (db.scope())) as ever
        from ${currentPapers(round, sql`left join cases.review r on r.paper_id = p.id`)}`.execute(act.tx)
      const figures = rows[0]!
      if (figures.waiting === 0 && !figures.ever) continue
      const lacking = (await lackingPapers(act, round)).reduce((sum, { needs, has }) => sum + needs - has, 0)
      const { ever: _, ...counts } = figures
      found.push({
        callId: call.id,
        stage: stage.id,
        call: call.title,
        title: stage.title,
        blind: stage.blind,
        reviews: round.reviews,
        lacking,
        ...counts,
      })
    }
  return found
}

type PaperRow = {
  paperId: string
  nth: number
  applicationId: string
  name: string
  org: string
  field: string | null
  state: string
  here: boolean
  needs: number
  score: string | null
  spread: string | null
  outlier: boolean
  files: { nth: number; title: Bilingual; names: boolean | null; held: boolean }[]
  reviews: {
    reviewId: string
    accountId: string
    expert: string
    state: string
    round: number
    total: string | null
    dueOn: string | null
    late: boolean
    conflict: string | null
    found: string[]
  }[]
}

/** The papers of a round by number, the latest copy of each case. */
export async function reviewPapers<T>(act: Act<T>, at: { callId: string; stage: string }): Promise<PaperRow[]> {
  const round = await roundOf(act, at.callId, at.stage)
  const { rows } =
    await sql<PaperRow>`select p.id as paper_id, p.nth, a.id as application_id, a.name, o.short_name as org, p.field, a.state,
      a.state = 'waiting' and a.stage = p.stage and p.made_at >= a.since as here, ${round.reviews}::int + s.extra::int as needs, round(a.score, 2)::text as score, s.spread::text as spread, s.extra as outlier,
      coalesce((select jsonb_agg(jsonb_build_object('nth', n, 'title', f.value -> 'title', 'names', f.value -> 'names', 'held', f.value -> 'held') order by n)
        from jsonb_array_elements(p.files) with ordinality f(value, n)), '[]') as files,
      coalesce((select jsonb_agg(jsonb_build_object('reviewId', r.id, 'accountId', r.account_id, 'expert', e.name, 'state', r.state, 'round', r.round,
          'total', case when r.state = 'submitted' then r.total::text end, 'dueOn', r.due_on, 'late', r.state = 'assigned' and coalesce(r.due_on < db.today(), false), 'conflict', r.conflict, 'found', '[]'::jsonb)
          order by r.assigned_at, e.name, r.id)
        from cases.review r join cases.expert e on e.account_id = r.account_id where r.paper_id = p.id), '[]') as reviews
    from cases.paper p join cases.paper_of f on f.paper_id = p.id join cases.application a on a.id = f.application_id
      join directory.organisation o on o.id = a.org_id cross join ${standing(round)}
    where p.call_id = ${round.call.id} and p.stage = ${round.stage.id} and p.org_path <@ any (db.scope())
      and not exists (select from cases.paper_of l join cases.paper q on q.id = l.paper_id
        where l.application_id = a.id and q.stage = p.stage and l.round > f.round)
    order by p.org_id, p.nth limit 5000`.execute(act.tx)
  await withLaterConflicts(act, round, rows)
  return rows
}

/** Conflicts that came to light after a review was given. */
async function withLaterConflicts<T>(act: Act<T>, round: Round, rows: PaperRow[]): Promise<void> {
  const given = rows.flatMap(({ applicationId, reviews }) => reviews.map((review) => ({ applicationId, review })))
  if (given.length === 0) return
  const found = await conflictsOf(
    act,
    round.call,
    round.stage,
    [...new Set(given.map(({ applicationId }) => applicationId))],
    [...new Set(given.map(({ review }) => review.accountId))],
  )
  const byPair = Map.groupBy(found, ({ applicationId, accountId }) => `${applicationId} ${accountId}`)
  for (const { applicationId, review } of given)
    if (review.state === 'assigned' || review.state === 'submitted')
      review.found = (byPair.get(`${applicationId} ${review.accountId}`) ?? []).map(({ why }) => why).sort()
}

type ExpertFigures = {
  accountId: string
  name: string
  assigned: number
  submitted: number
  declined: number
  late: number
  dueOn: string | null
  mean: string | null
  shared: number
  severity: string | null
  deviation: string | null
}
const BINS = 10

/** Progress by expert, each expert's severity against the others on the same papers, and how scores spread; all worked out by the database. */
export async function reviewFigures<T>(act: Act<T>, at: { callId: string; stage: string }) {
  const round = await roundOf(act, at.callId, at.stage)
  const most = mostOf(round.stage)
  const all = sql`cases.review r join cases.paper p on p.id = r.paper_id
    where p.call_id = ${round.call.id} and p.stage = ${round.stage.id} and p.org_path <@ any (db.scope()) and r.state <> 'dropped'`
  const { rows: experts } = await sql<ExpertFigures>`with given as (select r.* from ${all}), scored as (
      select g.account_id, g.total, case when count(*) over w > 1 then g.total - (sum(g.total) over w - g.total) / (count(*) over w - 1) end as apart
      from given g where g.state = 'submitted' window w as (partition by g.paper_id)
    ), severity as (
      select s.account_id, round(avg(s.total), 2)::text as mean, count(s.apart)::int as shared, round(avg(s.apart), 2)::text as severity,
        round(stddev_samp(s.apart), 2)::text as deviation from scored s group by s.account_id
    )
    select g.account_id, e.name, count(*) filter (where g.state <> 'declined')::int as assigned, count(*) filter (where g.state = 'submitted')::int as submitted,
      count(*) filter (where g.state = 'declined')::int as declined, count(*) filter (where g.state = 'assigned' and g.due_on < db.today())::int as late,
      min(g.due_on) filter (where g.state = 'assigned') as due_on, v.mean, coalesce(v.shared, 0) as shared, v.severity, v.deviation
    from given g join cases.expert e on e.account_id = g.account_id left join severity v on v.account_id = g.account_id
    group by g.account_id, e.name, v.mean, v.shared, v.severity, v.deviation
    order by late desc, e.name collate "zh-x-icu", g.account_id`.execute(act.tx)
  const { rows: bins } = await sql<{
    bin: number
    count: number
  }>`select least(width_bucket(r.total, 0, ${most}::numeric, ${BINS}), ${BINS})::int as bin, count(*)::int as count
    from ${all} and r.state = 'submitted' group by 1`.execute(act.tx)
  const { rows: spread } = await sql<{
    mean: string | null
    largest: string | null
    outliers: number
  }>`select round(avg(s.spread), 2)::text as mean,
      max(s.spread)::text as largest, count(*) filter (where s.extra)::int as outliers
    from cases.paper p cross join ${standing(round)} where p.call_id = ${round.call.id} and p.stage = ${round.stage.id} and p.org_path <@ any (db.scope())
      and s.submitted > 1`.execute(act.tx)
  const countOf = new Map(bins.map(({ bin, count }) => [bin, count]))
  const edge = (nth: number) => Math.round((most * nth * 100) / BINS) / 100
  return {
    most,
    outlier: round.outlier,
    floor: round.floor,
    experts,
    histogram: Array.from({ length: BINS }, (_, nth) => ({
      from: edge(nth),
      until: edge(nth + 1),
      count: countOf.get(nth + 1) ?? 0,
    })),
    spread: { mean: spread[0]!.mean, largest: spread[0]!.largest },
    outliers: spread[0]!.outliers,
  }
}

/** Where a case stands, for the question whether somebody could review it. */
export async function callOfCase<T>(act: Act<T>, applicationId: string): Promise<string | null> {
  const { rows } = await sql<{ callId: string }>`select a.call_id from cases.application a
    where a.id = ${applicationId} and a.org_path <@ any (db.scope())`.execute(act.tx)
  return rows[0]?.callId ?? null
}
