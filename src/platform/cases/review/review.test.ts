/** A round of review from the copies to the score: assignment with its proof, handing in, giving back, scores that lie apart. */
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { refusalOf } from '../../../../test/harness/world.ts'
import type { Caller } from '../../../server/caller.ts'
import { checkAssignment } from '../../allocation/index.ts'
import { moveClock } from '../../db/index.ts'
import { type CasesHouse, openCasesHouse } from '../flow/cases.fixture.ts'
import { moveOne } from '../flow/move.ts'
import { lockedApplication, openCall } from '../flow/rows.ts'
import { sign } from '../flow/sign.ts'
import { addExperts, asExpert, casesAtReview, scoreAll, withReview } from './review.fixture.ts'

let at: CasesHouse
let office: Caller['cases']
let accounts: string[]
beforeAll(async () => {
  at = await openCasesHouse(16)
  office = (await at.world.as('trainer@district')).cases
  accounts = await addExperts(at, 6)
})
afterAll(() => at?.house.close())

const stage = 'review'
/** A call with so many cases, papers made and reviews assigned. */
async function round(cases: number, over: Record<string, unknown> = {}) {
  const callId = await at.publish(withReview(over))
  const ids = await casesAtReview(at, callId, cases)
  await office.preparePapers({ callId, stage })
  return { callId, ids }
}
async function assigned(cases: number, over: Record<string, unknown> = {}) {
  const made = await round(cases, over)
  const { digest } = await office.previewAssignment({ callId: made.callId, stage })
  await office.assignReviews({ callId: made.callId, stage, digest })
  return made
}
/** The experts of a paper, each as a caller with the review that is open to them. */
async function reviewersOf(callId: string, applicationId: string) {
  const paper = (await office.reviewPapers({ callId, stage })).find((one) => one.applicationId === applicationId)!
  const open = paper.reviews.filter(({ state }) => state === 'assigned')
  return Promise.all(
    open.map(async ({ reviewId, accountId }) => ({ reviewId, accountId, expert: await asExpert(at, accountId) })),
  )
}
async function score(reviewer: { reviewId: string; expert: Caller['cases'] }, work: number, plan: number) {
  await reviewer.expert.saveReview({ reviewId: reviewer.reviewId, scores: { work, plan }, words: '' })
  await reviewer.expert.submitReview({ reviewId: reviewer.reviewId })
}

describe('papers', () => {
  it('carry a number and no word of the applicant, once for each case', async () => {
    const { callId, ids } = await round(4)
    expect(await office.preparePapers({ callId, stage })).toEqual({ made: 0, held: 0, unread: 0 })
    const papers = await office.reviewPapers({ callId, stage })
    expect(papers.map(({ nth }) => nth)).toEqual([1, 2, 3, 4])
    expect(papers.map(({ applicationId }) => applicationId).sort()).toEqual([...ids].sort())
    expect(new Set(papers.map(({ field }) => field))).toEqual(new Set(['语文', '数学']))
    const { rows } = await sql<{
      content: unknown
    }>`select p.content from cases.paper p where p.call_id = ${callId}`.execute(at.house.owner)
    const told = JSON.stringify(rows)
    expect(told).not.toMatch(/教师[甲乙丙丁戊己庚辛壬癸]|T0\d{4}|第一小学|第二小学|138-?0000/)
    expect(told).toContain('〔已隐去〕')
    expect(told).not.toContain('姓名')
  })
  it('are numbered as the seed of the call draws them', async () => {
    const order = async (seed: string) => {
      const callId = await at.publish(withReview())
      await sql`update cases.call set seed = ${seed} where id = ${callId}`.execute(at.house.owner)
      const ids = await casesAtReview(at, callId, 8)
      await office.preparePapers({ callId, stage })
      const { rows } = await sql<{
        nth: number
        drawn: number
        begun: number
      }>`select p.nth, row_number() over (order by
          sha256(convert_to(${`${seed}:${stage}:`} || f.application_id::text || ':1', 'UTF8')))::int as drawn, row_number() over (order by f.application_id)::int as begun
        from cases.paper p join cases.paper_of f on f.paper_id = p.id where p.call_id = ${callId}`.execute(
        at.house.owner,
      )
      expect(rows).toHaveLength(ids.length)
      return rows
    }
    const rows = await order('a')
    expect(rows.every(({ nth, drawn }) => nth === drawn)).toBe(true)
    expect(rows.every(({ nth, begun }) => nth === begun)).toBe(false)
  })
})

