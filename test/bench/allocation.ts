/** Reviews assigned to the proven best, beside what first comes to hand and beside the same question as one linear programme. */
import { openHighs } from '../../src/platform/allocation/highs.ts'
import { assign } from '../../src/platform/allocation/rules/assign.ts'
import { checkAssignment } from '../../src/platform/allocation/rules/check.ts'
import type { Assignment, ReviewsToAssign } from '../../src/platform/allocation/rules/reviews.ts'
import { type Benchmark, inTurn, type Result } from './measure.ts'

const PAPERS = 3000
const EXPERTS = 200
const NEEDS = 3
const ROUNDS = 5

/** Mulberry32, so that every run asks the same. */
function numbers(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below)
  }
}

/** Fifteen fields of uneven size, 300 schools in 40 clusters; closed are one's school and cluster, and 2 % that were declared. */
function question(): ReviewsToAssign {
  const pick = numbers(1)
  const field = () => `f${Math.floor((pick(1000) * pick(1000) * 15) / 1_000_000)}`
  const experts = Array.from({ length: EXPERTS }, (_, nth) => ({
    id: `e${nth}`,
    school: pick(300),
    fields: Object.fromEntries([1, 2, 3].map((level) => [field(), level])),
    most: 60,
  }))
  const papers = Array.from({ length: PAPERS }, (_, nth) => ({
    id: `p${nth}`,
    school: pick(300),
    field: field(),
    needs: NEEDS,
  }))
  const why = (one: number, other: number) =>
    one === other ? 'same_school' : one % 40 === other % 40 ? 'same_cluster' : pick(50) === 0 ? 'declared' : null
  const conflicts = papers.flatMap((paper) =>
    experts.flatMap((expert) => {
      const reason = why(paper.school, expert.school)
      return reason ? [{ paper: paper.id, expert: expert.id, why: reason }] : []
    }),
  )
  return {
    papers: papers.map(({ school, ...paper }) => paper),
    experts: experts.map(({ school, ...expert }) => expert),
    conflicts,
  }
}

async function cpuSecondsOf(work: () => unknown): Promise<number> {
  const begun = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(begun)
  return (user + system) / 1e6
}

/** Level of match of each open pair by paper and place of the expert; −1 where closed. */
function levels({ papers, experts, conflicts }: ReviewsToAssign): number[][] {
  const closed = new Set(conflicts.map(({ paper, expert }) => `${paper} ${expert}`))
  return papers.map(({ id, field }) =>
    experts.map((expert) => (closed.has(`${id} ${expert.id}`) ? -1 : (expert.fields[field] ?? 0))),
  )
}

/** Paper by paper the experts who match best, of equals those with the fewest papers, never beyond the mean. */
function greedy(asked: ReviewsToAssign): { match: number; missing: number } {
  const mean = Math.ceil((PAPERS * NEEDS) / EXPERTS)
  const loads = asked.experts.map(() => 0)
  let match = 0
  let missing = 0
  for (const row of levels(asked)) {
    const able = [...row.keys()].filter((expert) => row[expert]! >= 0 && loads[expert]! < mean)
    able.sort((a, b) => row[b]! - row[a]! || loads[a]! - loads[b]!)
    for (const expert of able.slice(0, NEEDS)) {
      loads[expert]!++
      match += row[expert]!
    }
    missing += NEEDS - Math.min(NEEDS, able.length)
  }
  return { match, missing }
}

/** The match alone, with the even loads told beforehand, as one linear programme. */
async function asOneProgramme(asked: ReviewsToAssign): Promise<number> {
  const highs = await openHighs()
  const mean = (PAPERS * NEEDS) / EXPERTS
  const starts = [0]
  const indices: number[] = []
  const cost: number[] = []
  for (const [paper, row] of levels(asked).entries())
    for (const [expert, level] of row.entries()) {
      if (level < 0) continue
      indices.push(paper, PAPERS + expert)
      starts.push(indices.length)
      cost.push(-level)
    }
  const sides = [...Array<number>(PAPERS).fill(NEEDS), ...Array<number>(EXPERTS).fill(mean)]
  const [numCols, numRows] = [cost.length, sides.length]
  return highs.withModel(
    {
      numCols,
      numRows,
      colCost: cost,
      colLower: new Float64Array(numCols),
      colUpper: new Float64Array(numCols).fill(1),
      rowLower: sides,
      rowUpper: sides,
      matrix: { format: 'csc', numRows, numCols, starts, indices, values: new Float64Array(indices.length).fill(1) },
    },
    (model) => {
      model.options.set('output_flag', false)
      model.run()
      return Math.round(-model.getObjectiveValue())
    },
  )
}

async function run(): Promise<Result> {
  const asked = question()
  let answer: Assignment | undefined
  const product = () =>
    cpuSecondsOf(() => {
      const found = assign(asked)
      if (found.outcome === 'impossible') throw new Error(JSON.stringify(found.why))
      answer = { ...found, milliseconds: 0 }
    })
  let first = { match: 0, missing: 0 }
  const plain = await inTurn(
    ROUNDS,
    product,
    () =>
      cpuSecondsOf(() => {
        first = greedy(asked)
      }),
    1,
  )
  let programme = 0
  const linear = await inTurn(1, product, () =>
    cpuSecondsOf(async () => {
      programme = await asOneProgramme(asked)
    }),
  )
  const best = answer!
  let problems: string[] = []
  const checking = await cpuSecondsOf(() => {
    problems = checkAssignment(asked, best)
  })
  if (problems.length > 0) throw new Error(problems.join('\n'))
  if (programme !== best.match) throw new Error(`match ${best.match}, by the linear programme ${programme}`)
  const worse = ((best.match - first.match) / best.match) * 100
  const what = 'assigned to the proven best: even loads, then match (CPU)'
  return {
    comparisons: [
      {
        what,
        unit: 's',
        values: linear.values,
        baseline: { what: 'HiGHS, one linear programme, the even loads told beforehand', values: linear.base },
        note: `both match ${best.match}; loads ${best.smallestLoad}–${best.largestLoad}; checked in ${checking.toFixed(2)} s`,
      },
      {
        what,
        unit: 's',
        values: plain.values,
        baseline: { what: 'paper by paper the best who are free', values: plain.base },
        note: `that matches ${first.match}, ${worse.toFixed(1)} % less, and leaves ${first.missing} reviews without an expert`,
      },
    ],
    facts: { papers: PAPERS, needs: NEEDS, experts: EXPERTS, conflicts: asked.conflicts.length },
  }
}

export const allocationReviews: Benchmark = {
  name: 'allocation-reviews',
  what: '3,000 papers × 3 reviews to 200 experts with hard conflicts',
  run,
}
