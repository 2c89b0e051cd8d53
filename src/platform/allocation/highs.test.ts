import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { solve } from './highs.ts'
import { assign } from './rules/assign.ts'
import type { Model } from './rules/model.ts'
import type { ReviewsToAssign } from './rules/reviews.ts'
import { transport } from './rules/transport.ts'

const workshop = (whole: boolean): Model => ({
  sense: 'maximise',
  variables: [
    { name: '椅', gain: 5, whole },
    { name: '桌', gain: 4, whole },
  ],
  constraints: [
    { name: '木料', terms: { 椅: 6, 桌: 4 }, most: 24 },
    { name: '工时', terms: { 椅: 1, 桌: 2 }, most: 6 },
  ],
})

describe('solve', () => {
  it('solves a model with broken and with whole variables, with the bound', async () => {
    const broken = await solve(workshop(false), {})
    expect(broken).toMatchObject({ outcome: 'best', objective: 21, bound: 21, gap: 0, solver: { name: 'HiGHS' } })
    expect(broken).toMatchObject({ values: { 椅: 3, 桌: 1.5 } })
    const whole = await solve(workshop(true), {})
    expect(whole).toMatchObject({ outcome: 'best', values: { 椅: 4, 桌: 0 }, objective: 20, bound: 20, gap: 0 })
  })

  it('names the constraints that contradict each other', async () => {
    const model = workshop(true)
    const order = { name: '订单', terms: { 桌: 1 }, least: 4 }
    const answer = await solve({ ...model, constraints: [...model.constraints, order] }, {})
    expect(answer).toMatchObject({ outcome: 'impossible', because: ['工时', '订单'] })
  })

  it('says when there is no end to the gain, and refuses terms without a variable', async () => {
    expect(await solve({ ...workshop(false), constraints: [] }, {})).toMatchObject({ outcome: 'unbounded' })
    const wrong = { ...workshop(false), constraints: [{ name: '木料', terms: { 凳: 1 } }] }
    await expect(solve(wrong, {})).rejects.toThrow('凳')
  })

  it('stops when the time is over and says how far it may be from the best', async () => {
    const answer = await solve(puzzle(60), { seconds: 0.3 })
    expect(answer.outcome).toBe('stopped')
    if (answer.outcome === 'stopped') {
      expect(answer.gap).toBeGreaterThan(0)
      expect(answer.bound).toBeGreaterThan(answer.objective)
    }
  })
})

/** A market split: every way of dividing has to be looked at. */
function puzzle(size: number): Model {
  const names = Array.from({ length: size }, (_, nth) => `x${nth}`)
  const constraints = Array.from({ length: 6 }, (_, row) => {
    const terms = Object.fromEntries(names.map((name, nth) => [name, ((row + 7) * (nth + 3) * 7919) % 101]))
    const half = Math.floor(Object.values(terms).reduce((a, b) => a + b, 0) / 2)
    return { name: `r${row}`, terms: { ...terms, [`over${row}`]: 1, [`under${row}`]: -1 }, least: half, most: half }
  })
  const slack = constraints.flatMap((_, row) => [`over${row}`, `under${row}`].map((name) => ({ name, gain: -1 })))
  return {
    sense: 'maximise',
    variables: [...names.map((name) => ({ name, most: 1, whole: true })), ...slack],
    constraints,
  }
}

