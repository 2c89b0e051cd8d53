/** Decisions again: as they stood, from the facts and the versions that were kept; and as the same would come out today. */
import { sql } from 'kysely'
import { notFound } from '../../../base/errors.ts'
import { type Act, prepared } from '../../db/index.ts'
import { codeWords } from '../code-words.ts'
import type { DecisionAgain, DecisionRow } from '../contract/decisions.ts'
import type { Explanation } from '../contract.ts'
import { explain } from '../explain.ts'
import { explanation, judged } from '../explanation.ts'
import type { FactBook } from '../facts.ts'
import { parametersIn, rulesIn } from '../queries.ts'
import { sourcesOf } from '../sources.ts'
import { readValues } from '../values.ts'
import { type Reason, reasonsOf } from './reasons.ts'

/** An instant with all its digits. */
export const instant = (column: string) =>
  sql<string>`to_char(${sql.ref(column)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`

const ROW = sql`d.id, d.person_id, d.set_id as "set", d.as_of, ${instant('d.known_at')} as known_at, d.outcome, d.purpose, d.made_by_name as made_by, d.instead_of,
  not exists (select from policy.decision later where later.person_id = d.person_id and later.instead_of = d.id) as stands`

/** What was decided of a person, the latest first. */
export async function decisionsOf<T>(act: Act<T>, book: FactBook, personId: string): Promise<DecisionRow[]> {
  const { rows } = await sql<
    Omit<DecisionRow, 'title'> & { authority: string; versions: string[] }
  >`select ${ROW}, d.authority, d.versions
    from policy.decision d where d.person_id = ${personId} order by d.known_at desc, d.id desc limit 200`.execute(
    act.tx,
  )
  const titled: DecisionRow[] = []
  for (const { authority, versions, ...row } of rows) {
    const rules = await rulesIn(act, await parametersIn(act, authority, versions), versions, book)
    titled.push({ ...row, title: rules.get(row.set, row.asOf).title })
  }
  return titled
}

type Kept = Omit<DecisionRow, 'title'> & {
  authority: string
  versions: string[]
  name: string
  facts: Record<string, unknown>
  conditions: Reason[]
}

/**
 * The explanation as it stood, and beside it what the same question gives today.
 * @throws Refusal `not_found`
 */
export async function decisionAgain<T>(
  act: Act<T>,
  book: FactBook,
  ask: { personId: string; decisionId: string },
): Promise<DecisionAgain> {
  const { rows } = await sql<Kept>`${prepared}select ${ROW}, d.authority, d.versions, d.name, d.facts, d.conditions
    from policy.decision d where d.person_id = ${ask.personId} and d.id = ${ask.decisionId}`.execute(act.tx)
  if (!rows[0]) throw notFound('decision')
  const { authority, versions, name, facts, conditions, ...row } = rows[0]
  const rules = await rulesIn(act, await parametersIn(act, authority, versions), versions, book)
  const inForce = rules.get(row.set, row.asOf)
  const values = readValues(book, inForce.facts, facts)
  const about = { kind: 'person' as const, id: row.personId, name }
  const codes = await codeWords(act, book, inForce.facts)
  const { asOf, knownAt: knownOn } = row
  const { parameters } = rules
  // What stood behind the facts is counted as it was known when it was decided, which never changes.
  const sources = await sourcesOf(act, book, inForce.facts, { about, asOf, parameters, knownOn })
  const told = { rules, inForce, about, asOf, recorded: values, values, knownOn, codes, sources }
  const again = judged(inForce, values, row.asOf)
  return {
    decision: { ...row, title: inForce.title },
    asItStood: explanation(book, told),
    same: again.outcome === row.outcome && JSON.stringify(reasonsOf(again)) === JSON.stringify(conditions),
    today: await todayOf(act, book, { set: row.set, personId: row.personId, asOf: row.asOf }),
  }
}

/** The same question today; null where the authority of the person or school has no such rule any more. */
export async function todayOf<T>(
  act: Act<T>,
  book: FactBook,
  ask: { set: string; personId?: string; orgId?: string; asOf: string },
): Promise<Explanation | null> {
  try {
    return await explain(act, book, ask)
  } catch (error) {
    if ((error as { code?: string }).code === 'policy.set_absent') return null
    throw error
  }
}
