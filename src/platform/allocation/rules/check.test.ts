import { describe, expect, it } from 'vitest'
import { assign } from './assign.ts'
import { checkAssignment } from './check.ts'
import type { Assignment, ReviewsToAssign } from './reviews.ts'

const question: ReviewsToAssign = {
  papers: Array.from({ length: 8 }, (_, nth) => ({ id: `p${nth}`, field: nth % 2 ? '数学' : '语文', needs: 2 })),
  experts: [
    { id: 'a', fields: { 数学: 3 }, most: 5, org: '一小' },
    { id: 'b', fields: { 数学: 2, 语文: 1 }, most: 5, org: '一小' },
    { id: 'c', fields: { 语文: 3 }, most: 5, org: '二小' },
    { id: 'd', fields: { 语文: 1, 数学: 1 }, most: 5 },
    { id: 'e', fields: { 语文: 2 }, most: 5 },
    { id: 'f', fields: { 数学: 1 }, most: 5, org: '三小' },
  ],
  conflicts: [{ paper: 'p1', expert: 'd', why: 'same_school' }],
  fixed: [{ paper: 'p0', expert: 'd' }],
  leastMatch: 1,
  oneOfAnOrg: true,
}
const right = { ...assign(question), milliseconds: 0 } as Assignment

/** A copy in which something was changed by hand. */
const changed = (change: (copy: Assignment) => void): string[] => {
  const copy = structuredClone(right)
  change(copy)
  return checkAssignment(question, copy)
}
const pairOf = (answer: Assignment, paper: string, expert: string) =>
  answer.pairs.find((pair) => pair.paper === paper && pair.expert === expert)!

describe('checkAssignment', () => {
  it('finds nothing wrong with a true answer, even as JSON', () => {
    expect(checkAssignment(question, right)).toEqual([])
    expect(checkAssignment(question, JSON.parse(JSON.stringify(right)))).toEqual([])
  })

  it.each<[string, (copy: Assignment) => void, RegExp]>([
    ['a review too few', (copy) => void copy.pairs.pop(), /1 experts instead of 2/],
    ['a pair twice', (copy) => void copy.pairs.push(copy.pairs[0]!), /twice/],
    [
      'a stranger',
      (copy) => {
        copy.pairs[0]!.expert = 'who'
      },
      /unknown/,
    ],
    ['a conflict', (copy) => void copy.pairs.push({ paper: 'p1', expert: 'd', match: 1, fixed: false }), /in conflict/],
    [
      'below the least match',
      (copy) => void copy.pairs.push({ paper: 'p1', expert: 'e', match: 0, fixed: false }),
      /below/,
    ],
    ['a fixed pair gone', (copy) => void copy.pairs.splice(copy.pairs.indexOf(pairOf(copy, 'p0', 'd')), 1), /gone/],
    [
      'a fixed pair that is none',
      (copy) => {
        copy.pairs.at(-1)!.fixed = true
      },
      /is not a fixed/,
    ],
    ['another match', (copy) => void copy.pairs[0]!.match++, /is not true/],
    ['another sum of matches', (copy) => void copy.match++, /match \d+ instead/],
    ['another spread', (copy) => void copy.sumOfSquares--, /sum of squares/],
    ['another load', (copy) => void copy.loads[0]!.load--, /load \d+ is not true/],
    ['a load left out', (copy) => void copy.loads.pop(), /not every expert/],
    ['another largest load', (copy) => void copy.largestLoad--, /largest/],
    [
      'a weight that lets match outweigh loads',
      (copy) => {
        copy.proof.weight = 2
      },
      /before match/,
    ],
    ['another bound', (copy) => void copy.proof.bound--, /not true/],
    [
      'another price of an expert',
      (copy) => {
        copy.proof.experts.a! -= copy.proof.weight
      },
      /prove only/,
    ],
    [
      'another price of a paper',
      (copy) => {
        copy.proof.papers.p3! += 1000
      },
      /prove only/,
    ],
    ['a price left out', (copy) => void delete copy.proof.experts.c, /prove only/],
  ])('refuses %s', (_, change, says) => {
    expect(changed(change).join('\n')).toMatch(says)
  })

  it('refuses two of one organisation and more papers than an expert takes', () => {
    const colleagues = changed((copy) => {
      const at = copy.pairs.findIndex(({ paper, expert }) => paper === 'p1' && expert !== 'a' && expert !== 'b')
      const [a, b] = ['a', 'b'].map((expert) => ({ paper: 'p1', expert, match: expert === 'a' ? 3 : 2, fixed: false }))
      copy.pairs = copy.pairs.filter(({ paper }, place) => paper !== 'p1' || place === at)
      copy.pairs.push(a!, b!)
    })
    expect(colleagues.join('\n')).toMatch(/two of 一小/)
    const tight = { ...question, experts: question.experts.map((one) => ({ ...one, most: 1 })) }
    expect(checkAssignment(tight, right).join('\n')).toMatch(/at most 1/)
  })

  it('refuses an assignment that keeps every rule but is not the best', () => {
    const free = { papers: question.papers, experts: question.experts, conflicts: [] }
    const best = { ...assign(free), milliseconds: 0 } as Assignment
    const swapped = structuredClone(best)
    const fits = (paper: string, expert: string) =>
      !best.pairs.some((one) => one.paper === paper && one.expert === expert)
    const match = (paper: string, expert: string) =>
      free.experts.find(({ id }) => id === expert)!.fields[free.papers.find(({ id }) => id === paper)!.field] ?? 0
    // Two papers exchange an expert each so that the match falls.
    const worse = swapped.pairs
      .flatMap((one) => swapped.pairs.map((other) => ({ one, other })))
      .find(
        ({ one, other }) =>
          fits(one.paper, other.expert) &&
          fits(other.paper, one.expert) &&
          match(one.paper, other.expert) + match(other.paper, one.expert) < one.match + other.match,
      )!
    const { one, other } = worse
    ;[one.expert, other.expert] = [other.expert, one.expert]
    one.match = match(one.paper, one.expert)
    other.match = match(other.paper, other.expert)
    swapped.match = swapped.pairs.reduce((sum, pair) => sum + pair.match, 0)
    swapped.proof.value = swapped.proof.weight * swapped.sumOfSquares - swapped.match
    swapped.gap = swapped.proof.value - swapped.proof.bound
    expect(checkAssignment(free, best)).toEqual([])
    expect(checkAssignment(free, swapped)).toEqual([expect.stringMatching(/prove only/)])
  })
})