describe('the flows, asked of HiGHS too', () => {
  it('cost the same when transported', async () => {
    const way = fc.record({ cost: fc.integer({ min: -9, max: 9 }), most: fc.nat(3) })
    const amounts = fc.array(fc.nat(5), { minLength: 3, maxLength: 3 })
    await fc.assert(
      fc.asyncProperty(amounts, amounts, fc.array(way, { minLength: 9, maxLength: 9 }), async (from, to, ways) => {
        const question = {
          from: from.map((amount, nth) => ({ id: `f${nth}`, amount })),
          to: to.map((most, nth) => ({ id: `t${nth}`, most })),
          ways: ways.map((one, nth) => ({ from: `f${nth % 3}`, to: `t${Math.floor(nth / 3)}`, ...one })),
        }
        const terms = (key: 'from' | 'to', id: string) =>
          Object.fromEntries(question.ways.flatMap((one, nth) => (one[key] === id ? [[`w${nth}`, 1]] : [])))
        const asked = await solve(
          {
            sense: 'minimise',
            variables: question.ways.map(({ cost, most }, nth) => ({ name: `w${nth}`, gain: cost, most })),
            constraints: [
              ...question.from.map(({ id, amount }) => ({
                name: id,
                terms: terms('from', id),
                least: amount,
                most: amount,
              })),
              ...question.to.map(({ id, most }) => ({ name: id, terms: terms('to', id), most })),
            ],
          },
          {},
        )
        const own = transport(question)
        if (own.outcome === 'impossible') expect(asked.outcome).toBe('impossible')
        else expect(asked).toMatchObject({ outcome: 'best', objective: expect.closeTo(own.cost, 6) })
      }),
      { numRuns: 100 },
    )
  })

  it('are worth the same when reviews are assigned', async () => {
    const question: ReviewsToAssign = {
      papers: Array.from({ length: 40 }, (_, nth) => ({ id: `p${nth}`, field: `f${(nth * nth) % 5}`, needs: 3 })),
      experts: Array.from({ length: 14 }, (_, nth) => ({
        id: `e${nth}`,
        fields: { [`f${nth % 5}`]: 3, [`f${(nth * 3 + 1) % 5}`]: 2 },
        most: nth < 4 ? 5 : 14,
        org: `o${nth % 6}`,
      })),
      conflicts: Array.from({ length: 60 }, (_, nth) => ({
        paper: `p${(nth * 7) % 40}`,
        expert: `e${nth % 14}`,
        why: 'x',
      })),
      oneOfAnOrg: true,
    }
    const own = assign(question)
    if (own.outcome === 'impossible') throw new Error('impossible')
    const asked = await solve(asModel(question, own.proof.weight), {})
    expect(asked).toMatchObject({ outcome: 'best', objective: expect.closeTo(own.proof.value, 4) })
  })
})

/** Reviews as a linear model: a variable for each open pair and for each further paper of an expert. */
function asModel({ papers, experts, conflicts }: ReviewsToAssign, weight: number): Model {
  const open = papers.flatMap((paper) =>
    experts
      .filter(({ id }) => !conflicts.some((one) => one.paper === paper.id && one.expert === id))
      .map((expert) => ({ paper, expert, name: `${paper.id} ${expert.id}` })),
  )
  const steps = experts.flatMap(({ id, most }) =>
    Array.from({ length: most }, (_, nth) => ({ id, name: `${id} ${nth}`, gain: weight * (2 * nth + 1), most: 1 })),
  )
  const sum = (some: { name: string }[], sign = 1) => Object.fromEntries(some.map(({ name }) => [name, sign]))
  return {
    sense: 'minimise',
    variables: [
      ...open.map(({ paper, expert, name }) => ({ name, gain: -(expert.fields[paper.field] ?? 0), most: 1 })),
      ...steps.map(({ id, ...variable }) => variable),
    ],
    constraints: [
      ...papers.map(({ id, needs }) => ({
        name: id,
        terms: sum(open.filter((one) => one.paper.id === id)),
        least: needs,
        most: needs,
      })),
      ...experts.map(({ id }) => ({
        name: id,
        terms: {
          ...sum(open.filter((one) => one.expert.id === id)),
          ...sum(
            steps.filter((one) => one.id === id),
            -1,
          ),
        },
        least: 0,
        most: 0,
      })),
      ...[...Map.groupBy(open, ({ paper, expert }) => `${paper.id} ${expert.org}`)].map(([name, colleagues]) => ({
        name,
        terms: sum(colleagues),
        most: 1,
      })),
    ],
  }
}
