/** Tells a judgement in full: every condition with what was compared, its clause, what is missing, and when it comes. No I/O. */
import type { CivilDate } from '../../base/dates.ts'
import type { CodeWord } from './code-words.ts'
import { compared } from './compared.ts'
import type { Explanation, ToldCondition, ToldGroup } from './contract.ts'
import { AS_OF, DEFAULT_OWNER, type FactBook } from './facts.ts'
import type { InForce, Rules } from './requirements/rules.ts'
import type { Facts } from './rules/expression/evaluate.ts'
import { factsOf, parametersOf, type Term } from './rules/expression/term.ts'
import { decimal, plain } from './rules/expression/value.ts'
import { earliest } from './rules/requirements/earliest.ts'
import {
  type Judge,
  type JudgedCondition,
  type JudgedGroup,
  type Judgement,
  judge,
  shortestWay,
} from './rules/requirements/judge.ts'
import type { ReadCondition, ReadGroup, Requirement } from './rules/requirements/requirement.ts'
import type { Sources } from './sources.ts'
import type { Values } from './values.ts'

export type Told = {
  rules: Rules
  inForce: InForce
  about: Explanation['about']
  asOf: CivilDate
  /** What was on record, and what is judged by: the same, but for what the person states. */
  recorded: Values
  values: Values
  knownOn: string | null
  /** By other figures, or a draft, than what is in force. */
  trial?: boolean
  /** The words of codes by fact. */
  codes?: ReadonlyMap<string, CodeWord[]>
  /** What stands behind the facts. */
  sources?: Sources
}

const factsOn =
  (values: Values, day: CivilDate): Facts =>
  (id) =>
    id === AS_OF ? day : (values.get(id) ?? null)

/** A judge made once for a requirement, which never changes. */
const judges = new WeakMap<Requirement, Judge>()
const judgeOf = (requirement: Requirement): Judge => {
  const made = judges.get(requirement) ?? judge(requirement)
  judges.set(requirement, made)
  return made
}

/** The judgement of somebody with these facts. */
export const judged = ({ requirement }: InForce, values: Values, asOf: CivilDate): Judgement =>
  judgeOf(requirement)(factsOn(values, asOf))

export function explanation(
  book: FactBook,
  { rules, inForce, about, asOf, recorded, values, knownOn, trial = false, codes, sources }: Told,
): Explanation {
  const { id: set, requirement, layers, title, parameters } = inForce
  const { outcome, needs, grades } = judged(inForce, values, asOf)
  const known: Known = { facts: factsOn(values, asOf), unitOf: (fact) => book.declared(fact)?.unit ?? null }
  const ahead = {
    requirement: (day: CivilDate) => rules.get(set, day).requirement,
    changes: rules.changes(set),
    facts: (day: CivilDate) => factsOn(values, day),
  }
  return {
    set,
    title,
    about,
    person: about.kind === 'person' ? { id: about.id, name: about.name } : null,
    asOf,
    knownOn,
    trial,
    outcome,
    layers: layers.map(({ authority, packVersion, version }) => ({ authority, packVersion, from: version.from })),
    needs: toldGroup(requirement.needs, needs, known),
    grades: requirement.grades.map(({ id, title: called, when }, nth) => ({
      id,
      title: called,
      when: toldGroup(when, grades[nth]!.judged, known),
    })),
    facts: [...inForce.facts].sort().map((id) => {
      const { title: called, type, unit = null, ask, owner = DEFAULT_OWNER } = book.declared(id)!
      const value = id === AS_OF ? asOf : (values.get(id) ?? null)
      const stated = value !== null && id !== AS_OF && (recorded.get(id) ?? null) === null
      return {
        id,
        title: called,
        type,
        unit,
        value: plain(value),
        codes: codes?.get(id) ?? [],
        ask: value === null ? ask : null,
        stated,
        source: stated ? null : shown(sources?.get(id), value),
        owner: id === AS_OF ? null : owner,
      }
    }),
    parameters: [...parameters],
    way: shortestWay(needs).map(({ id }) => id),
    earliest: outcome === 'unmet' || outcome === 'unknown' ? earliest(asOf, ahead) : null,
    consequences: layers.flatMap(({ version }) => version.consequences ?? []),
  }
}

type Shown = NonNullable<Explanation['facts'][number]['source']>

/** Where a fact is unknown and nothing was counted, there is nothing to show. */
const shown = (source: Shown | undefined, value: unknown): Shown | null =>
  source && (value !== null || (source.count ?? 0) > 0) ? source : null

type Known = { facts: Facts; unitOf: (fact: string) => string | null }

function toldGroup(declared: ReadGroup, judged: JudgedGroup, known: Known): ToldGroup {
  return {
    says: declared.says ?? null,
    holds: judged.holds,
    least: declared.least,
    parts: declared.parts.map((part, nth) => {
      const found = judged.parts[nth]!
      return part.kind === 'group'
        ? { kind: 'group' as const, group: toldGroup(part, found as JudgedGroup, known) }
        : { kind: 'condition' as const, condition: toldCondition(part, found as JudgedCondition, known) }
    }),
  }
}

function toldCondition(
  { declared, test, exceptions }: ReadCondition,
  judged: JudgedCondition,
  { facts, unitOf }: Known,
): ToldCondition {
  const { id, says, clause = null, confidence, note = null, cure = null } = declared
  const deciding = exceptions.find((one) => one.id === judged.exception)
  const { gap } = judged
  return {
    id,
    says,
    clause,
    confidence,
    note,
    cure,
    holds: judged.holds,
    exception: deciding ? { id: deciding.id, says: deciding.says, clause: deciding.clause } : null,
    facts: [...factsOf(test)],
    parameters: [...parametersOf(test)],
    ...compared(test, facts, unitOf),
    lacking: gap?.lacking === null || gap === null ? null : decimal(gap.lacking),
    threshold: thresholdOf(test),
  }
}

/** What a comparison asks for, where that does not depend on the person: the side without facts. */
function thresholdOf(test: Term): unknown {
  if (test.op !== 'call' || test.given.length !== 2) return null
  const [, need] = test.given
  return need?.op === 'literal' ? plain(need.value) : null
}
