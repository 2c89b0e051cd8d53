/** The question that allocation is asked: which papers still lack reviews, who is open to them, and what everybody carries already. */
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Conflict, Expert, Pair, Paper, ReviewsToAssign } from '../../allocation/index.ts'
import type { Act } from '../../db/index.ts'
import { conflictsOf } from './conflicts.ts'
import { currentPapers, type Round } from './stage.ts'

export type Lacking = {
  paperId: string
  applicationId: string
  orgId: string
  orgPath: string
  nth: number
  field: string | null
  needs: number
  /** One more than the call asks for, because scores lie too far apart. */
  extra: boolean
  has: number
}
export type PoolMember = {
  accountId: string
  name: string
  fields: Record<string, number>
  most: number
  active: boolean
  load: number
}
export type Question = { input: ReviewsToAssign; lacking: Lacking[]; pool: PoolMember[]; conflicts: Conflict[] }

/** Pseudo papers that stand for reviews of papers which lack nothing: they make the loads true and ask for nobody. */
const LOAD = 'load:'
export const isLoad = (paper: string): boolean => paper.startsWith(LOAD)
/** The field of papers that have none: everybody knows it. */
const ANY = ''

/** Papers of the round that lack reviews; all of them, or those asked for. */
export async function lackingPapers<T>(act: Act<T>, round: Round, only?: readonly string[]): Promise<Lacking[]> {
  const { rows } = await sql<Lacking>`select * from (
      select p.id as paper_id, a.id as application_id, p.org_id, p.org_path::text, p.nth, p.field, s.extra, s.has, ${round.reviews}::int + s.extra::int as needs
      from ${currentPapers(round, sql`cross join ${standing(round)}`)} and ${only ? sql`p.id = any (${only}::uuid[])` : sql`true`}) p where p.has < p.needs order by p.nth, p.paper_id`.execute(
    act.tx,
  )
  return rows
}

/** How many reviews a paper `p` has, and whether what was scored lies too far apart. */
export const standing = ({ outlier, reviews }: Round) => sql`lateral (
    select count(*) filter (where r.state in ('assigned', 'submitted'))::int as has,
      count(*) filter (where r.state = 'submitted')::int as submitted,
      max(r.total) filter (where r.state = 'submitted') - min(r.total) filter (where r.state = 'submitted') as spread,
      coalesce(count(*) filter (where r.state = 'submitted') >= ${reviews} and max(r.total) filter (where r.state = 'submitted')
        - min(r.total) filter (where r.state = 'submitted') > ${outlier}::numeric, false) as extra
    from cases.review r where r.paper_id = p.id and r.state <> 'dropped') s`

