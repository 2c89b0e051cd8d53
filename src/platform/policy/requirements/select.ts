/** The same judgement in SQL: the outcome and every condition of a whole population by one statement. */
import { type RawBuilder, sql } from 'kysely'
import { toSql } from '../expression/sql.ts'
import type { ReadCondition, ReadGroup, ReadNode, Requirement } from '../rules/requirements/requirement.ts'

type Column = (fact: string) => RawBuilder<unknown>

/** The outcome as text, as `judge` names it. */
export function outcomeSql({ applies, needs, grades }: Requirement, fact: Column): RawBuilder<string> {
  const graded = grades.map(
    ({ id, when }) =>
      sql`when coalesce(${holdsSql(when, fact)}, true) then case when ${holdsSql(when, fact)} then ${id} else 'unknown' end`,
  )
  const met = sql`else case ${holdsSql(needs, fact)} when true then 'met' when false then 'unmet' else 'unknown' end`
  const whole =
    graded.length > 0
      ? sql`case ${sql.join([...graded, met], sql` `)} end`
      : sql`case ${holdsSql(needs, fact)} when true then 'met' when false then 'unmet' else 'unknown' end`
  return applies
    ? sql<string>`case ${toSql(applies, fact)} when true then ${whole} when false then 'exempt' else 'unknown' end`
    : sql<string>`${whole}`
}

/** Whether it holds: true, false, or null where it cannot be said. */
export function holdsSql(node: ReadNode, fact: Column): RawBuilder<boolean | null> {
  return node.kind === 'group' ? groupSql(node, fact) : conditionSql(node, fact)
}

function groupSql({ least, parts }: ReadGroup, fact: Column): RawBuilder<boolean | null> {
  const held = parts.map((part) => holdsSql(part, fact))
  if (least === parts.length) return sql`(${sql.join(held, sql` and `)})`
  if (least === 1) return sql`(${sql.join(held, sql` or `)})`
  return sql`(select case when count(*) filter (where x.held) >= ${sql.lit(least)} then true
    when count(*) filter (where x.held is not false) < ${sql.lit(least)} then false end from (values ${sql.join(held.map((one) => sql`(${one})`))}) as x(held))`
}

function conditionSql({ test, exceptions }: ReadCondition, fact: Column): RawBuilder<boolean | null> {
  const tested = toSql(test, fact)
  if (exceptions.length === 0) return tested as RawBuilder<boolean | null>
  const cases = exceptions.map(({ gives, term }) => sql`when ${toSql(term, fact)} then ${sql.lit(gives === 'met')}`)
  const open = exceptions.map(
    ({ gives, term }) =>
      sql`(${toSql(term, fact)}) is null and (${tested}) is distinct from ${sql.lit(gives === 'met')}`,
  )
  return sql`case ${sql.join(cases, sql` `)} when ${sql.join(open, sql` or `)} then null else ${tested} end`
}
