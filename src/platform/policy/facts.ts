/** Facts that conditions may ask for: declared once by the domain that owns the data, one SQL definition a source. */
import { type RawBuilder, sql } from 'kysely'
import type { CivilDate } from '../../base/dates.ts'
import type { Bilingual } from './contract.ts'
import type { Type } from './rules/expression/value.ts'
import type { Parameters } from './rules/reader.ts'

export type FactDeclaration = {
  type: Type
  title: Bilingual
  /** Unit or code table of the value, where it has one: `credit`, `year`, `code:ZC`. */
  unit?: string
  /** Whom to ask when it is unknown. */
  ask: Bilingual
}

export type FactAsk = {
  asOf: CivilDate
  /** What holds for the people's authority. */
  parameters: Parameters
  /** Name of the common table with the column `person_id`: whom the facts are asked of. */
  people: RawBuilder<unknown>
}

/** Facts that one query gives. Its columns are `person_id` and one for each fact, named as the fact with `_` for the dot. */
export type FactSource = {
  facts: Readonly<Record<string, FactDeclaration>>
  /** A row for each person; null where the fact is unknown of that person. Row-level security holds. */
  rows: (ask: FactAsk) => RawBuilder<unknown>
}

/** The day asked about is a fact as well: conditions that count years say from when to when. */
export const AS_OF = 'asOf'
const asOf: FactDeclaration = {
  type: 'date',
  title: { zh: '认定日期', en: 'Day asked about' },
  ask: { zh: '提问者', en: 'whoever asks' },
}

export const columnOf = (fact: string): string => fact.replaceAll('.', '_')

/** All facts of the house. */
export class FactBook {
  readonly #sources: readonly FactSource[]
  readonly #declared: ReadonlyMap<string, FactDeclaration>
  constructor(sources: readonly FactSource[]) {
    this.#sources = sources
    const all = sources.flatMap(({ facts }) => Object.entries(facts))
    this.#declared = new Map([[AS_OF, asOf], ...all])
    if (this.#declared.size !== all.length + 1) throw new Error('a fact is declared twice')
  }

  declared(id: string): FactDeclaration | undefined {
    return this.#declared.get(id)
  }

  list(): { id: string; declared: FactDeclaration }[] {
    return [...this.#declared].map(([id, declared]) => ({ id, declared }))
  }

  /**
   * A query with `person_id` and the wanted facts as columns, a row for each of the people.
   * Only the sources that are needed are asked.
   */
  query(wanted: ReadonlySet<string>, ask: FactAsk): RawBuilder<unknown> {
    const sources = this.#sources.filter(({ facts }) => Object.keys(facts).some((id) => wanted.has(id)))
    const columns = sources.flatMap(({ facts }, nth) =>
      Object.keys(facts)
        .filter((id) => wanted.has(id))
        .map((id) => sql`, ${sql.ref(`s${nth}.${columnOf(id)}`)}`),
    )
    const joins = sources.map(
      (source, nth) =>
        sql` left join (${source.rows(ask)}) ${sql.ref(`s${nth}`)} on ${sql.ref(`s${nth}.person_id`)} = q.person_id`,
    )
    return sql`select q.person_id${sql.join(columns, sql``)} from ${ask.people} q${sql.join(joins, sql``)}`
  }
}
