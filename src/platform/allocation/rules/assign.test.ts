import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assign } from './assign.ts'
import { checkAssignment } from './check.ts'
import { anyQuestion, bestByTrying } from './questions.fixture.ts'
import type { Assignment, ReviewsToAssign, Shortage } from './reviews.ts'

const answered = (question: ReviewsToAssign): Assignment => {
  const answer = assign(question)
  if (answer.outcome === 'impossible') throw new Error(JSON.stringify(answer.why))
  return { ...answer, milliseconds: 0 }
}
const refusedFor = (question: ReviewsToAssign): Shortage[] => {
  const answer = assign(question)
  return answer.outcome === 'impossible' ? answer.why : []
}

/** `count` papers in turn of the given fields. */
const papers = (count: number, fields: string[], needs = 2) =>
  Array.from({ length: count }, (_, nth) => ({ id: `p${nth}`, field: fields[nth % fields.length]!, needs }))
const expert = (id: string, fields: Record<string, number>, most = 10, org?: string) => ({
  id,
  fields,
  most,
  ...(org ? { org } : {}),
})

describe('assign', () => {
  it('is as good as trying everything, keeps every rule, proves it, and says impossible exactly when it is', () => {
    let possible = 0
    fc.assert(
      fc.property(anyQuestion, (question) => {
        const best = bestByTrying(question)
        const answer = assign(question)
        if (!best) {
          expect(answer.outcome).toBe('impossible')
          return
        }
        possible++
        expect(answer).toMatchObject({ outcome: 'assigned', sumOfSquares: best.squares, match: best.match, gap: 0 })
        expect(checkAssignment(question, answer as Assignment)).toEqual([])
      }),
      { numRuns: 1500 },
    )
    expect(possible).toBeGreaterThan(100)
  })

  it('spreads the load before it looks at the match', () => {
    const question = {
      papers: papers(4, ['数学'], 1),
      experts: [expert('best', { 数学: 9 }), expert('other', { 数学: 1 })],
      conflicts: [],
    }
    expect(answered(question)).toMatchObject({ largestLoad: 2, smallestLoad: 2, match: 20, mean: 2 })
  })

  it('fills up to the cap where the mean is beyond it', () => {
    const question = {
      papers: papers(6, ['数学'], 1),
      experts: [expert('a', {}, 1), expert('b', {}), expert('c', {})],
      conflicts: [],
    }
    expect(
      answered(question)
        .loads.map(({ load }) => load)
        .sort(),
    ).toEqual([1, 2, 3])
  })

  it('keeps what is fixed, whatever it costs, and adds what is missing', () => {
    const question = {
      papers: papers(3, ['数学']),
      experts: [expert('a', { 数学: 3 }), expert('b', { 数学: 3 }), expert('c', { 数学: 3 }), expert('d', {})],
      conflicts: [],
      leastMatch: 1,
      fixed: [
        { paper: 'p0', expert: 'd' },
        { paper: 'p1', expert: 'd' },
      ],
    }
    const answer = answered(question)
    expect(answer.pairs.filter(({ fixed }) => fixed)).toEqual([
      { paper: 'p0', expert: 'd', match: 0, fixed: true },
      { paper: 'p1', expert: 'd', match: 0, fixed: true },
    ])
    expect(answer.pairs.filter(({ expert }) => expert === 'd')).toHaveLength(2)
    expect(answer).toMatchObject({ largestLoad: 2, match: 12 })
    expect(checkAssignment(question, answer)).toEqual([])
  })

  it('gives the same for the same seed, in whatever order the question comes, and draws otherwise', () => {
    const question = {
      papers: papers(9, ['数学']),
      experts: [...'abcdef'].map((id) => expert(id, {})),
      conflicts: [],
      seed: 1,
    }
    const turned = { ...question, papers: question.papers.toReversed(), experts: question.experts.toReversed() }
    expect(answered(turned).pairs).toEqual(answered(question).pairs)
    const drawn = Array.from({ length: 5 }, (_, seed) => JSON.stringify(answered({ ...question, seed }).pairs))
    expect(new Set(drawn).size).toBeGreaterThan(1)
  })

  it('refuses questions that make no sense', () => {
    const question = { papers: papers(1, ['数学'], 1), experts: [expert('a', {})], conflicts: [] }
    expect(() => assign({ ...question, conflicts: [{ paper: 'p0', expert: 'who', why: 'x' }] })).toThrow(RangeError)
    expect(() => assign({ ...question, papers: [...question.papers, ...question.papers] })).toThrow(RangeError)
    expect(() => assign({ ...question, experts: [expert('a', { 数学: 0.5 })] })).toThrow(RangeError)
    expect(() => assign({ ...question, experts: [expert('a', { 数学: 2 ** 50 })] })).toThrow('exact')
    const twice = { paper: 'p0', expert: 'a' }
    expect(() => assign({ ...question, fixed: [twice, twice] })).toThrow(RangeError)
  })
})

