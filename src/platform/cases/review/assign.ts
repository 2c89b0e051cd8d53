/** Assignment: shown before it is done, done as it was shown, with its proof; what is assigned stays where it is. */
import { sql } from 'kysely'
import { conflict, Refusal, refused } from '../../../base/errors.ts'
import { newId } from '../../../base/ids.ts'
import {
  type Assigned,
  type Assignment,
  assignReviews,
  checkAssignment,
  type Pair,
  type Shortage,
} from '../../allocation/index.ts'
import { record } from '../../audit/index.ts'
import type { Act } from '../../db/index.ts'
import { finishAll, notify } from '../../inbox/index.ts'
import type { Preview } from '../contract/review.ts'
import { titleAt } from '../flow/enter.ts'
import { figureOf, workingDaysAfter } from '../flow/figures.ts'
import { digestOf, isLoad, lackingPapers, type Question, questionOf } from './question.ts'
import { type Round, roundOf } from './stage.ts'

type Asked = { callId: string; stage: string; leastMatch: number }

/** What would be assigned. @throws Refusal `cases.nothing_to_assign` */
export async function previewAssignment<T>(act: Act<T>, { callId, stage, leastMatch }: Asked): Promise<Preview> {
  const question = await questionOf(act, await roundOf(act, callId, stage), { leastMatch })
  if (question.lacking.length === 0) throw refused('cases.nothing_to_assign')
  return shown(question, await assignReviews(question.input))
}

/**
 * Assigns as the preview showed, in one statement, and keeps question and answer so that the proof can be checked by anybody later.
 * @throws Refusal `cases.nothing_to_assign`, `cases.assignment_changed` where it would come out differently by now, `cases.assignment_impossible`
 */
export async function assign<T>(
  act: Act<T>,
  { callId, stage, leastMatch, digest }: Asked & { digest: string },
): Promise<{ assigned: number; experts: number }> {
  const round = await roundOf(act, callId, stage)
  await locked(act, round)
  const question = await questionOf(act, round, { leastMatch })
  if (question.lacking.length === 0) throw refused('cases.nothing_to_assign')
  const answer = await assignReviews(question.input)
  if (answer.outcome === 'impossible') throw refused('cases.assignment_impossible')
  if (digestOf(fresh(answer)) !== digest) throw conflict('cases.assignment_changed')
  return keepAssignment(act, round, question, answer)
}

/**
 * What is lacking of these papers is given to others by the product itself: after an expert gave one back, or where scores lie far apart.
 * Returns how many were given, or null where nobody is open.
 */
export async function fillPapers<T>(act: Act<T>, round: Round, paperIds: readonly string[]): Promise<number | null> {
  await locked(act, round)
  if ((await lackingPapers(act, round, paperIds)).length === 0) return 0
  const question = await questionOf(act, round, { only: paperIds })
  const answer = await assignReviews(question.input)
  return answer.outcome === 'impossible' ? null : (await keepAssignment(act, round, question, answer)).assigned
}

/** Two assignments of one round follow each other: the second sees what the first gave. */
const locked = <T>(act: Act<T>, { call, stage }: Round) =>
  sql`select pg_advisory_xact_lock(hashtextextended(${`cases.assign:${call.id}:${stage.id}`}, 0))`.execute(act.tx)

const fresh = ({ pairs }: Assignment): Pair[] =>
  pairs.filter(({ fixed, paper }) => !fixed && !isLoad(paper)).map(({ paper, expert }) => ({ paper, expert }))

async function keepAssignment<T>(
  act: Act<T>,
  round: Round,
  { input, lacking }: Question,
  answer: Assignment,
): Promise<{ assigned: number; experts: number }> {
  const problems = checkAssignment(input, answer)
  if (problems.length > 0) throw new Refusal('fault', 'cases.assignment_unproven', { problems: problems.slice(0, 3) })
  const { call, stage } = round
  const due =
    stage.days === undefined
      ? null
      : await workingDaysAfter(act, call.authority, act.today, (await figureOf(act, call.authority, stage.days)).value)
  const extra = new Map(lacking.map((one) => [one.paperId, one.extra]))
  const rows = fresh(answer).map(({ paper, expert }) => ({
    paper_id: paper,
    id: newId(),
    account_id: expert,
    round: extra.get(paper) ? 2 : 1,
  }))
  await sql`insert into cases.review (paper_id, id, account_id, round, due_on)
    select r.paper_id, r.id, r.account_id, r.round, ${due}::date
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(paper_id uuid, id uuid, account_id uuid, round int)`.execute(
    act.tx,
  )
  const assigningId = newId()
  const offices = Map.groupBy(lacking, ({ orgPath }) => orgPath)
  await sql`insert into cases.assigning (id, call_id, stage, org_path, proof, by_account)
    values (${assigningId}, ${call.id}, ${stage.id}, ${[...offices.keys()].sort((a, b) => a.length - b.length)[0]!}::ltree,
      ${JSON.stringify({ question: input, answer })}::jsonb, ${act.actor.account})`.execute(act.tx)
  const experts = [...new Set(rows.map((row) => row.account_id))]
  await tellExperts(act, round, experts, due)
  await record(act, {
    action: 'cases.reviews_assigned',
    subject: { kind: 'assigning', id: assigningId },
    orgPath: lacking[0]!.orgPath,
    after: { callId: call.id, stage: stage.id, reviews: rows.length, experts: experts.length, gap: answer.gap },
  })
  return { assigned: rows.length, experts: experts.length }
}

/** Each time a to-do of its own: the one before may be done already. */
const todoKey = ({ call, stage }: Pick<Round, 'call' | 'stage'>, nth: number) =>
  `cases.review:${call.id}:${stage.id}:${nth}`

