/** The reasons of a judgement in short, the same here and in the database: each condition with whether it held and the exception that decided. */
import { type RawBuilder, sql } from 'kysely'
import { toSql } from '../expression/sql.ts'
import { holdsSql } from '../requirements/select.ts'
import type { Judged, Judgement } from '../rules/requirements/judge.ts'
import type { ReadCondition, ReadNode, Requirement } from '../rules/requirements/requirement.ts'

/** Id, whether it held (null: it could not be said), the exception that decided. */
export type Reason = [id: string, holds: boolean | null, exception: string | null]

/** In the order of the set: what is needed, then the grades. */
export const reasonsOf = ({ needs, grades }: Judgement): Reason[] =>
  [needs, ...grades.map(({ judged }) => judged)].flatMap(inside)

const inside = (judged: Judged): Reason[] =>
  judged.kind === 'condition' ? [[judged.id, judged.holds, judged.exception]] : judged.parts.flatMap(inside)

/** The same as a JSON array, in SQL. */
export function reasonsSql({ needs, grades }: Requirement, fact: (id: string) => RawBuilder<unknown>) {
  const conditions = [needs, ...grades.map(({ when }) => when)].flatMap(conditionsIn)
  const told = conditions.map(
    (one) => sql`jsonb_build_array(${sql.lit(one.declared.id)}, ${holdsSql(one, fact)}, ${exceptionSql(one, fact)})`,
  )
  const parts = Array.from({ length: Math.ceil(told.length / 90) }, (_, nth) => told.slice(nth * 90, nth * 90 + 90))
  return sql<Reason[]>`(${sql.join(
    parts.map((some) => sql`jsonb_build_array(${sql.join(some)})`),
    sql` || `,
  )})`
}

const conditionsIn = (node: ReadNode): ReadCondition[] =>
  node.kind === 'condition' ? [node] : node.parts.flatMap(conditionsIn)

const exceptionSql = ({ exceptions }: ReadCondition, fact: (id: string) => RawBuilder<unknown>) =>
  exceptions.length === 0
    ? sql`null::text`
    : sql`case ${sql.join(
        exceptions.map(({ id, term }) => sql`when ${toSql(term, fact)} then ${sql.lit(id)}`),
        sql` `,
      )} end`