describe('impossible', () => {
  it('names the paper to which too few are open, with the reasons that close the others', () => {
    const question = {
      papers: papers(2, ['数学', '英语']),
      experts: [
        expert('a', { 英语: 2 }),
        expert('b', { 英语: 1 }),
        expert('c', { 数学: 1, 英语: 1 }),
        expert('d', { 数学: 1 }),
      ],
      conflicts: [
        { paper: 'p0', expert: 'd', why: 'same_school' },
        { paper: 'p0', expert: 'd', why: 'declared' },
      ],
      leastMatch: 1,
    }
    expect(refusedFor(question)).toEqual([
      {
        kind: 'few_open',
        paper: 'p0',
        field: '数学',
        needs: 2,
        open: 1,
        closed: { below_least_match: 2, same_school: 1, declared: 1 },
      },
    ])
  })

  it('counts organisations where one of each may come', () => {
    const question = {
      papers: papers(1, ['数学']),
      experts: [expert('a', {}, 9, '一小'), expert('b', {}, 9, '一小')],
      conflicts: [],
      oneOfAnOrg: true,
    }
    expect(refusedFor(question)).toMatchObject([{ kind: 'few_open', needs: 2, open: 1 }])
  })

  it('names the field whose experts cannot take all, and leaves the others out', () => {
    const question = {
      papers: papers(6, ['数学', '英语'], 1),
      experts: [expert('m', { 数学: 2 }, 2), expert('e', { 英语: 2 }, 9), expert('f', { 英语: 2 }, 9)],
      conflicts: [],
      leastMatch: 1,
    }
    expect(refusedFor(question)).toEqual([
      {
        kind: 'crowded',
        papers: ['p0', 'p2', 'p4'],
        fields: ['数学'],
        needs: 3,
        experts: ['m'],
        room: 2,
        elsewhere: 0,
      },
    ])
  })

  it('names what is wrong with the fixed pairs', () => {
    const question = {
      papers: papers(2, ['数学'], 1),
      experts: [expert('a', {}, 1, '一小'), expert('b', {}, 9, '一小')],
      conflicts: [{ paper: 'p0', expert: 'a', why: 'same_school' }],
      fixed: ['p0', 'p1'].flatMap((paper) => ['a', 'b'].map((expert) => ({ paper, expert }))),
      oneOfAnOrg: true,
    }
    expect(
      refusedFor(question)
        .map(({ kind }) => kind)
        .sort(),
    ).toEqual([
      'fixed_beyond_most',
      'fixed_beyond_needs',
      'fixed_beyond_needs',
      'fixed_in_conflict',
      'fixed_of_one_org',
      'fixed_of_one_org',
    ])
  })

  it('gives a witness whose arithmetic anybody can follow', () => {
    let crowded = 0
    fc.assert(
      fc.property(anyQuestion, (question) => {
        const { papers, experts, conflicts, fixed = [], leastMatch = 0, oneOfAnOrg } = question
        for (const one of refusedFor(question)) {
          if (one.kind !== 'crowded') continue
          crowded++
          const keptOn = (id: string) => fixed.filter(({ paper }) => paper === id).map(({ expert }) => expert)
          const orgOf = (id: string) => experts.find((expert) => expert.id === id)!.org
          let needs = 0
          let elsewhere = 0
          for (const paper of papers.filter(({ id }) => one.papers.includes(id))) {
            const kept = keptOn(paper.id)
            const others = experts.filter(
              ({ id, org, fields }) =>
                !one.experts.includes(id) &&
                !kept.includes(id) &&
                !conflicts.some((conflict) => conflict.paper === paper.id && conflict.expert === id) &&
                (fields[paper.field] ?? 0) >= leastMatch &&
                !(oneOfAnOrg && org && kept.map(orgOf).includes(org)),
            )
            needs += paper.needs - kept.length
            elsewhere += new Set(others.map(({ id, org }) => (oneOfAnOrg && org) || id)).size
          }
          const room = experts
            .filter(({ id }) => one.experts.includes(id))
            .reduce((sum, { id, most }) => sum + most - fixed.filter(({ expert }) => expert === id).length, 0)
          expect(one).toMatchObject({ needs, room, elsewhere })
          expect(room + elsewhere).toBeLessThan(needs)
        }
      }),
      { numRuns: 1500 },
    )
    expect(crowded).toBeGreaterThan(50)
  })
})
