/** An answer checked without the solver and without any of its code: that it keeps every rule, and that its prices prove it best. */
import type { Assignment, Conflict, Expert, Pair, Paper, ReviewsToAssign } from './reviews.ts'

/** What is wrong, in plain words for a log; empty when the assignment is feasible and proven best. */
export function checkAssignment(input: ReviewsToAssign, answer: Assignment): string[] {
  const book = new Book(input)
  const problems = [...broken(book, answer)]
  if (problems.length > 0) return problems
  return [...misreported(book, answer), ...unproven(book, answer)]
}

class Book {
  readonly input: ReviewsToAssign
  readonly papers: Map<string, Paper>
  readonly experts: Map<string, Expert>
  readonly closed: Map<string, Set<string>>
  readonly kept: Map<string, Set<string>>

  constructor(input: ReviewsToAssign) {
    this.input = input
    this.papers = new Map(input.papers.map((paper) => [paper.id, paper]))
    this.experts = new Map(input.experts.map((expert) => [expert.id, expert]))
    this.closed = byPaper(input.conflicts)
    this.kept = byPaper(input.fixed ?? [])
  }

  match = (paper: Paper, expert: Expert): number => expert.fields[paper.field] ?? 0

  /** Whether the pair may be added. */
  addable(paper: Paper, expert: Expert): boolean {
    if (this.closed.get(paper.id)?.has(expert.id)) return false
    return this.match(paper, expert) >= (this.input.leastMatch ?? 0)
  }

  /** Experts with the same key cannot be on one paper. */
  key = ({ id, org }: Expert): string => (this.input.oneOfAnOrg && org !== undefined ? `of ${org}` : `one ${id}`)
}

function byPaper(pairs: readonly (Pair | Conflict)[]): Map<string, Set<string>> {
  const map = new Map<string, Set<string>>()
  for (const { paper, expert } of pairs) map.set(paper, (map.get(paper) ?? new Set()).add(expert))
  return map
}

function* broken(book: Book, { pairs }: Assignment): Generator<string> {
  const on = new Map<string, Set<string>>()
  const keys = new Map<string, Set<string>>()
  const loads = new Map<string, number>()
  for (const { paper: p, expert: e, match, fixed } of pairs) {
    const paper = book.papers.get(p)
    const expert = book.experts.get(e)
    if (!paper || !expert) {
      yield `${p}–${e}: unknown`
      continue
    }
    if (on.get(p)?.has(e)) yield `${p}–${e}: twice`
    on.set(p, (on.get(p) ?? new Set()).add(e))
    if (keys.get(p)?.has(book.key(expert))) yield `${p}: two of ${expert.org}`
    keys.set(p, (keys.get(p) ?? new Set()).add(book.key(expert)))
    loads.set(e, (loads.get(e) ?? 0) + 1)
    const kept = book.kept.get(p)?.has(e) ?? false
    if (fixed !== kept) yield `${p}–${e}: ${kept ? 'is' : 'is not'} a fixed pair`
    if (book.closed.get(p)?.has(e)) yield `${p}–${e}: in conflict`
    else if (!kept && !book.addable(paper, expert)) yield `${p}–${e}: below the least match`
    if (match !== book.match(paper, expert)) yield `${p}–${e}: match ${match} is not true`
  }
  for (const { id, needs } of book.papers.values())
    if ((on.get(id)?.size ?? 0) !== needs) yield `${id}: ${on.get(id)?.size ?? 0} experts instead of ${needs}`
  for (const [paper, kept] of book.kept)
    for (const expert of kept) if (!on.get(paper)?.has(expert)) yield `${paper}–${expert}: fixed and gone`
  for (const { id, most } of book.experts.values())
    if ((loads.get(id) ?? 0) > most) yield `${id}: ${loads.get(id)} papers, at most ${most}`
}

