/** What a requirement set asks for in figures: both sides of every condition that compares amounts with a least one, for one person and in SQL. */
import { type RawBuilder, sql } from 'kysely'
import type { CivilDate } from '../../base/dates.ts'
import type { Bilingual, Clause, Confidence } from './contract.ts'
import { toSql } from './expression/sql.ts'
import { AS_OF, columnOf, type FactBook } from './facts.ts'
import type { InForce } from './requirements/rules.ts'
import { outcomeSql } from './requirements/select.ts'
import { compile } from './rules/expression/evaluate.ts'
import { factsOf, parametersOf, type Term } from './rules/expression/term.ts'
import { decimal } from './rules/expression/value.ts'
import type { ReadCondition, ReadNode } from './rules/requirements/requirement.ts'
import type { Values } from './values.ts'

type Compared = { condition: ReadCondition; have: Term; need: Term; facts: ReadonlySet<string> }

/** A figure that is asked for, as it stands for somebody; null where facts are missing, or there is no least one. */
export type Demand = {
  id: string
  /** What is counted. */
  label: Bilingual
  says: Bilingual
  clause: Clause | null
  confidence: Confidence
  facts: string[]
  have: string | null
  need: string | null
  /** Zero where there is enough. */
  lacking: string | null
}

function comparedIn({ requirement }: InForce): Compared[] {
  const found: Compared[] = []
  const visit = (node: ReadNode): void => {
    if (node.kind === 'group') for (const part of node.parts) visit(part)
    else if (node.test.op === 'call' && node.test.name === '>=' && node.test.given[0]!.type === 'number') {
      const [have, need] = node.test.given as [Term, Term]
      found.push({ condition: node, have, need, facts: factsOf(have) })
    }
  }
  visit(requirement.needs)
  return found
}

export function demandsOf(book: FactBook, inForce: InForce, values: Values, asOf: CivilDate): Demand[] {
  const fact = (id: string) => (id === AS_OF ? asOf : (values.get(id) ?? null))
  return comparedIn(inForce).map(({ condition: { declared }, have, need, facts }) => {
    // The figure has its own clause, which may be later than that of the condition.
    const figures = parametersOf(need)
    const figure = figures.size === 1 ? inForce.parameters.find(({ id }) => figures.has(id)) : undefined
    const { clause = null, confidence } = figure ?? declared
    const [a, b] = [compile(have)(fact), compile(need)(fact)]
    const known = typeof a === 'bigint' && typeof b === 'bigint'
    const sole = facts.size === 1 ? book.declared([...facts][0]!) : undefined
    return {
      id: declared.id,
      label: sole?.type === 'number' ? sole.title : declared.says,
      says: declared.says,
      clause,
      confidence,
      facts: [...facts],
      have: typeof a === 'bigint' ? decimal(a) : null,
      need: typeof b === 'bigint' ? decimal(b) : null,
      lacking: known ? decimal(b > a ? b - a : 0n) : null,
    }
  })
}

/** The columns of a query of facts, under the name of its row. */
const columnIn = (row: string, asOf: CivilDate) => (id: string) =>
  id === AS_OF ? sql`${asOf}::date` : sql.ref(`${row}.${columnOf(id)}`)

/** The outcome of a row of facts. */
export const outcomeIn = (inForce: InForce, row: string, asOf: CivilDate): RawBuilder<string> =>
  outcomeSql(inForce.requirement, columnIn(row, asOf))

/** Both sides of the first comparison that counts a fact; undefined where the set does not. */
export function demandIn(
  inForce: InForce,
  fact: string,
  row: string,
  asOf: CivilDate,
): { have: RawBuilder<unknown>; need: RawBuilder<unknown> } | undefined {
  const found = comparedIn(inForce).find(({ facts }) => facts.has(fact))
  const column = columnIn(row, asOf)
  return found && { have: toSql(found.have, column), need: toSql(found.need, column) }
}
