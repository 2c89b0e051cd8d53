/** A requirement set over those of higher authorities: whether it is provably as strict, and whether its exceptions contradict each other. */
import type { CivilDate } from '../../../base/dates.ts'
import type { Value } from '../rules/expression/value.ts'
import type { SetDeclaration, SetVersion } from '../rules/requirements/declared.ts'
import { coversAll, unproved } from '../rules/requirements/implies.ts'
import type { ReadCondition, ReadException, ReadNode, Requirement } from '../rules/requirements/requirement.ts'
import { witness } from '../rules/requirements/witness.ts'
import type { Rules } from './rules.ts'

/** From when, whose rule it cannot be proved to reach, and in which conditions (`applies`: whom it is about). */
export type Looser = { from: CivilDate; than: string[]; missing: string[] }

/**
 * The first day on which the set is not provably as strict as what stands above it; undefined where it is on all days.
 * @param own the rules of the set's authority  @param upper those of the authority above it
 */
export function looser(set: SetDeclaration, own: Rules, upper: Rules): Looser | undefined {
  const days = [...new Set([...own.changes(set.id), ...upper.changes(set.id)])].sort()
  for (const from of days.filter((day) => day >= set.versions[0]!.from)) {
    const [mine, above] = [own.find(set.id, from), upper.find(set.id, from)]
    if (!mine || !above) continue
    const missing =
      set.extends?.how === 'replaces'
        ? unproved(mine.requirement, above.requirement)
        : coversAll(ownGuard(set, from) ? mine.requirement.applies : undefined, above.requirement.applies)
          ? []
          : ['applies']
    if (missing.length > 0) return { from, than: above.layers.map(({ authority }) => authority), missing }
  }
  return undefined
}

/** Whether the set itself says on the day whom it is about: where it does not, that of the one above stands. */
const ownGuard = ({ versions }: SetDeclaration, day: CivilDate): boolean =>
  versions.findLast(({ from }) => from <= day)?.applies !== undefined

/** Two exceptions of a condition that give the contrary, and facts of a person of whom both hold on the day. */
export type Contradiction = {
  version: SetVersion
  condition: string
  first: ReadException
  second: ReadException
  given: ReadonlyMap<string, Value>
  day: CivilDate
}

/** One for each condition at most. */
export function contradictions(set: SetDeclaration, rules: Rules): Contradiction[] {
  if (!JSON.stringify(set).includes('"unmet"')) return []
  return set.versions.flatMap((version, nth) => {
    const until = set.versions[nth + 1]?.from ?? '9999-12-31'
    const days = [version.from, ...rules.changes(set.id).filter((day) => version.from < day && day < until)]
    const found = new Map<string, Contradiction>()
    for (const day of days)
      for (const { declared, exceptions } of conditionsOf(rules.bound(version, day))) {
        const pair = found.has(declared.id) ? undefined : contrary(exceptions, day)
        if (pair) found.set(declared.id, { version, condition: declared.id, ...pair, day })
      }
    return [...found.values()]
  })
}

function contrary(exceptions: readonly ReadException[], day: CivilDate) {
  for (const [at, first] of exceptions.entries())
    for (const second of exceptions.slice(at + 1)) {
      const given = first.gives === second.gives ? undefined : witness(first.term, second.term, day)
      if (given) return { first, second, given }
    }
  return undefined
}

function conditionsOf({ needs, grades }: Requirement): ReadCondition[] {
  const inside = (node: ReadNode): ReadCondition[] => (node.kind === 'condition' ? [node] : node.parts.flatMap(inside))
  return [needs, ...grades.map(({ when }) => when)].flatMap(inside)
}
