/**
 * What scores lead to. A case is scored once every review that was asked for is in and none lies too far from the others, or one more has been
 * given where it does: the mean of the totals, exact, kept with two decimals (half up). Below the floor it is refused, otherwise it goes on.
 */
import { sql } from 'kysely'
import { notFound } from '../../../base/errors.ts'
import type { Act } from '../../db/index.ts'
import { notify } from '../../inbox/index.ts'
import { titleAt } from '../flow/enter.ts'
import { moveAll } from '../flow/move.ts'
import { lockedApplications } from '../flow/rows.ts'
import { fillPapers } from './assign.ts'
import { standing } from './question.ts'
import { currentPapers, type Round } from './stage.ts'

type Scored = {
  applicationId: string
  paperId: string
  orgId: string
  open: number
  submitted: number
  extra: boolean
  score: string | null
  below: boolean
}

async function scored<T>(act: Act<T>, round: Round, paperIds: readonly string[]): Promise<Scored[]> {
  const { rows } =
    await sql<Scored>`select a.id as application_id, p.id as paper_id, p.org_id, s.has - s.submitted as open, s.submitted, s.extra,
      (select round(sum(r.total) / count(*), 2) from cases.review r where r.paper_id = p.id and r.state = 'submitted') as score,
      coalesce((select sum(r.total) < ${round.floor}::numeric * count(*) from cases.review r where r.paper_id = p.id and r.state = 'submitted'), false) as below
    from ${currentPapers(round, sql`cross join ${standing(round)}`)} and p.id = any (${paperIds}::uuid[])`.execute(
      act.tx,
    )
  return rows
}

/**
 * Settles those of these papers that are complete, under the office's scope. Where scores lie too far apart one more review is given at once;
 * where nobody is open to it the office is told. `accepted`: the office takes the scores as they are, with its words. Returns how many were settled.
 */
export async function settlePapers<T>(
  act: Act<T>,
  round: Round,
  paperIds: readonly string[],
  accepted?: string,
): Promise<number> {
  const { call, stage, reviews } = round
  const first = await scored(act, round, paperIds)
  if (first.length === 0) return 0
  // Whoever hands in the last review waits here for whoever handed in the one before it, and then sees it.
  const applications = await lockedApplications(
    act,
    first.map(({ applicationId }) => applicationId),
  )
  const papers = (await scored(act, round, paperIds)).filter(
    ({ open, submitted }) => open === 0 && submitted >= reviews,
  )
  const apart = papers.filter(({ extra, submitted }) => extra && submitted === reviews && accepted === undefined)
  for (const { paperId, orgId } of apart)
    if ((await fillPapers(act, round, [paperId])) === null)
      await tellOffice(act, round, orgId, 'cases.todo.review_short')
  const done = papers.filter((paper) => !apart.includes(paper))
  if (done.length === 0) return 0
  await sql`update cases.application a set score = r.score from jsonb_to_recordset(${JSON.stringify(
    done.map(({ applicationId, score }) => ({ id: applicationId, score })),
  )}::jsonb) as r(id uuid, score numeric) where a.id = r.id`.execute(act.tx)
  const byId = new Map(applications.map((one) => [one.id, { ...one }]))
  for (const [below, group] of Map.groupBy(done, (one) => (one.below ? one.score : null)))
    await moveAll(
      act,
      call,
      group.map(({ applicationId }) => byId.get(applicationId)!),
      { act: below === null ? 'pass' : 'refuse' },
      {
        byItself: true,
        words: below === null ? accepted : `专家评审平均分 ${below}，低于规定的 ${round.floor} 分。`,
        data: { reviewed: stage.id },
      },
    )
  return done.length
}

export async function tellOffice<T>(act: Act<T>, { call, stage }: Round, orgId: string, code: string): Promise<void> {
  await notify(act, [
    {
      role: stage.by.role,
      orgId,
      kind: 'todo',
      code,
      data: titleAt(call, stage),
      link: `/reviews/rounds/${call.id}/${stage.id}`,
      key: `${code}:${call.id}:${stage.id}:${act.today}`,
    },
  ])
}

/** Cases and round of papers in scope. @throws Refusal `not_found` */
export async function roundsOfPapers<T>(act: Act<T>, paperIds: readonly string[]) {
  const { rows } = await sql<{
    paperId: string
    callId: string
    stage: string
  }>`select p.id as paper_id, p.call_id, p.stage
    from cases.paper p where p.id = any (${paperIds}::uuid[]) and p.org_path <@ any (db.scope())`.execute(act.tx)
  if (rows.length !== new Set(paperIds).size) throw notFound('paper')
  return [...Map.groupBy(rows, ({ callId, stage }) => `${callId}:${stage}`).values()].map((group) => ({
    callId: group[0]!.callId,
    stage: group[0]!.stage,
    paperIds: group.map(({ paperId }) => paperId),
  }))
}
