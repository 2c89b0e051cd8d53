/** Judges one person: every condition with the values behind it, never only the first that fails. */
import { compile, type Facts, type Run } from '../expression/evaluate.ts'
import type { Term } from '../expression/term.ts'
import type { Value } from '../expression/value.ts'
import type { ReadCondition, ReadGroup, ReadNode, Requirement } from './requirement.ts'

/** Null where it cannot be said, for lack of facts. */
export type Truth = boolean | null

/** What a comparison is short of: both sides, and the difference where it is one of numbers. */
export type Gap = { have: Value; need: Value; lacking: bigint | null }
export type JudgedCondition = {
  kind: 'condition'
  id: string
  holds: Truth
  /** The exception that decided. */
  exception: string | null
  gap: Gap | null
}
export type JudgedGroup = { kind: 'group'; holds: Truth; least: number; parts: readonly Judged[] }
export type Judged = JudgedCondition | JudgedGroup

/** `met`, `unmet`, a grade of the set; `exempt` where it does not apply; `unknown` where facts are missing. */
export type Outcome = 'met' | 'unmet' | 'exempt' | 'unknown' | (string & {})
export type Judgement = { outcome: Outcome; needs: JudgedGroup; grades: readonly { id: string; judged: JudgedGroup }[] }

export type Judge = (facts: Facts) => Judgement

/** Made once for a bound requirement, called for many people. */
export function judge({ applies, needs, grades }: Requirement): Judge {
  const whether = applies ? compile(applies) : () => true
  const whole = groupJudge(needs)
  const graded = grades.map(({ id, when }) => ({ id, when: groupJudge(when) }))
  return (facts) => {
    const judged = whole(facts)
    const found = graded.map(({ id, when }) => ({ id, judged: when(facts) }))
    return { outcome: outcomeOf(whether(facts) as Truth, judged.holds, found), needs: judged, grades: found }
  }
}

function outcomeOf(applies: Truth, holds: Truth, grades: readonly { id: string; judged: JudgedGroup }[]): Outcome {
  if (applies === false) return 'exempt'
  if (applies === null) return 'unknown'
  for (const { id, judged } of grades) {
    if (judged.holds) return id
    // A graver outcome that cannot be ruled out is not passed over.
    if (judged.holds === null) return 'unknown'
  }
  return holds === null ? 'unknown' : holds ? 'met' : 'unmet'
}

type Of<T> = (facts: Facts) => T

const nodeJudge = (node: ReadNode): Of<Judged> => (node.kind === 'group' ? groupJudge(node) : conditionJudge(node))

function groupJudge({ least, parts }: ReadGroup): Of<JudgedGroup> {
  const judges = parts.map(nodeJudge)
  return (facts) => {
    const judged = judges.map((one) => one(facts))
    return { kind: 'group', least, parts: judged, holds: enough(judged, least) }
  }
}

function enough(parts: readonly Judged[], least: number): Truth {
  let [held, unknown] = [0, 0]
  for (const { holds } of parts) {
    if (holds) held++
    else if (holds === null) unknown++
  }
  return held >= least ? true : held + unknown < least ? false : null
}

const COMPARISONS = new Set(['>=', '>', '<=', '<', '=='])

function conditionJudge({ declared, test, exceptions }: ReadCondition): Of<JudgedCondition> {
  const run = compile(test)
  const gapOf = gapJudge(test)
  const cases = exceptions.map(({ id, gives, term }) => ({ id, gives: gives === 'met', when: compile(term) }))
  return (facts) => {
    const tested = run(facts) as Truth
    const { holds, exception } = excepted(tested, cases, facts)
    return { kind: 'condition', id: declared.id, holds, exception, gap: holds === true ? null : gapOf(facts) }
  }
}

/** An exception that holds decides; one that cannot be ruled out leaves open what it would change. */
function excepted(
  tested: Truth,
  cases: readonly { id: string; gives: boolean; when: Run }[],
  facts: Facts,
): { holds: Truth; exception: string | null } {
  let open = false
  for (const { id, gives, when } of cases) {
    const holds = when(facts)
    if (holds) return { holds: gives, exception: id }
    if (holds === null && tested !== gives) open = true
  }
  return { holds: open ? null : tested, exception: null }
}

function gapJudge(test: Term): Of<Gap | null> {
  if (test.op !== 'call' || !COMPARISONS.has(test.name)) return () => null
  const [have, need] = test.given.map(compile) as [Run, Run]
  return (facts) => {
    const [a, b] = [have(facts), need(facts)]
    const lacking = typeof a === 'bigint' && typeof b === 'bigint' ? (test.name.startsWith('<') ? a - b : b - a) : null
    return { have: a, need: b, lacking }
  }
}

/** The fewest conditions that would have to change for the whole to hold; empty where it holds. */
export function shortestWay(judged: Judged): JudgedCondition[] {
  if (judged.holds) return []
  if (judged.kind === 'condition') return [judged]
  const held = judged.parts.filter(({ holds }) => holds).length
  return judged.parts
    .filter(({ holds }) => !holds)
    .map(shortestWay)
    .sort((a, b) => a.length - b.length)
    .slice(0, judged.least - held)
    .flat()
}