describe('papers that differ', () => {
  it('name the applicant where only experts are anonymous, and show every file', async () => {
    const { callId } = await round(1, { blind: 'single' })
    const { rows } = await sql<{
      content: { title: string; value: string; en: { title: string } }[]
    }>`select p.content from cases.paper p where p.call_id = ${callId}`.execute(at.house.owner)
    expect(rows[0]!.content.slice(0, 2)).toMatchObject([
      { title: '申报人', value: at.world.teachers[0][0]!.name, en: { title: 'Applicant' } },
      { title: '单位', value: '第一小学' },
    ])
  })
  it('are made anew when the case comes back to the stage, and the old reviews end', async () => {
    const { callId, ids } = await assigned(1)
    const [old] = await reviewersOf(callId, ids[0]!)
    await at.everywhere(async (act) => {
      const call = await openCall(act, callId)
      await moveOne(
        act,
        call,
        await lockedApplication(act, ids[0]!),
        { act: 'return', to: 'school' },
        { words: '补充材料' },
      )
    })
    expect(await refusalOf(old!.expert.submitReview({ reviewId: old!.reviewId }))).toBe('conflict cases.review_over')
    await moveClock(at.house.owner, new Date('2023-03-01T03:00:00Z'))
    await at.everywhere(async (act) =>
      moveOne(act, await openCall(act, callId), await lockedApplication(act, ids[0]!), { act: 'pass' }),
    )
    expect(await office.preparePapers({ callId, stage })).toMatchObject({ made: 1 })
    const papers = await office.reviewPapers({ callId, stage })
    expect(papers.map(({ nth, reviews }) => [nth, reviews.length])).toEqual([[2, 0]])
    expect(await refusalOf(old!.expert.myPaper({ reviewId: old!.reviewId }))).toBe('not_found not_found')
  })
  it('belong to the office of the district: another sees and moves nothing', async () => {
    const { callId } = await round(1)
    const [paper] = await office.reviewPapers({ callId, stage })
    const other = (await at.world.as('trainer@other')).cases
    expect(await other.reviewPapers({ callId, stage })).toEqual([])
    expect(await refusalOf(other.setPaperFile({ paperId: paper!.paperId, nth: 1, held: false }))).toBe(
      'not_found not_found',
    )
    expect(await refusalOf(other.acceptScores({ paperIds: [paper!.paperId], words: '照此' }))).toBe(
      'not_found not_found',
    )
    expect(await refusalOf(other.previewAssignment({ callId, stage }))).toBe('refused cases.nothing_to_assign')
  })
})

