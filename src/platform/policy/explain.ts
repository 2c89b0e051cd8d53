/** Explains one person: what was asked, of what facts, by what clause, what is missing and when it comes. */
import { sql } from 'kysely'
import type { CivilDate } from '../../base/dates.ts'
import { notFound } from '../../base/errors.ts'
import type { Act } from '../db/index.ts'
import type { Explanation, ToldCondition, ToldGroup } from './contract.ts'
import { AS_OF, columnOf, type FactBook } from './facts.ts'
import { authorityOf, rulesOf } from './queries.ts'
import type { InForce, Rules } from './requirements/rules.ts'
import type { Facts } from './rules/expression/evaluate.ts'
import { factsOf, type Term } from './rules/expression/term.ts'
import { decimal, plain, readValue, type Value } from './rules/expression/value.ts'
import { earliest, type JudgedCondition, type JudgedGroup, judge, shortestWay } from './rules/requirements/judge.ts'
import type { ReadCondition, ReadGroup } from './rules/requirements/requirement.ts'

type Ask = { set: string; personId: string; asOf?: CivilDate | undefined }

/**
 * @throws Refusal `not_found` where the person is outside the scope, `policy.set_absent` where no authority of theirs has the set
 */
export async function explain<T>(
  act: Act<T>,
  book: FactBook,
  { set, personId, asOf = act.today }: Ask,
): Promise<Explanation> {
  const { rows } = await sql<{ orgId: string; name: string }>`select p.org_id, p.name from directory.person p
    where p.id = ${personId}`.execute(act.tx)
  if (!rows[0]) throw notFound('person')
  const { orgId, name } = rows[0]
  const rules = await rulesOf(act, await authorityOf(act, orgId), book)
  const inForce = rules.get(set, asOf)
  const values = await valuesOf(act, book, { rules, inForce, personId, asOf })
  const given =
    (day: CivilDate): Facts =>
    (id) =>
      id === AS_OF ? day : (values.get(id) ?? null)
  const { requirement, layers, title, parameters } = inForce
  const { outcome, needs, grades } = judge(requirement)(given(asOf))
  const on = (day: CivilDate) => ({ judge: judge(rules.get(set, day).requirement), facts: given(day) })
  return {
    set,
    title,
    person: { id: personId, name },
    asOf,
    outcome,
    layers: layers.map(({ authority, packVersion, version }) => ({ authority, packVersion, from: version.from })),
    needs: toldGroup(requirement.needs, needs),
    grades: requirement.grades.map(({ id, title: called, when }, nth) => ({
      id,
      title: called,
      when: toldGroup(when, grades[nth]!.judged),
    })),
    facts: [...inForce.facts].sort().map((id) => {
      const { title: called, type, unit = null, ask } = book.declared(id)!
      const value = given(asOf)(id)
      return { id, title: called, type, unit, value: plain(value), ask: value === null ? ask : null }
    }),
    parameters: [...parameters],
    way: shortestWay(needs).map(({ id }) => id),
    earliest: outcome === 'unmet' || outcome === 'unknown' ? earliest(asOf, on) : null,
    consequences: layers.flatMap(({ version }) => version.consequences ?? []),
  }
}

type Asked = { rules: Rules; inForce: InForce; personId: string; asOf: CivilDate }

/** The facts of one person, by the same SQL that a population is asked with; amounts come as text, exact. */
async function valuesOf<T>(act: Act<T>, book: FactBook, asked: Asked): Promise<Map<string, Value>> {
  const { rules, inForce, personId, asOf } = asked
  const wanted = [...inForce.facts].filter((id) => id !== AS_OF)
  if (wanted.length === 0) return new Map()
  const found = book.query(inForce.facts, { asOf, parameters: rules.parameters, people: sql`people` })
  const pairs = wanted.map((id) => {
    const column = sql.ref(`f.${columnOf(id)}`)
    return sql`${id}::text, ${book.declared(id)!.type === 'number' ? sql`trim_scale(${column})::text` : column}`
  })
  const { rows } = await sql<{ found: Record<string, unknown> }>`
    with people as materialized (select p.id as person_id from directory.person p where p.id = ${personId})
    select jsonb_build_object(${sql.join(pairs)}) as found from (${found}) f`.execute(act.tx)
  return new Map(wanted.map((id) => [id, readValue(book.declared(id)!.type, rows[0]?.found[id])]))
}

function toldGroup(declared: ReadGroup, judged: JudgedGroup): ToldGroup {
  return {
    says: declared.says ?? null,
    holds: judged.holds,
    least: declared.least,
    parts: declared.parts.map((part, nth) => {
      const found = judged.parts[nth]!
      return part.kind === 'group'
        ? { kind: 'group' as const, group: toldGroup(part, found as JudgedGroup) }
        : { kind: 'condition' as const, condition: toldCondition(part, found as JudgedCondition) }
    }),
  }
}

function toldCondition({ declared, test, exceptions }: ReadCondition, judged: JudgedCondition): ToldCondition {
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
    have: gap && plain(gap.have),
    need: gap && plain(gap.need),
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
