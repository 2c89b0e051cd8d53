/** How everything that is asked of somebody comes out, at a glance: all sets in force, of facts asked for once. */
import { refused } from '../../base/errors.ts'
import type { Act } from '../db/index.ts'
import type { Outcomes } from './contract.ts'
import { type Ask, judgedBy } from './explain.ts'
import { judged } from './explanation.ts'
import { AS_OF, type FactBook } from './facts.ts'
import type { InForce } from './requirements/rules.ts'
import { factsOf } from './rules/expression/term.ts'
import { type Judged, type Judgement, shortestWay } from './rules/requirements/judge.ts'
import type { ReadNode } from './rules/requirements/requirement.ts'
import type { Values } from './values.ts'

/**
 * Of a person or an organisation in scope; of oneself where neither is named.
 * @throws Refusal `not_found`, `policy.person_needed` where the account is nobody's in the records
 */
export async function outcomesOf<T>(act: Act<T>, book: FactBook, ask: Ask): Promise<Outcomes> {
  const personId = ask.personId ?? (ask.orgId === undefined ? act.actor.person : undefined)
  if (personId === null) throw refused('policy.person_needed')
  const { about, asOf, recorded, values, judged: sets } = await judgedBy(act, book, null, { ...ask, personId })
  const rows = [...sets.values()].map((inForce) => {
    const judgement = judged(inForce, values, asOf)
    const { outcome, needs } = judgement
    const open = outcome === 'unmet' || outcome === 'unknown'
    return {
      set: inForce.id,
      title: inForce.title,
      nature: inForce.nature,
      outcome,
      grade: inForce.requirement.grades.find(({ id }) => id === outcome)?.title ?? null,
      conditions: countOf(inForce.requirement.needs),
      missing: open && inForce.nature === null ? shortestWay(needs).length : 0,
      unknown: open ? undecided(inForce, judgement, values).size : 0,
      stated: [...inForce.facts].some((id) => known(values, id) && !known(recorded, id)),
    }
  })
  return { about, asOf, rows }
}

const known = (values: Values, id: string): boolean => (values.get(id) ?? null) !== null

const countOf = (node: ReadNode): number =>
  node.kind === 'group' ? node.parts.reduce((sum, part) => sum + countOf(part), 0) : 1

/** The facts that nobody knows of the conditions that cannot be said; of all of the rule, where it is not for these that it cannot be decided. */
function undecided({ requirement, facts }: InForce, { outcome, needs }: Judgement, values: Values): Set<string> {
  const unknown = (ids: Iterable<string>) => [...ids].filter((id) => id !== AS_OF && !known(values, id))
  const found = new Set(unknown(openFacts(requirement.needs, needs)))
  return found.size > 0 || outcome !== 'unknown' ? found : new Set(unknown(facts))
}

function openFacts(node: ReadNode, judged: Judged): string[] {
  if (judged.holds !== null) return []
  return node.kind === 'group'
    ? node.parts.flatMap((part, nth) => openFacts(part, (judged as Extract<Judged, { kind: 'group' }>).parts[nth]!))
    : [...factsOf(node.test), ...node.exceptions.flatMap(({ term }) => [...factsOf(term)])]
}