describe('assignment', () => {
  it('shows loads, conflicts and proof, and is kept so that anybody can check it', async () => {
    const { callId } = await round(6)
    const shown = await office.previewAssignment({ callId, stage })
    expect(shown).toMatchObject({ outcome: 'assigned', papers: 6, reviews: 18, gap: 0, checked: true })
    expect(shown.loads.map(({ load }) => load)).toEqual([3, 3, 3, 3, 3, 3])
    expect(await office.assignReviews({ callId, stage, digest: shown.digest })).toEqual({ assigned: 18, experts: 6 })
    const { rows } = await sql<{ proof: { question: never; answer: never } }>`select g.proof from cases.assigning g
      where g.call_id = ${callId}`.execute(at.house.owner)
    expect(checkAssignment(rows[0]!.proof.question, rows[0]!.proof.answer)).toEqual([])
    expect(await office.reviewAssignments({ callId, stage })).toMatchObject([
      { reviews: 18, experts: 6, gap: 0, sound: true, byItself: false },
    ])
    await sql`update cases.assigning set proof = jsonb_set(proof, '{answer,match}', '999') where call_id = ${callId}`.execute(
      at.house.owner,
    )
    expect(await office.reviewAssignments({ callId, stage })).toMatchObject([{ sound: false }])
    expect(await refusalOf(office.previewAssignment({ callId, stage }))).toBe('refused cases.nothing_to_assign')
    const expert = await asExpert(at, accounts[0]!)
    const mine = (await expert.myReviews()).filter((one) => one.callId === callId)
    expect(mine.map(({ dueOn }) => dueOn)).toEqual(['2023-03-08', '2023-03-08', '2023-03-08'])
    const { rows: told } = await sql<{
      n: number
    }>`select count(*)::int as n from inbox.item i where i.recipient_id = ${accounts[0]!}
      and i.code = 'cases.todo.to_review' and i.key like ${`cases.review:${callId}%`} and i.done_at is null`.execute(
      at.house.owner,
    )
    expect(told[0]!.n).toBe(1)
  })
  it('is refused where it would come out differently by now', async () => {
    const { callId } = await round(2)
    expect(await refusalOf(office.assignReviews({ callId, stage, digest: 'other' }))).toBe(
      'conflict cases.assignment_changed',
    )
  })
  it('leaves what is assigned where it is when more papers come', async () => {
    const { callId } = await assigned(4)
    const before = await office.reviewPapers({ callId, stage })
    const late = await at.apply(callId, 0, 9)
    await (await at.office('principal@0')).act(async (act, held) => {
      await sign(act, held, [late], { verdict: 'signed' })
    })
    await office.preparePapers({ callId, stage })
    const shown = await office.previewAssignment({ callId, stage })
    expect(shown).toMatchObject({ papers: 1, reviews: 3, gap: 0, checked: true })
    expect(
      Math.max(...shown.loads.map(({ load }) => load)) - Math.min(...shown.loads.map(({ load }) => load)),
    ).toBeLessThan(2)
    await office.assignReviews({ callId, stage, digest: shown.digest })
    const after = await office.reviewPapers({ callId, stage })
    expect(after.filter(({ nth }) => nth < 5)).toEqual(before)
  })
  it('counts work that is done when more is given', async () => {
    const { callId, ids } = await assigned(1)
    const three = await reviewersOf(callId, ids[0]!)
    for (const reviewer of three) await score(reviewer, 50, 30)
    const late = await at.apply(callId, 1, 9)
    await (await at.office('principal@1')).act((act, held) => sign(act, held, [late], { verdict: 'signed' }))
    await office.preparePapers({ callId, stage })
    const { digest } = await office.previewAssignment({ callId, stage })
    await office.assignReviews({ callId, stage, digest })
    const others = await reviewersOf(callId, late)
    expect(others.filter(({ accountId }) => three.some((one) => one.accountId === accountId))).toEqual([])
  })
  it('says what is short where it cannot be done', async () => {
    const { callId } = await round(1, { reviews: 9 })
    const shown = await office.previewAssignment({ callId, stage })
    expect(shown).toMatchObject({ outcome: 'impossible', shortages: [{ kind: 'few_open', needs: 9, papers: [1] }] })
  })
})

