/** What policy says on the day, for an organisation or for many schools under different authorities. */
import type { CivilDate } from '../../../base/dates.ts'
import type { Act } from '../../../platform/db/index.ts'
import { authorityOf, type Found, type Parameters, parameters } from '../../../platform/policy/index.ts'
import type { Figure } from '../contract.ts'
import { type Term, termOf } from '../rules/term.ts'

const figureOf = (found: Found | undefined): Figure | null =>
  found && typeof found.value === 'number'
    ? { value: found.value, clause: found.clause as Figure['clause'], confidence: found.confidence }
    : null

export async function policyOf<T>(act: Act<T>, orgId: string): Promise<Parameters> {
  return parameters(act, await authorityOf(act, orgId))
}

export const figureIn = (held: Parameters, id: string, day: CivilDate): Figure | null => figureOf(held.find(id, day))

export const figuresIn = (held: Parameters, day: CivilDate) => ({
  events: figureIn(held, 'burden.social.events_per_term', day),
  data: figureIn(held, 'burden.data.requests_per_term', day),
  listItems: figureIn(held, 'burden.social.list_items', day),
  inspectionCut: figureIn(held, 'burden.inspection.cut_share', day),
  noticeMonths: figureIn(held, 'burden.list.notice_months', day),
  secondmentMonths: figureIn(held, 'burden.secondment.months', day),
})

export function termIn(held: Parameters, day: CivilDate): Term {
  const at = (id: string, otherwise: string) => String(held.find(id, day)?.value ?? otherwise)
  return termOf(day, at('burden.term.first_start', '09-01'), at('burden.term.second_start', '02-01'))
}

/** The clause of a figure as a refusal carries it, in words. */
export const cited = (figure: Figure | null): string =>
  figure?.clause ? `${figure.clause.document}${figure.clause.number ? `（${figure.clause.number}）` : ''}` : 'none'

/** For each school what caps it: its authority's own figure. */
export async function capsOf<T>(
  act: Act<T>,
  schools: readonly { id: string; authority: string | null }[],
  parameter: string | undefined,
  day: CivilDate,
): Promise<{ of: Map<string, number | null>; figure: Figure | null }> {
  const of = new Map<string, number | null>()
  let lowest: Figure | null = null
  for (const [authority, some] of Map.groupBy(schools, (school) => school.authority)) {
    const found = parameter && authority ? figureIn(await parameters(act, authority), parameter, day) : null
    if (found && (lowest === null || found.value < lowest.value)) lowest = found
    for (const { id } of some) of.set(id, found?.value ?? null)
  }
  return { of, figure: lowest }
}