export async function questionOf<T>(
  act: Act<T>,
  round: Round,
  { leastMatch = 0, only }: { leastMatch?: number; only?: readonly string[] } = {},
): Promise<Question> {
  const lacking = await lackingPapers(act, round, only)
  const ids = lacking.map(({ paperId }) => paperId)
  const pool = await poolOf(act, round)
  const { rows: pairs } = await sql<{
    paper: string
    expert: string
    state: string
  }>`select r.paper_id as paper, r.account_id as expert, r.state
    from cases.review r where r.paper_id = any (${ids}::uuid[]) order by r.paper_id, r.account_id`.execute(act.tx)
  const fixed: Pair[] = []
  const closed: Conflict[] = []
  const key = (paper: string, expert: string) => `${paper} ${expert}`
  for (const { paper, expert, state } of pairs) {
    if (state === 'assigned' || state === 'submitted') fixed.push({ paper, expert })
    else closed.push({ paper, expert, why: state === 'declined' ? 'declined' : 'taken_back' })
  }
  // Somebody who has left the asker's scope meanwhile keeps what they have; it is not up for assignment.
  const strangers = Map.groupBy(
    fixed.filter(({ expert }) => !pool.some(({ accountId }) => accountId === expert)),
    ({ paper }) => paper,
  )
  const keeps = new Set(fixed.map(({ paper, expert }) => key(paper, expert)))
  const members = pool.filter(({ active, accountId }) => active || fixed.some(({ expert }) => expert === accountId))
  const member = new Set(members.map(({ accountId }) => accountId))
  const paperOf = new Map(lacking.map(({ applicationId, paperId }) => [applicationId, paperId]))
  const found = await conflictsOf(act, round.call, round.stage, [...paperOf.keys()], [...member])
  const conflicts = [
    ...found.map(({ applicationId, accountId, why }) => ({
      paper: paperOf.get(applicationId)!,
      expert: accountId,
      why,
    })),
    ...closed.filter(({ expert }) => member.has(expert)),
  ]
    // What was given stays until the office takes it back: it is shown as found, not undone by an assignment.
    .filter(({ paper, expert }) => !keeps.has(key(paper, expert)))
    .sort((a, b) => (key(a.paper, a.expert) + a.why < key(b.paper, b.expert) + b.why ? -1 : 1))
  const loads = loadPapers(members, fixed)
  const papers: Paper[] = lacking.map(({ paperId, field, needs }) => ({
    id: paperId,
    field: field ?? ANY,
    needs: needs - (strangers.get(paperId)?.length ?? 0),
  }))
  const input: ReviewsToAssign = {
    papers: [...papers, ...loads.papers],
    experts: members.map(({ accountId, fields, most, active, load }): Expert => {
      return { id: accountId, fields: { [ANY]: 1, ...fields }, most: active ? Math.max(most, load) : load }
    }),
    conflicts,
    fixed: [...fixed.filter(({ expert }) => member.has(expert)), ...loads.fixed],
    leastMatch,
    seed: seedOf(`${round.call.seed}:${round.stage.id}`),
  }
  return { input, lacking, pool: members, conflicts }
}

/** Experts in scope with what they carry in this round; papers that are done count too, for they were work. */
async function poolOf<T>(act: Act<T>, { call, stage }: Round): Promise<PoolMember[]> {
  const { rows } =
    await sql<PoolMember>`select e.account_id, e.name, e.fields, e.most, e.active, coalesce(c.load, 0) as load from cases.expert e left join (
      select r.account_id, count(*)::int as load from cases.review r join cases.paper p on p.id = r.paper_id
      where p.call_id = ${call.id} and p.stage = ${stage.id} and p.org_path <@ any (db.scope()) and r.state in ('assigned', 'submitted')
      group by r.account_id) c on c.account_id = e.account_id
    where e.org_path <@ any (db.scope()) order by e.account_id`.execute(act.tx)
  return rows
}

function loadPapers(members: readonly PoolMember[], fixed: readonly Pair[]): { papers: Paper[]; fixed: Pair[] } {
  const here = Map.groupBy(fixed, ({ expert }) => expert)
  const elsewhere = members.map(({ accountId, load }) => ({
    accountId,
    load: load - (here.get(accountId)?.length ?? 0),
  }))
  const papers: Paper[] = []
  const pairs: Pair[] = []
  for (let nth = 1; ; nth++) {
    const carrying = elsewhere.filter(({ load }) => load >= nth)
    if (carrying.length === 0) return { papers, fixed: pairs }
    papers.push({ id: `${LOAD}${nth}`, field: ANY, needs: carrying.length })
    pairs.push(...carrying.map(({ accountId }) => ({ paper: `${LOAD}${nth}`, expert: accountId })))
  }
}

/** A whole number below 2³¹ that everybody who knows the words can work out. */
export const seedOf = (words: string): number => createHash('sha256').update(words).digest().readUInt32BE(0) >>> 1

/** What a preview showed, in a word: confirmed only as long as it comes out the same. */
export const digestOf = (pairs: readonly Pair[]): string =>
  createHash('sha256')
    .update(
      pairs
        .map(({ paper, expert }) => `${paper} ${expert}`)
        .sort()
        .join('\n'),
    )
    .digest('hex')
    .slice(0, 16)
