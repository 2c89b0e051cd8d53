/** Other figures in the place of those in force, for trying them out. */
import type { CivilDate } from '../../../base/dates.ts'
import { invalid } from '../../../base/errors.ts'
import type { Rules } from '../requirements/rules.ts'
import { UNITS, type Unit } from '../units.ts'

/**
 * The rules under changed figures, by parameter; the same where nothing is changed.
 * @throws Refusal `policy.not_changeable` for a parameter that the set does not use, `policy.bad_value` for a value of another form
 */
export function tried(rules: Rules, set: string, asOf: CivilDate, changes: Readonly<Record<string, unknown>>): Rules {
  if (Object.keys(changes).length === 0) return rules
  const { parameters } = rules.get(set, asOf)
  for (const [id, value] of Object.entries(changes)) {
    const used = parameters.find((found) => found.id === id)
    if (!used) throw invalid('policy.not_changeable', { parameter: id })
    if (!UNITS[used.unit as Unit].safeParse(value).success) throw invalid('policy.bad_value', { parameter: id })
  }
  return rules.changed(changes)
}
