/** Other figures in the place of those in force, for trying them out. */
import type { CivilDate } from '../../../base/dates.ts'
import { invalid } from '../../../base/errors.ts'
import type { Act } from '../../db/index.ts'
import { authorityIn } from '../drafts/layer.ts'
import { versionsOf } from '../queries.ts'
import type { Rules } from '../requirements/rules.ts'
import { UNITS, type Unit } from '../units.ts'

type Changes = Readonly<Record<string, unknown>>

/**
 * The rules under figures that their own authority changes; the same where nothing is changed.
 * @throws Refusal `policy.not_changeable` for a parameter that the set does not use, `policy.bad_value` for a value of another form
 */
export function tried(rules: Rules, set: string, asOf: CivilDate, changes: Changes): Rules {
  if (Object.keys(changes).length === 0) return rules
  const { parameters } = rules.get(set, asOf)
  for (const [id, value] of Object.entries(changes)) {
    const used = parameters.find((found) => found.id === id)
    if (!used) throw invalid('policy.not_changeable', { parameter: id })
    if (!UNITS[used.unit as Unit].safeParse(value).success) throw invalid('policy.bad_value', { parameter: id })
  }
  return rules.changed(changes, 0)
}

/** The same where another authority changes them: what these rules say themselves goes on holding, and figures that they do not know are none of theirs. */
export async function triedBelow<T>(act: Act<T>, rules: Rules, above: string, changes: Changes): Promise<Rules> {
  const known = Object.entries(changes).filter(([id]) => rules.parameters.unitOf(id) !== undefined)
  if (known.length === 0) return rules
  const versions = await versionsOf(act, rules.parameters.authority)
  const place = versions.findIndex((version) => authorityIn(version) === above)
  return place < 0 ? rules : rules.changed(Object.fromEntries(known), place)
}
