/** What a condition compared, for telling it: both sides, in which unit, and by what relation. For tests that hold as for others. Pure. */
import { compile, type Facts } from './rules/expression/evaluate.ts'
import { below, factsOf, type Term } from './rules/expression/term.ts'
import { plain } from './rules/expression/value.ts'

/** `among`: one of those asked for, or one in common with them. */
type Relation = 'least' | 'over' | 'most' | 'below' | 'same' | 'among'
/** `have` and `need` as JSON; null with all the rest where a test joins several questions or asks a fact alone. */
export type Compared = { have: unknown; need: unknown; unit: string | null; relation: Relation | null }

const RELATIONS: Readonly<Record<string, Relation>> = {
  '>=': 'least',
  '>': 'over',
  '<=': 'most',
  '<': 'below',
  '==': 'same',
  in: 'among',
  overlaps: 'among',
}
const NOTHING: Compared = { have: null, need: null, unit: null, relation: null }

export function compared(test: Term, facts: Facts, unitOf: (fact: string) => string | null): Compared {
  const relation = test.op === 'call' ? RELATIONS[test.name] : undefined
  if (test.op !== 'call' || relation === undefined) return NOTHING
  const [left, right] = test.given as [Term, Term]
  // A code that must stand in a list of the person's: the list alone says what there is.
  if (factsOf(left).size === 0) return NOTHING
  return {
    have: plain(compile(left)(facts)),
    need: plain(compile(right)(facts)),
    unit: unitIn(left, unitOf) ?? unitIn(right, unitOf),
    relation,
  }
}

const SPANS: Readonly<Record<string, string>> = { years: 'year', months: 'month', days: 'day' }
const BARE = new Set(['size', 'lookup', 'count_of'])

/** The unit of the figure that a term comes to: that of the first fact that has one. */
function unitIn(term: Term, unitOf: (fact: string) => string | null): string | null {
  if (term.op === 'fact') return unitOf(term.id)
  if (term.op === 'call' && term.name in SPANS) return SPANS[term.name]!
  if (term.op === 'call' && BARE.has(term.name)) return null
  for (const part of below(term)) {
    const unit = unitIn(part, unitOf)
    if (unit !== null) return unit
  }
  return null
}
