/** What keeps somebody from a set, in short: the conditions that fail with their clauses, and the facts that nobody has on record. */
import type { CivilDate } from '../../base/dates.ts'
import type { Bilingual, Clause } from './contract.ts'
import { judged } from './explanation.ts'
import { AS_OF, type FactBook } from './facts.ts'
import type { InForce } from './requirements/rules.ts'
import { factsOf } from './rules/expression/term.ts'
import type { Judged } from './rules/requirements/judge.ts'
import type { ReadNode } from './rules/requirements/requirement.ts'
import type { Values } from './values.ts'

export type Shortfall = {
  /** As in an explanation. */
  outcome: string
  /** Whether it is met, or does not apply; null where it cannot be said. */
  holds: boolean | null
  failed: { id: string; says: Bilingual; clause: Clause | null }[]
  /** Facts that would decide, and whom to ask for them. */
  unknown: { id: string; title: Bilingual; ask: Bilingual }[]
}

export function shortfallOf(book: FactBook, inForce: InForce, values: Values, asOf: CivilDate): Shortfall {
  const { requirement, facts } = inForce
  const { outcome, needs } = judged(inForce, values, asOf)
  const holds = outcome === 'exempt' ? true : outcome === 'unknown' ? null : needs.holds
  const failed: Shortfall['failed'] = []
  const open = new Set<string>()
  const visit = (node: ReadNode, found: Judged): void => {
    if (found.holds === true) return
    if (node.kind === 'group') {
      for (const [nth, part] of node.parts.entries())
        visit(part, (found as Extract<Judged, { kind: 'group' }>).parts[nth]!)
    } else if (found.holds === false) {
      const { id, says, clause = null } = node.declared
      failed.push({ id, says, clause })
    } else
      for (const term of [node.test, ...node.exceptions.map((one) => one.term)])
        for (const id of factsOf(term)) open.add(id)
  }
  if (holds !== true) visit(requirement.needs, needs)
  const lacking = (ids: Iterable<string>) => [...ids].filter((id) => id !== AS_OF && (values.get(id) ?? null) === null)
  const undecided = lacking(open)
  const unknown = undecided.length > 0 || holds !== null ? undecided : lacking(facts)
  return {
    outcome,
    holds,
    failed: holds === true ? [] : failed,
    unknown: unknown.map((id) => {
      const { title, ask } = book.declared(id)!
      return { id, title, ask }
    }),
  }
}
