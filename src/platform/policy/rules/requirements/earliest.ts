/** When a requirement will be met if nothing but time changes: only days on which something can change are looked at. */
import type { CivilDate } from '../../../../base/dates.ts'
import { compile, type Facts, type Run } from '../expression/evaluate.ts'
import { addMonths } from '../expression/spans.ts'
import { factsOf, type Term } from '../expression/term.ts'
import { judge } from './judge.ts'
import { type Requirement, termsOf } from './requirement.ts'

const YEARS_AHEAD = 45
const DAY = 86_400_000
const AS_OF = 'asOf'

export type Ahead = {
  /** The requirement with the parameters of a day. */
  requirement: (day: CivilDate) => Requirement
  /** Days on which it or a parameter of it changes. */
  changes: readonly CivilDate[]
  facts: (day: CivilDate) => Facts
}

/** The first day from `from` on, null where there is none within 45 years. */
export function earliest(from: CivilDate, { requirement, changes, facts }: Ahead): CivilDate | null {
  const end = addMonths(from, YEARS_AHEAD * 12) ?? '9999-12-31'
  const starts = [from, ...changes.filter((day) => from < day && day <= end)]
  for (const [nth, start] of starts.entries()) {
    const bound = requirement(start)
    const last = nth + 1 < starts.length ? dayOf(numberOf(starts[nth + 1]!) - 1) : end
    const judged = judge(bound)
    for (const day of daysToTry(bound, facts, start, last)) if (judged(facts(day)).outcome === 'met') return day
  }
  return null
}

const numberOf = (day: CivilDate): number => Date.parse(day) / DAY
const dayOf = (number: number): CivilDate => new Date(number * DAY).toISOString().slice(0, 10)

/** The first day and every day on which any part that decides changes; all of them where that cannot be said. */
function* daysToTry(
  bound: Requirement,
  facts: (day: CivilDate) => Facts,
  start: CivilDate,
  end: CivilDate,
): Generator<CivilDate> {
  const days = new Set([start])
  for (const term of termsOf(bound)) {
    for (const atom of atomsOf(term)) {
      const turns = turnsOf(atom, facts, start, end)
      if (!turns) {
        for (let day = numberOf(start); day <= numberOf(end); day++) yield dayOf(day)
        return
      }
      for (const day of turns) days.add(day)
    }
  }
  yield* [...days].sort()
}

/** What and, or, not and choices are made of. */
function* atomsOf(term: Term): Generator<Term> {
  if (term.op === 'and' || term.op === 'or') for (const part of term.parts) yield* atomsOf(part)
  else if (term.op === 'not') yield* atomsOf(term.of)
  else if (term.op === 'choose' && term.type === 'bool')
    for (const part of [term.when, term.yes, term.no]) yield* atomsOf(part)
  else yield term
}

const ORDERS = new Set(['<', '<=', '>', '>=', '==', '!='])
const asksForDay = (term: Term): boolean => factsOf(term).has(AS_OF)

/** Days on which an atom turns; undefined where its course is not known. */
function turnsOf(
  atom: Term,
  facts: (day: CivilDate) => Facts,
  start: CivilDate,
  end: CivilDate,
): CivilDate[] | undefined {
  if (!asksForDay(atom)) return []
  if (atom.op !== 'call' || !ORDERS.has(atom.name)) return undefined
  const [a, b] = atom.given as [Term, Term]
  const courses = [courseOf(a), courseOf(b)]
  if (courses.includes(undefined) || (courses[0] !== 0 && courses[0] === courses[1])) return undefined
  const [left, right] = [compile(a), compile(b)]
  // Below, equal, above: along one course each comes at most once, so two turns are all there are.
  const order = (day: CivilDate) => compared(left, right, facts(day))
  return [firstOther(order, start, end)].flatMap((turn) =>
    turn === undefined ? [] : [turn, firstOther(order, turn, end) ?? []].flat(),
  )
}

function compared(left: Run, right: Run, facts: Facts): number | null {
  const [a, b] = [left(facts), right(facts)]
  return a === null || b === null ? null : a < b ? -1 : a > b ? 1 : 0
}

/** The first day on which the order is another than on the first. */
function firstOther(order: (day: CivilDate) => number | null, start: CivilDate, end: CivilDate): CivilDate | undefined {
  const first = order(start)
  let [same, other] = [numberOf(start), numberOf(end)]
  if (order(end) === first) return undefined
  while (other - same > 1) {
    const middle = Math.floor((same + other) / 2)
    if (order(dayOf(middle)) === first) same = middle
    else other = middle
  }
  return dayOf(other)
}

/** Which way a value goes as days pass: never down (1), never up (-1), not at all (0). */
type Course = 1 | -1 | 0 | undefined
const turned = (course: Course): Course => (course === undefined ? undefined : course === 0 ? 0 : course === 1 ? -1 : 1)
const both = (a: Course, b: Course): Course =>
  a === undefined || b === undefined ? undefined : a === 0 ? b : b === 0 || a === b ? a : undefined
const SPANS = new Set(['years', 'months', 'days'])
const STEPS = new Set(['add_years', 'add_months', 'add_days', 'least', 'most', '+'])

function courseOf(term: Term): Course {
  if (!asksForDay(term)) return 0
  if (term.op === 'fact') return 1
  if (term.op === 'choose') return asksForDay(term.when) ? undefined : both(courseOf(term.yes), courseOf(term.no))
  if (term.op !== 'call') return undefined
  const [a, b] = term.given.map(courseOf) as [Course, Course]
  if (STEPS.has(term.name)) return both(a, b)
  if (SPANS.has(term.name)) return both(turned(a), b)
  if (term.name === '-') return both(a, turned(b))
  if (term.name === '-_') return turned(a)
  return term.name === 'floor' ? a : undefined
}
