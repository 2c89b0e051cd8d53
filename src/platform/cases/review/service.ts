/** An expert's work: scores kept as they are typed, handed in, or given back; and what the office takes back. */
import { sql } from 'kysely'
import { conflict, invalid, notFound } from '../../../base/errors.ts'
import { record } from '../../audit/index.ts'
import type { Act } from '../../db/index.ts'
import type { StageOf } from '../contract/definition.ts'
import { asOffice } from '../flow/as-office.ts'
import { assertInTime, callOf } from '../flow/rows.ts'
import { stageAt } from '../rules/flow.ts'
import type { Call } from '../tables.ts'
import { fillPapers, settleTodos } from './assign.ts'
import { roundsOfPapers, settlePapers, tellOffice } from './settle.ts'
import { roundOf } from './stage.ts'

export type Given = {
  reviewId: string
  paperId: string
  callId: string
  stage: string
  orgId: string
  orgPath: string
  state: 'assigned' | 'submitted'
  open: boolean
  scores: Record<string, number>
  words: string
}

/** The office that assigned it. */
const officeOf = ({ orgPath }: Given) => ({ orgPath, permission: 'cases.review.organise' })

/** A review that was given to the acting expert. @throws Refusal `not_found` */
export async function givenReview<T>(
  act: Act<T>,
  reviewId: string,
): Promise<{ given: Given; call: Call; stage: StageOf<'review'> }> {
  const { rows } =
    await sql<Given>`select r.id as review_id, r.paper_id, p.call_id, p.stage, p.org_id, p.org_path::text, r.state, m.open, r.scores, r.words
    from cases.my_reviews() m join cases.review r on r.id = m.review_id and r.paper_id = m.paper_id join cases.paper p on p.id = r.paper_id
    where r.id = ${reviewId}`.execute(act.tx)
  const given = rows[0]
  if (!given) throw notFound('review')
  const call = await callOf(act, given.callId)
  const stage = stageAt(call.definition, given.stage)
  if (stage?.kind !== 'review') throw notFound('review')
  return { given, call, stage }
}

async function stillOpen<T>(act: Act<T>, reviewId: string) {
  const found = await givenReview(act, reviewId)
  if (found.given.state !== 'assigned') throw conflict('cases.review_handed_in')
  if (!found.given.open) throw conflict('cases.review_over')
  await assertInTime(act, found.call.id, found.stage.id)
  return found
}

/**
 * Keeps what has been typed; what is missing may be missing still. The total is what has been given so far.
 * @throws Refusal `not_found`, `cases.review_handed_in`, `cases.review_over`, `cases.too_late`, `cases.score_out_of_range`
 */
export async function saveReview<T>(
  act: Act<T>,
  { reviewId, scores, words }: { reviewId: string; scores: Record<string, number>; words: string },
): Promise<{ total: string | null; scored: number; savedAt: string }> {
  const { given, stage } = await stillOpen(act, reviewId)
  for (const [id, points] of Object.entries(scores)) {
    const item = stage.rubric.find((one) => one.id === id)
    if (!item || points > item.most)
      throw invalid('cases.score_out_of_range', { ...(item?.title ?? { zh: id, en: id }), most: item?.most ?? 0 })
  }
  const { rows } = await sql<{
    total: string | null
  }>`update cases.review r set scores = ${JSON.stringify(scores)}::jsonb, words = ${words}, changed_at = db.now(),
      total = (select sum(v::numeric) from jsonb_each_text(${JSON.stringify(scores)}::jsonb) as t(k, v))
    where r.paper_id = ${given.paperId} and r.id = ${reviewId} and r.account_id = db.account() and r.state = 'assigned' returning r.total`.execute(
    act.tx,
  )
  if (!rows[0]) throw conflict('cases.review_handed_in')
  await record(act, { action: 'cases.review_kept', subject: { kind: 'review', id: reviewId } })
  return { total: rows[0].total, scored: Object.keys(scores).length, savedAt: act.now }
}

/**
 * Hands a review in: it stands. If it was the last, the case is settled in the same act, on the office's side.
 * @throws Refusal as `saveReview`, `cases.scores_missing` with what is
 */