describe('scores', () => {
  it('make the mean to two decimals, and the case goes on', async () => {
    const { callId, ids } = await assigned(1)
    const [first, second, third] = await reviewersOf(callId, ids[0]!)
    await score(first!, 50, 30)
    await score(second!, 50, 30.5)
    expect(await at.where(ids[0]!)).toEqual({ state: 'waiting', stage })
    await score(third!, 50, 31.5)
    expect(await at.where(ids[0]!)).toEqual({ state: 'waiting', stage: 'decide' })
    const [paper] = await office.reviewPapers({ callId, stage })
    expect(paper).toMatchObject({ score: '80.67', here: false })
  })
  it('below the floor refuse the case, exactly at it do not', async () => {
    const { callId, ids } = await assigned(2)
    for (const reviewer of await reviewersOf(callId, ids[0]!)) await score(reviewer, 40, 20)
    for (const [nth, reviewer] of (await reviewersOf(callId, ids[1]!)).entries())
      await score(reviewer, 40, nth === 0 ? 19.5 : 20)
    expect(await at.where(ids[0]!)).toEqual({ state: 'waiting', stage: 'decide' })
    expect(await at.where(ids[1]!)).toEqual({ state: 'refused', stage })
    const { rows } = await sql<{
      words: string
      byName: string
      byAccount: string | null
    }>`select s.words, s.by_name, s.by_account from cases.step s
      where s.application_id = ${ids[1]!} and s.act = 'refuse'`.execute(at.house.owner)
    expect(rows).toEqual([{ words: '专家评审平均分 59.83，低于规定的 60 分。', byName: 'system', byAccount: null }])
  })
  it('that lie apart call for one more review by somebody else, then all count', async () => {
    const { callId, ids } = await assigned(1)
    const three = await reviewersOf(callId, ids[0]!)
    await score(three[0]!, 60, 40)
    await score(three[1]!, 60, 40)
    await score(three[2]!, 40, 20)
    expect(await at.where(ids[0]!)).toEqual({ state: 'waiting', stage })
    const more = await reviewersOf(callId, ids[0]!)
    expect(more).toHaveLength(1)
    expect(three.map(({ accountId }) => accountId)).not.toContain(more[0]!.accountId)
    await score(more[0]!, 60, 40)
    expect(await at.where(ids[0]!)).toEqual({ state: 'waiting', stage: 'decide' })
    const [paper] = await office.reviewPapers({ callId, stage })
    expect(paper!.score).toBe('90.00')
    expect(paper!.reviews.map((one) => one.round).sort()).toEqual([1, 1, 1, 2])
  })
  it('are kept as they are typed, checked, and stand once handed in', async () => {
    const { callId, ids } = await assigned(1)
    const [{ reviewId, expert }] = (await reviewersOf(callId, ids[0]!)) as [
      Awaited<ReturnType<typeof reviewersOf>>[number],
    ]
    expect(await expert.saveReview({ reviewId, scores: { work: 41.5 }, words: '尚在' })).toMatchObject({
      total: '41.500',
      scored: 1,
    })
    expect(await refusalOf(expert.submitReview({ reviewId }))).toBe('invalid cases.scores_missing')
    expect(await refusalOf(expert.saveReview({ reviewId, scores: { work: 61 }, words: '' }))).toBe(
      'invalid cases.score_out_of_range',
    )
    expect(await expert.myPaper({ reviewId })).toMatchObject({
      scores: { work: 41.5 },
      words: '尚在',
      scored: 1,
      of: 2,
    })
    await expert.saveReview({ reviewId, scores: { work: 41.5, plan: 0 }, words: '' })
    await expert.submitReview({ reviewId })
    expect(await refusalOf(expert.saveReview({ reviewId, scores: {}, words: '' }))).toBe(
      'conflict cases.review_handed_in',
    )
  })
  it('of two who hand in at the same instant are both counted', async () => {
    const { callId, ids } = await assigned(4)
    for (const id of ids) {
      const [first, second, third] = await reviewersOf(callId, id)
      await score(first!, 50, 30)
      await Promise.all([score(second!, 50, 30), score(third!, 50, 30)])
      expect(await at.where(id)).toEqual({ state: 'waiting', stage: 'decide' })
    }
  })
})