function* misreported(book: Book, answer: Assignment): Generator<string> {
  const { squares, match, loads } = totals(book, answer.pairs)
  if (answer.sumOfSquares !== squares) yield `sum of squares ${answer.sumOfSquares} instead of ${squares}`
  if (answer.match !== match) yield `match ${answer.match} instead of ${match}`
  const all = [...book.experts.keys()].map((id) => loads.get(id) ?? 0)
  const largest = all.reduce((a, b) => Math.max(a, b), 0)
  const smallest = all.reduce((a, b) => Math.min(a, b), all[0] ?? 0)
  if (answer.largestLoad !== largest || answer.smallestLoad !== smallest) yield 'largest or smallest load is not true'
  const listed = new Map(answer.loads.map(({ expert, load }) => [expert, load]))
  if (listed.size !== book.experts.size) yield 'not every expert has a load'
  for (const [expert, load] of listed)
    if (load !== (loads.get(expert) ?? 0)) yield `${expert}: load ${load} is not true`
}

function totals(book: Book, pairs: readonly Pair[]): { squares: number; match: number; loads: Map<string, number> } {
  const loads = new Map<string, number>()
  let match = 0
  for (const { paper, expert } of pairs) {
    loads.set(expert, (loads.get(expert) ?? 0) + 1)
    match += book.match(book.papers.get(paper)!, book.experts.get(expert)!)
  }
  return { squares: [...loads.values()].reduce((sum, load) => sum + load * load, 0), match, loads }
}

/**
 * Whatever the prices are, no assignment is below the bound worked out from them here: every review is charged to its paper and paid
 * to its expert, and then each paper, each expert takes what is cheapest for itself alone. So prices can be wrong only by proving less.
 */
function* unproven(book: Book, { pairs, gap, proof }: Assignment): Generator<string> {
  const { squares, match } = totals(book, pairs)
  const ceiling = [...book.papers.values()].reduce((sum, paper) => sum + paper.needs * bestMatch(book, paper), 0)
  if (!(proof.weight > ceiling)) return yield `weight ${proof.weight} does not put loads before match (${ceiling})`
  const value = proof.weight * squares - match
  const bound = boundFrom(book, proof)
  if (!Number.isSafeInteger(value) || !Number.isSafeInteger(bound)) yield 'the figures are beyond exact arithmetic'
  if (value !== bound) yield `worth ${value}, but the prices prove only ${bound}`
  if (proof.value !== value || proof.bound !== bound || gap !== value - bound) yield 'value, bound or gap is not true'
}

const bestMatch = (book: Book, paper: Paper): number =>
  book.experts.values().reduce((best, expert) => Math.max(best, book.match(paper, expert)), 0)

function boundFrom(book: Book, { weight, papers, experts }: Assignment['proof']): number {
  let bound = 0
  const staying = new Map<string, number>()
  for (const paper of book.papers.values()) {
    const charge = papers[paper.id] ?? 0
    const kept = book.kept.get(paper.id) ?? new Set()
    const keptKeys = new Set<string>()
    for (const id of kept) {
      const expert = book.experts.get(id)!
      keptKeys.add(book.key(expert))
      staying.set(id, (staying.get(id) ?? 0) + 1)
      bound -= book.match(paper, expert)
    }
    bound -= charge * (paper.needs - kept.size)
    const cheapest = new Map<string, number>()
    for (const expert of book.experts.values()) {
      const key = book.key(expert)
      if (keptKeys.has(key) || !book.addable(paper, expert)) continue
      const worth = charge - (experts[expert.id] ?? 0) - book.match(paper, expert)
      if (worth < (cheapest.get(key) ?? 0)) cheapest.set(key, worth)
    }
    for (const worth of cheapest.values()) bound += worth
  }
  for (const { id, most } of book.experts.values()) {
    const paid = experts[id] ?? 0
    const from = staying.get(id) ?? 0
    bound += weight * from * from
    for (let nth = from + 1; nth <= Math.min(most, book.papers.size); nth++)
      bound += Math.min(0, weight * (2 * nth - 1) + paid)
  }
  return bound
}
