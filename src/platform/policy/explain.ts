/** Explains one person, or one organisation: what was asked, of what facts, by what clause, what is missing and when it comes. */
import { sql } from 'kysely'
import type { CivilDate } from '../../base/dates.ts'
import { invalid, notFound } from '../../base/errors.ts'
import { type Act, prepared } from '../db/index.ts'
import { codeWords } from './code-words.ts'
import type { Explanation } from './contract.ts'
import { explanation } from './explanation.ts'
import type { FactBook } from './facts.ts'
import { authorityOf, rulesOf } from './queries.ts'
import type { InForce, Rules } from './requirements/rules.ts'
import { sourcesOf } from './sources.ts'
import { tried, triedBelow } from './trials/tried.ts'
import { statedOver, valuesOf } from './values.ts'

export type Ask = {
  personId?: string | undefined
  /** Instead of a person. */
  orgId?: string | undefined
  asOf?: CivilDate | undefined
  /** Facts and rules as they were known then: a civil day, all of it, or an instant. */
  knownOn?: string | undefined
  /** What the person states, for facts that are unknown. */
  given?: Readonly<Record<string, unknown>> | undefined
  /** Whose rules: those of the present authority where absent. */
  authority?: string | undefined
  /** A draft in the place of what is in force. */
  draftId?: string | undefined
  /** New values by parameter, for trying them out. */
  changes?: Readonly<Record<string, unknown>> | undefined
  /** Whose figures are changed: the organisation of the trial; one's own authority's where absent. */
  changedAt?: string | undefined
}

/**
 * @throws Refusal `not_found` where the person or organisation is outside the scope, `policy.set_absent` where no authority of theirs has
 *   the set, `policy.other_about` where the set is not about such, and those of `tried`
 */
export async function explain<T>(act: Act<T>, book: FactBook, ask: Ask & { set: string }): Promise<Explanation> {
  const { set, knownOn = null, draftId, changes = {}, changedAt } = ask
  const { rules: held, asOf, about, recorded, values } = await judgedBy(act, book, [set], ask)
  const whose = changedAt === undefined ? undefined : await authorityOf(act, changedAt)
  const rules =
    whose === undefined || whose === held.parameters.authority
      ? tried(held, set, asOf, changes)
      : await triedBelow(act, held, whose, changes)
  const inForce = rules.get(set, asOf)
  const codes = await codeWords(act, book, inForce.facts)
  const sources = await sourcesOf(act, book, inForce.facts, {
    about,
    asOf,
    parameters: rules.parameters,
    knownOn: ask.knownOn,
  })
  const trial = draftId !== undefined || rules !== held
  return explanation(book, { rules, inForce, about, asOf, recorded, values, knownOn, trial, codes, sources })
}

/**
 * What a person or organisation is judged by under several sets, of facts asked for once; sets that no authority of theirs has are absent.
 * @param sets all that are about such, where `null`
 * @throws Refusal `not_found` where the person or organisation is outside the scope, `policy.other_about`
 */
export async function judgedBy<T>(act: Act<T>, book: FactBook, sets: readonly string[] | null, ask: Ask) {
  const { asOf = act.today, knownOn, given = {}, authority, draftId } = ask
  const { orgId, ...about } = await whom(act, ask)
  const rules = await rulesOf(act, authority ?? (await authorityOf(act, orgId)), book, { knownOn, draftId })
  const judged = new Map(inForceFor(rules, sets, asOf, about.kind).map((inForce) => [inForce.id, inForce]))
  const wanted = new Set([...judged.values()].flatMap(({ facts }) => [...facts]))
  const recorded = await valuesOf(act, book, wanted, { about, asOf, parameters: rules.parameters, knownOn })
  return { rules, asOf, about, recorded, values: statedOver(book, recorded, given), judged }
}

function inForceFor(
  rules: Rules,
  sets: readonly string[] | null,
  asOf: CivilDate,
  kind: InForce['about'],
): readonly InForce[] {
  if (sets === null) return rules.list(asOf).filter(({ about }) => about === kind)
  const found = sets.flatMap((set) => rules.find(set, asOf) ?? [])
  const other = found.find(({ about }) => about !== kind)
  if (other) throw invalid('policy.other_about', { set: other.id, about: other.about })
  return found
}

/** Who is asked about, and the organisation whose authority's rules hold. */
async function whom<T>(act: Act<T>, { personId, orgId }: Ask): Promise<Explanation['about'] & { orgId: string }> {
  if (orgId !== undefined) {
    const { rows } = await sql<{ name: string }>`${prepared}select o.name from directory.organisation o
      where o.id = ${orgId} and o.path <@ any (db.scope())`.execute(act.tx)
    if (!rows[0]) throw notFound('organisation')
    return { kind: 'organisation', id: orgId, name: rows[0].name, orgId }
  }
  const { rows } = await sql<{ id: string; orgId: string; name: string }>`${prepared}select p.id, p.org_id, p.name
    from directory.person p where p.id = ${personId}`.execute(act.tx)
  if (!rows[0]) throw notFound('person')
  return { kind: 'person', ...rows[0] }
}