describe('what is not done by whom it was given to', () => {
  it('a paper given back goes to somebody else at once', async () => {
    const { callId, ids } = await assigned(1)
    const [first, ...others] = await reviewersOf(callId, ids[0]!)
    await first!.expert.declineReview({ reviewId: first!.reviewId, why: 'conflict', words: '曾合作过课题' })
    const now = await reviewersOf(callId, ids[0]!)
    expect(now).toHaveLength(3)
    expect(now.map(({ accountId }) => accountId)).not.toContain(first!.accountId)
    expect(now.filter(({ accountId }) => others.some((one) => one.accountId === accountId))).toHaveLength(2)
    expect(await refusalOf(first!.expert.myPaper({ reviewId: first!.reviewId }))).toBe('not_found not_found')
  })
  it('reviews taken back are given anew by the next assignment, to others', async () => {
    const { callId, ids } = await assigned(1)
    const [first] = await reviewersOf(callId, ids[0]!)
    expect(await office.takeBackReviews({ reviewIds: [first!.reviewId], words: '逾期未评' })).toEqual({ takenBack: 1 })
    const { digest, reviews } = await office.previewAssignment({ callId, stage })
    expect(reviews).toBe(1)
    await office.assignReviews({ callId, stage, digest })
    expect((await reviewersOf(callId, ids[0]!)).map(({ accountId }) => accountId)).not.toContain(first!.accountId)
  })
  it('a case withdrawn meanwhile is nobody’s work any more', async () => {
    const { callId, ids } = await assigned(1)
    const [first] = await reviewersOf(callId, ids[0]!)
    await sql`update cases.application set state = 'withdrawn' where id = ${ids[0]!}`.execute(at.house.owner)
    expect(
      await refusalOf(first!.expert.saveReview({ reviewId: first!.reviewId, scores: { work: 1 }, words: '' })),
    ).toBe('conflict cases.review_over')
  })
  it('scores that stay apart are taken by the office with its reason', async () => {
    const { callId, ids } = await assigned(1, { reviews: 6 })
    for (const [nth, reviewer] of (await reviewersOf(callId, ids[0]!)).entries())
      await score(reviewer, nth === 0 ? 10 : 60, 40)
    expect(await at.where(ids[0]!)).toEqual({ state: 'waiting', stage })
    const { rows } = await sql<{
      n: number
    }>`select count(*)::int as n from inbox.item i where i.code = 'cases.todo.review_short'
      and i.key like ${`%${callId}%`}`.execute(at.house.owner)
    expect(rows[0]!.n).toBe(1)
    const [paper] = await office.reviewPapers({ callId, stage })
    expect(paper!.outlier).toBe(true)
    await office.acceptScores({ paperIds: [paper!.paperId], words: '经复核，评分有据' })
    expect(await at.where(ids[0]!)).toEqual({ state: 'waiting', stage: 'decide' })
  })
})

describe('what the office sees', () => {
  it('is how strict each expert is beside the others on the same papers', async () => {
    const { callId, ids } = await assigned(4, { reviews: 6, outlier: 200 })
    expect(ids).toHaveLength(4)
    for (const [nth, account] of accounts.entries())
      await scoreAll(await asExpert(at, account), nth === 0 ? 40 : 50, 30)
    const figures = await office.reviewFigures({ callId, stage })
    const strict = figures.experts.find(({ accountId }) => accountId === accounts[0])!
    expect(strict).toMatchObject({ assigned: 4, submitted: 4, shared: 4, mean: '70.00', severity: '-10.00' })
    expect(figures.experts.filter((one) => one !== strict).map(({ severity }) => severity)).toEqual(
      Array.from({ length: 5 }, () => '2.00'),
    )
    expect(figures.histogram.map(({ count }) => count)).toEqual([0, 0, 0, 0, 0, 0, 0, 4, 20, 0])
    expect(figures.spread).toEqual({ mean: '10.00', largest: '10.000' })
    const [listed] = (await office.reviewStages()).filter((one) => one.callId === callId)
    expect(listed).toMatchObject({ waiting: 0, papers: 0, lacking: 0 })
  })
})
