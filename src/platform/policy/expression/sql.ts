/** Says a bound expression in SQL, for a whole population at once; null stands for unknown there as well. */
import { type RawBuilder, sql } from 'kysely'
import { type Band, isBand, type Table } from '../rules/expression/table.ts'
import type { Term } from '../rules/expression/term.ts'
import { decimal, plain, type Type, type Value } from '../rules/expression/value.ts'

export const SQL_TYPES: Record<Type, string> = {
  bool: 'boolean',
  number: 'numeric',
  text: 'text',
  date: 'date',
  texts: 'text[]',
  dates: 'date[]',
  amounts: 'jsonb',
  table: 'jsonb',
}

/** @param fact the column of a fact, of the SQL type of its type */
export function toSql(term: Term, fact: (id: string) => RawBuilder<unknown>): RawBuilder<unknown> {
  const of = (part: Term) => toSql(part, fact)
  switch (term.op) {
    case 'literal':
      return constant(term.type, term.value)
    case 'fact':
      return fact(term.id)
    case 'parameter':
      throw new Error(`parameter ${term.id} is not bound`)
    case 'and':
    case 'or':
      return sql`(${sql.join(term.parts.map(of), sql.raw(` ${term.op} `))})`
    case 'not':
      return sql`(not ${of(term.of)})`
    case 'known':
      return sql`(${of(term.of)} is not null)`
    case 'choose':
      return sql`(case ${of(term.when)} when true then ${of(term.yes)} when false then ${of(term.no)} end)`
    case 'call':
      return looksUpWritten(term) ? lookupSql(term, of) : filled(term.operation.sql, term.given.map(of))
  }
}

type Lookup = Term & { op: 'call'; given: readonly [Term & { op: 'literal'; value: Table }, ...Term[]] }
const looksUpWritten = (term: Term & { op: 'call' }): term is Lookup => {
  const [table] = term.given
  return term.name === 'lookup' && table?.op === 'literal' && table.value !== null
}

/** A table that is known is written out, so that no row of the population parses it anew. */
function lookupSql({ given: [table, ...keys] }: Lookup, of: (part: Term) => RawBuilder<unknown>): RawBuilder<unknown> {
  const name = (nth: number) => sql.raw(`k.k${nth}`)
  const cell = (value: bigint | null) => (value === null ? sql`null` : sql.raw(`${decimal(value)}`))
  const fits = (key: Band | readonly string[], nth: number) =>
    isBand(key)
      ? sql`(${key.from === null ? sql`true` : sql`${name(nth)} >= ${cell(key.from)}`} and ${key.below === null ? sql`${name(nth)} is not null` : sql`${name(nth)} < ${cell(key.below)}`})`
      : sql`${name(nth)} = any (${key}::text[])`
  const rows = table.value.rows.map(
    ({ keys: own, is }) => sql`when ${sql.join(own.map(fits), sql` and `)} then ${cell(is)}`,
  )
  const none = rows.length === 0 || keys.length !== table.value.axes.length
  const asked = sql.join(keys.map((key, nth) => sql`${of(key)} as ${sql.raw(`k${nth}`)}`))
  return none ? sql`null::numeric` : sql`(select case ${sql.join(rows, sql` `)} end::numeric from (select ${asked}) k)`
}

/** The value as SQL. What is short and harmless is written out, so that the planner sees it; text is bound. */
function constant(type: Type, value: Value): RawBuilder<unknown> {
  const cast = sql.raw(`::${SQL_TYPES[type]}`)
  if (typeof value === 'boolean') return sql.raw(String(value))
  if (typeof value === 'bigint') return sql`${sql.raw(`(${decimal(value)})`)}${cast}`
  if (value === null) return sql`null${cast}`
  return type === 'amounts' || type === 'table' ? sql`${JSON.stringify(plain(value))}${cast}` : sql`${value}${cast}`
}

function filled(template: string, given: readonly RawBuilder<unknown>[]): RawBuilder<unknown> {
  const pieces = template.split(/\$(\d)/)
  return sql.join(
    pieces.map((piece, nth) => (nth % 2 ? given[Number(piece)]! : sql.raw(piece))),
    sql.raw(''),
  )
}