export async function submitReview<T>(act: Act<T>, reviewId: string): Promise<void> {
  const { given, call, stage } = await stillOpen(act, reviewId)
  const missing = stage.rubric.filter(({ id }) => typeof given.scores[id] !== 'number')
  if (missing.length > 0) throw invalid('cases.scores_missing', { count: missing.length })
  const { rows } =
    await sql`update cases.review r set state = 'submitted', submitted_at = db.now(), changed_at = db.now()
    where r.paper_id = ${given.paperId} and r.id = ${reviewId} and r.account_id = db.account() and r.state = 'assigned' returning r.id`.execute(
      act.tx,
    )
  if (rows.length === 0) throw conflict('cases.review_handed_in')
  await record(act, {
    action: 'cases.review_handed_in',
    subject: { kind: 'review', id: reviewId },
    orgPath: given.orgPath,
  })
  await settleTodos(act, { call, stage }, [act.actor.account!])
  await asOffice(act, officeOf(given), async (office) => {
    await settlePapers(office, await roundOf(office, call.id, stage.id), [given.paperId])
  })
}

/**
 * Gives a paper back; somebody else gets it at once, and where nobody is open the office is told.
 * @throws Refusal `not_found`, `cases.review_handed_in`, `cases.review_over`
 */
export async function declineReview<T>(
  act: Act<T>,
  { reviewId, why, words }: { reviewId: string; why: string; words: string },
): Promise<void> {
  const { given, call, stage } = await stillOpen(act, reviewId)
  const { rows } =
    await sql`update cases.review r set state = 'declined', conflict = ${`${why}: ${words}`}, scores = '{}', total = null, words = '', changed_at = db.now()
    where r.paper_id = ${given.paperId} and r.id = ${reviewId} and r.account_id = db.account() and r.state = 'assigned' returning r.id`.execute(
      act.tx,
    )
  if (rows.length === 0) throw conflict('cases.review_handed_in')
  await record(act, {
    action: 'cases.review_declined',
    subject: { kind: 'review', id: reviewId },
    orgPath: given.orgPath,
    after: { why },
  })
  await settleTodos(act, { call, stage }, [act.actor.account!])
  await asOffice(act, officeOf(given), async (office) => {
    const round = await roundOf(office, call.id, stage.id)
    if ((await fillPapers(office, round, [given.paperId])) === null)
      await tellOffice(office, round, given.orgId, 'cases.todo.review_short')
  })
}

/** Reviews that were not handed in, taken back by the office; they are given to others by the next assignment. @throws Refusal `not_found` */
export async function takeBackReviews<T>(
  act: Act<T>,
  { reviewIds, words }: { reviewIds: readonly string[]; words: string },
): Promise<{ takenBack: number }> {
  const { rows } = await sql<{
    accountId: string
    callId: string
    stage: string
    orgPath: string
  }>`update cases.review r
    set state = 'dropped', conflict = ${words}, changed_at = db.now() from cases.paper p
    where p.id = r.paper_id and p.org_path <@ any (db.scope()) and r.id = any (${reviewIds}::uuid[]) and r.state = 'assigned'
    returning r.account_id, p.call_id, p.stage, p.org_path::text`.execute(act.tx)
  if (rows.length === 0) throw notFound('review')
  for (const group of Map.groupBy(rows, ({ callId, stage }) => `${callId}:${stage}`).values()) {
    const { call, stage } = await roundOf(act, group[0]!.callId, group[0]!.stage)
    await settleTodos(act, { call, stage }, [...new Set(group.map(({ accountId }) => accountId))])
  }
  await record(act, {
    action: 'cases.reviews_taken_back',
    orgPath: rows[0]!.orgPath,
    after: { reviews: rows.length, words },
  })
  return { takenBack: rows.length }
}

/** The office takes scores as they are although they lie apart. @throws Refusal `not_found`, `cases.nothing_to_settle` */
export async function acceptScores<T>(
  act: Act<T>,
  { paperIds, words }: { paperIds: readonly string[]; words: string },
): Promise<{ settled: number }> {
  let settled = 0
  for (const { callId, stage, paperIds: ids } of await roundsOfPapers(act, paperIds))
    settled += await settlePapers(act, await roundOf(act, callId, stage), ids, words)
  if (settled === 0) throw conflict('cases.nothing_to_settle')
  return { settled }
}
