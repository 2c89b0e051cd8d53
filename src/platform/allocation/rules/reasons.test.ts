import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assign } from './assign.ts'
import { anyQuestion, bestByTrying } from './questions.fixture.ts'
import { reasonsOf } from './reasons.ts'
import type { Assignment, ReviewsToAssign } from './reviews.ts'

const reasons = (question: ReviewsToAssign) =>
  reasonsOf(question, { ...assign(question), milliseconds: 0 } as Assignment)

describe('reasonsOf', () => {
  const question: ReviewsToAssign = {
    papers: ['p', 'q', 'r', 's'].map((id) => ({ id, field: id === 's' ? '语文' : '数学', needs: 1 })),
    experts: [
      { id: 'busy', fields: { 数学: 9, 语文: 10 }, most: 1 },
      { id: 'good', fields: { 数学: 2 }, most: 9 },
      { id: 'near', fields: { 数学: 1, 语文: 1 }, most: 9 },
      { id: 'mentor', fields: { 数学: 9 }, most: 9 },
    ],
    conflicts: ['p', 'q', 's'].map((paper) => ({ paper, expert: 'mentor', why: 'mentor_pair' })),
    leastMatch: 1,
  }

  it('says of a paper who has it, who was closed and why, and why the others do not have it', () => {
    const { paper } = reasons(question)
    const s = paper('s')
    expect(s.chosen).toEqual([{ expert: 'busy', match: 10, load: 1, fixed: false }])
    expect(s.closed).toEqual([
      { expert: 'good', why: ['below_least_match'] },
      { expert: 'mentor', why: ['mentor_pair', 'below_least_match'] },
    ])
    expect(s.passedOver).toMatchObject([{ expert: 'near', match: 1, because: 'match', loss: 1 }])
    expect(paper('r').chosen).toMatchObject([{ expert: 'mentor' }])
    expect(paper('r').passedOver[0]).toEqual({ expert: 'busy', match: 9, because: 'load' })
  })

  it('says where taking the better expert would make the loads uneven, and where the lot decided', () => {
    const three = reasons({
      papers: ['p', 'q'].map((id) => ({ id, field: '数学', needs: 1 })),
      experts: [
        { id: 'a', fields: { 数学: 3 }, most: 9 },
        { id: 'b', fields: { 数学: 1 }, most: 9 },
        { id: 'c', fields: { 数学: 1 }, most: 9 },
      ],
      conflicts: [
        { paper: 'q', expert: 'c', why: 'declared' },
        { paper: 'p', expert: 'a', why: 'declared' },
      ],
    })
    expect(three.paper('q').chosen).toMatchObject([{ expert: 'a' }])
    expect(three.paper('p').passedOver).toMatchObject([{ match: 1, because: 'lot' }])
    const uneven = reasons({
      papers: ['p', 'q'].map((id) => ({ id, field: id, needs: 1 })),
      experts: [
        { id: 'a', fields: { p: 3, q: 3 }, most: 9 },
        { id: 'b', fields: { p: 1 }, most: 9 },
      ],
      conflicts: [{ paper: 'q', expert: 'b', why: 'declared' }],
    })
    expect(uneven.paper('p').passedOver).toEqual([{ expert: 'a', match: 3, because: 'load' }])
  })

  it('tells an expert the load beside the mean and what is closed', () => {
    expect(reasons(question).expert('mentor')).toEqual({
      expert: 'mentor',
      load: 1,
      fixed: 0,
      most: 9,
      mean: 1,
      papers: [{ paper: 'r', match: 9, fixed: false }],
      closed: { mentor_pair: 3, below_least_match: 1 },
    })
  })

  it('is exact: demanding the pair costs what it says', () => {
    let tried = 0
    fc.assert(
      fc.property(anyQuestion, (question) => {
        const answer = assign(question)
        if (answer.outcome === 'impossible') return
        const told = reasonsOf(question, { ...answer, milliseconds: 0 })
        for (const { id } of question.papers)
          for (const { expert, because, loss } of told.paper(id).passedOver) {
            tried++
            const demanded = { ...question, fixed: [...(question.fixed ?? []), { paper: id, expert }] }
            const best = bestByTrying(demanded)
            const uneven = best && best.squares > answer.sumOfSquares
            const fall = best ? answer.match - best.match : 0
            const expected = !best ? 'full' : uneven ? 'load' : fall > 0 ? 'match' : 'lot'
            expect({ because, loss }).toEqual({ because: expected, loss: expected === 'match' ? fall : undefined })
          }
      }),
      { numRuns: 400 },
    )
    expect(tried).toBeGreaterThan(100)
  })

  it('knows no paper that was not asked about', () => {
    expect(() => reasons(question).paper('x')).toThrow(RangeError)
  })
})
