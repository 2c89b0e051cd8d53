/** The facts of one person, or of one organisation, by the same SQL that a population is asked with; amounts come as text, exact. */
import { type RawBuilder, sql } from 'kysely'
import type { CivilDate } from '../../base/dates.ts'
import { invalid } from '../../base/errors.ts'
import { type Act, prepared } from '../db/index.ts'
import { AS_OF, columnOf, type FactBook } from './facts.ts'
import { readValue, type Value } from './rules/expression/value.ts'
import type { Parameters } from './rules/reader.ts'
import type { About } from './rules/requirements/declared.ts'

export type Values = ReadonlyMap<string, Value>

/** Wanted facts of a row `f` as one JSON object: what a decision keeps, and what `readValues` reads. */
export function factsJson(book: FactBook, wanted: Iterable<string>): RawBuilder<unknown> {
  const pairs = [...wanted]
    .filter((id) => id !== AS_OF)
    .sort()
    .map((id) => {
      const column = sql.ref(`f.${columnOf(id)}`)
      return sql`${sql.lit(id)}, ${book.declared(id)!.type === 'number' ? sql`trim_scale(${column})::text` : column}`
    })
  // A function takes no more than a hundred arguments.
  const parts = Array.from(
    { length: Math.ceil(pairs.length / 45) },
    (_, nth) => sql`jsonb_build_object(${sql.join(pairs.slice(nth * 45, nth * 45 + 45))})`,
  )
  return parts.length === 0 ? sql`'{}'::jsonb` : sql`(${sql.join(parts, sql` || `)})`
}

export const readValues = (
  book: FactBook,
  wanted: Iterable<string>,
  found: Readonly<Record<string, unknown>>,
): Values =>
  new Map(
    [...wanted].filter((id) => id !== AS_OF).map((id) => [id, readValue(book.declared(id)!.type, found[id])] as const),
  )

type Asked = {
  about: { kind: About; id: string }
  asOf: CivilDate
  parameters: Parameters
  knownOn?: string | undefined
}

export async function valuesOf<T>(
  act: Act<T>,
  book: FactBook,
  wanted: ReadonlySet<string>,
  { about: { kind, id }, asOf, parameters, knownOn }: Asked,
): Promise<Values> {
  if ([...wanted].every((id) => id === AS_OF)) return new Map()
  const found = book.query(wanted, { asOf, parameters, people: sql`people`, knownOn }, kind)
  const { rows } = await sql<{ found: Record<string, unknown> }>`${prepared}
    with people as materialized (${
      kind === 'organisation'
        ? sql`select o.id as org_id from directory.organisation o where o.id = ${id}`
        : sql`select p.id as person_id from directory.person p where p.id = ${id}`
    })
    select ${factsJson(book, wanted)} as found from (${found}) f`.execute(act.tx)
  return readValues(book, wanted, rows[0]?.found ?? {})
}

/**
 * What a person states of themselves, for facts that nobody has on record.
 * @throws Refusal `policy.bad_fact` for a fact that the house does not know, or a value of another type
 */
export function statedOver(book: FactBook, values: Values, given: Readonly<Record<string, unknown>>): Values {
  const whole = new Map(values)
  for (const [id, said] of Object.entries(given)) {
    const declared = book.declared(id)
    if (!declared || id === AS_OF) throw invalid('policy.bad_fact', { fact: id })
    if ((values.get(id) ?? null) !== null) continue
    try {
      whole.set(id, readValue(declared.type, said))
    } catch {
      throw invalid('policy.bad_fact', { fact: id })
    }
  }
  return whole
}