async function tellExperts<T>(act: Act<T>, round: Round, experts: readonly string[], due: string | null) {
  const { rows } = await sql<{ accountId: string; had: number }>`select x.id as account_id,
      (select count(distinct r.assigned_at) from cases.review r join cases.paper p on p.id = r.paper_id
        where r.account_id = x.id and p.call_id = ${round.call.id} and p.stage = ${round.stage.id})::int as had
    from unnest(${experts}::uuid[]) x(id)`.execute(act.tx)
  await notify(
    act,
    rows.map(({ accountId, had }) => ({
      accountId,
      kind: 'todo' as const,
      code: 'cases.todo.to_review',
      data: titleAt(round.call, round.stage),
      link: '/reviews',
      key: todoKey(round, had),
      ...(due ? { due } : {}),
    })),
  )
}

/** The expert has nothing left at this stage. */
export async function settleTodos<T>(act: Act<T>, round: Pick<Round, 'call' | 'stage'>, accountIds: readonly string[]) {
  const { rows } = await sql<{
    accountId: string
    had: number
  }>`select x.id as account_id, count(distinct r.assigned_at)::int as had
    from unnest(${accountIds}::uuid[]) x(id) join cases.review r on r.account_id = x.id join cases.paper p on p.id = r.paper_id
    where p.call_id = ${round.call.id} and p.stage = ${round.stage.id} group by x.id having count(*) filter (where r.state = 'assigned') = 0`.execute(
    act.tx,
  )
  await finishAll(
    act,
    rows.flatMap(({ accountId, had }) =>
      Array.from({ length: had }, (_, nth) => ({ key: todoKey(round, nth + 1), whose: accountId })),
    ),
  )
}

type KeptProof = { question: Question['input']; answer: Assignment }

/** Assignments of a round, the latest first; each proof is checked anew with every look at it. */
export async function assignmentsOf<T>(act: Act<T>, { callId, stage }: { callId: string; stage: string }) {
  const { rows } = await sql<{
    id: string
    at: string
    by: string | null
    byItself: boolean
    proof: KeptProof
  }>`select g.id, g.at, a.name as by,
      g.by_account is null as by_itself, g.proof
    from cases.assigning g left join access.account a on a.id = g.by_account
    where g.call_id = ${callId} and g.stage = ${stage} and g.org_path <@ any (db.scope()) order by g.at desc, g.id desc limit 50`.execute(
    act.tx,
  )
  return rows.map(({ proof: { question, answer }, ...row }) => {
    const pairs = fresh(answer)
    return {
      ...row,
      reviews: pairs.length,
      experts: new Set(pairs.map(({ expert }) => expert)).size,
      largest: answer.largestLoad,
      smallest: answer.smallestLoad,
      gap: answer.gap,
      sound: checkAssignment(question, answer).length === 0,
    }
  })
}

const two = (value: number): string => value.toFixed(2)

function shown({ input, lacking, pool, conflicts }: Question, answer: Assigned): Preview {
  const nameOf = new Map(pool.map(({ accountId, name }) => [accountId, name]))
  const nthOf = new Map(lacking.map(({ paperId, nth }) => [paperId, nth]))
  const base = {
    papers: lacking.length,
    reviews: lacking.reduce((sum, { needs, has }) => sum + needs - has, 0),
    experts: input.experts.length,
    closed: counted(conflicts.map(({ why }) => why)),
    seed: input.seed ?? 0,
  }
  if (answer.outcome === 'impossible')
    return {
      ...base,
      outcome: 'impossible',
      loads: [],
      mean: null,
      largest: null,
      smallest: null,
      match: null,
      unmatched: null,
      gap: null,
      checked: false,
      digest: '',
      shortages: answer.why.map((why) => lackOf(why, nthOf)),
    }
  const pairs = answer.pairs.filter(({ paper }) => !isLoad(paper))
  return {
    ...base,
    outcome: 'assigned',
    loads: answer.loads
      .map(({ expert, load, fixed, most }) => ({
        accountId: expert,
        name: nameOf.get(expert) ?? '',
        load,
        fixed,
        most,
      }))
      .sort((a, b) => b.load - a.load || (a.name < b.name ? -1 : 1)),
    mean: two(answer.mean),
    largest: answer.largestLoad,
    smallest: answer.smallestLoad,
    match: pairs.reduce((sum, { match }) => sum + match, 0),
    unmatched: pairs.filter(({ match, fixed }) => match === 0 && !fixed).length,
    gap: answer.gap,
    checked: checkAssignment(input, answer).length === 0,
    digest: digestOf(fresh(answer)),
    shortages: [],
  }
}

const counted = (whys: readonly string[]) =>
  [...Map.groupBy(whys, (why) => why)]
    .map(([why, some]) => ({ why, count: some.length }))
    .sort((a, b) => b.count - a.count)

function lackOf(why: Shortage, nthOf: Map<string, number>): Preview['shortages'][number] {
  const numbers = (papers: readonly string[]) => papers.flatMap((paper) => nthOf.get(paper) ?? []).slice(0, 50)
  if (why.kind === 'few_open')
    return {
      kind: why.kind,
      papers: numbers([why.paper]),
      field: why.field || null,
      needs: why.needs,
      open: why.open,
      closed: Object.entries(why.closed).map(([reason, count]) => ({ why: reason, count })),
    }
  if (why.kind === 'crowded')
    return {
      kind: why.kind,
      papers: numbers(why.papers),
      field: why.fields.filter((one) => one !== '').join('、') || null,
      needs: why.needs,
      open: why.room + why.elsewhere,
      closed: [],
    }
  return {
    kind: why.kind,
    papers: 'paper' in why ? numbers([why.paper]) : [],
    field: null,
    needs: 0,
    open: 0,
    closed: [],
  }
}
