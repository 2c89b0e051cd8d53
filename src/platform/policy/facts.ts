/** Facts that conditions may ask for: declared once by the domain that owns the data, one SQL definition a source. */
import { type RawBuilder, sql } from 'kysely'
import type { CivilDate } from '../../base/dates.ts'
import type { Bilingual } from './contract.ts'
import { SQL_TYPES } from './expression/sql.ts'
import { knownAt } from './known.ts'
import type { Type } from './rules/expression/value.ts'
import type { Parameters } from './rules/reader.ts'
import type { About } from './rules/requirements/declared.ts'

export type FactOwner = { role: 'clerk' | 'principal' | 'trainer' | 'commission'; at: 'school' | 'district' }
export const DEFAULT_OWNER: FactOwner = { role: 'clerk', at: 'school' }

/** What stands behind a fact, to be shown beside it: rows that are counted, in words, and the pages on which they are seen. */
export type SourceToShow = {
  /** What was counted, in words. */
  says: (n: number) => Bilingual
  /** A query with a row for each that stands behind the fact, of those asked of. Left out where the rules themselves give it. */
  rows?: (ask: SourceAsk) => RawBuilder<unknown>
  /** Addresses for the person and for offices; `{person}`, `{number}`, `{org}` and `{year}` are filled in. */
  see?: { own: string; office: string }
}

export type FactDeclaration = {
  type: Type
  title: Bilingual
  /** Unit or code table of the value, where it has one: `credit`, `year`, `code:ZC`. */
  unit?: string
  /** What the names in amounts mean. */
  names?: Readonly<Record<string, Bilingual>>
  /** Whom to ask when it is unknown. */
  ask: Bilingual
  /** What is shown as its source. Every fact that a table holds has one. */
  source?: SourceToShow
  /** Who answers an objection to it: a role at the person's school or at the district above it. The clerk of the school where absent. */
  owner?: FactOwner
  /** In trials people, or schools, can be told apart by it. */
  cut?: 'stage' | 'type'
}

export type FactAsk = {
  asOf: CivilDate
  /** What holds for the people's authority. */
  parameters: Parameters
  /** A table with the column `person_id` (`org_id` where the source is about organisations): whom the facts are asked of. */
  people: RawBuilder<unknown>
  /** A civil day, all of it, or an instant: the facts as they were known then. As they are known now where absent. */
  knownOn?: string | undefined
  /** The other columns of `people` come along. */
  carry?: boolean | undefined
  /** All people there are are asked of: none of them need be looked up to leave out the rows of others. */
  everybody?: boolean | undefined
}

/** What a source is asked: which of its facts, and from which tables. */
export type SourceAsk = FactAsk & {
  wanted: ReadonlySet<string>
  /** A table by its name, as it stands or as it was known at the instant asked about: `from ${table('records.title')} t`. */
  table: (name: string) => RawBuilder<unknown>
}

/** Whether a row is of one of the people asked of. */
export const among = ({ people, everybody }: FactAsk, personId: RawBuilder<unknown>): RawBuilder<boolean> =>
  everybody ? sql<boolean>`true` : sql<boolean>`${personId} in (select q.person_id from ${people} q)`

const tableOf =
  (knownOn: string | undefined) =>
  (name: string): RawBuilder<unknown> =>
    knownOn === undefined ? sql.table(name) : sql`${sql.table(`${name}_known`)}(${knownAt(knownOn)})`

/**
 * Facts that one query gives. Its columns are `person_id`, or `org_id` for facts about organisations, and one for each fact, named as the
 * fact with `_` for the dot.
 */
export type FactSource = {
  /** People where absent. Of a person, facts about organisations are those of the present main employer. */
  about?: About
  facts: Readonly<Record<string, FactDeclaration>>
  /** What those without a row have, by fact; what is not here is unknown of them. */
  empty?: Readonly<Record<string, RawBuilder<unknown>>>
  /** No table holds them. */
  unrecorded?: true
  /** A row for each person or organisation; null where the fact is unknown of it. Row-level security holds. */
  rows: (ask: SourceAsk) => RawBuilder<unknown>
}

/** The day asked about is a fact as well: conditions that count years say from when to when. */
export const AS_OF = 'asOf'
const asOf: FactDeclaration = {
  type: 'date',
  title: { zh: '认定日期', en: 'Day asked about' },
  ask: { zh: '提问者', en: 'whoever asks' },
}

export const columnOf = (fact: string): string => fact.replaceAll('.', '_')

/** `held`: a table holds it. */
type KnownFact = FactDeclaration & { about: About | null; held: boolean }

/** What sources are asked, with the tables as they stand or as they were known. */
export const sourceAsk = (ask: FactAsk, wanted: ReadonlySet<string>): SourceAsk => ({
  ...ask,
  wanted,
  table: tableOf(ask.knownOn),
})

const employmentOn = ({ table, asOf: day }: SourceAsk) =>
  sql`${table('directory.employment')} e where e.kind = 'main' and e.during @> ${day}::date`

/** The main employers of those asked of: of whom facts about organisations are asked. */
export const employersOf = (ask: SourceAsk): RawBuilder<unknown> =>
  sql`select distinct e.org_id from ${employmentOn(ask)} and e.person_id in (select q.person_id from ${ask.people} q)`

/** All facts of the house. */
export class FactBook {
  readonly #sources: readonly FactSource[]
  readonly #declared: ReadonlyMap<string, KnownFact>
  /** A table with `table`, `code`, `zh`, `en` and `position`: the words of code tables. */
  readonly codes: RawBuilder<unknown>
  constructor(sources: readonly FactSource[], codes: RawBuilder<unknown> = NO_CODES) {
    this.#sources = sources
    this.codes = codes
    const all = sources.flatMap(({ facts, about = 'person', unrecorded }) =>
      Object.entries(facts).map(([id, declared]) => [id, { ...declared, about, held: !unrecorded }] as const),
    )
    this.#declared = new Map<string, KnownFact>([[AS_OF, { ...asOf, about: null, held: false }], ...all])
    if (this.#declared.size !== all.length + 1) throw new Error('a fact is declared twice')
  }

  /** @param of what the asking rule is about: a rule about organisations cannot ask for facts of people */
  declared(id: string, of: About = 'person'): KnownFact | undefined {
    const found = this.#declared.get(id)
    return of === 'organisation' && found?.about === 'person' ? undefined : found
  }

  list(): { id: string; declared: KnownFact }[] {
    return [...this.#declared].map(([id, declared]) => ({ id, declared }))
  }

  /**
   * A query with `person_id` (`org_id` where it is about organisations) and the wanted facts as columns, a row for each that is asked of.
   * Only the sources that are needed are asked.
   */
  query(wanted: ReadonlySet<string>, asked: FactAsk, of: About = 'person'): RawBuilder<unknown> {
    const ask = sourceAsk(asked, wanted)
    const sources = this.#sources.filter(({ facts }) => Object.keys(facts).some((id) => wanted.has(id)))
    const key = sql.ref(KEYS[of])
    const columns = sources.flatMap(({ facts, empty = {} }, nth) =>
      Object.keys(facts)
        .filter((id) => wanted.has(id))
        .map((id) => {
          const column = sql.ref(`s${nth}.${columnOf(id)}`)
          return empty[id] ? sql`, coalesce(${column}, ${empty[id]}) as ${sql.ref(columnOf(id))}` : sql`, ${column}`
        }),
    )
    const employers = sql`(${employersOf(ask)})`
    const ofEmployer = (source: FactSource) => of === 'person' && source.about === 'organisation'
    const joins = sources.map((source, nth) => {
      const name = sql.ref(`s${nth}`)
      return ofEmployer(source)
        ? sql` left join (${source.rows({ ...ask, people: employers })}) ${name} on ${name}.org_id = w.org_id`
        : sql` left join (${source.rows(ask)}) ${name} on ${name}.${key} = q.${key}`
    })
    const employer = sources.some(ofEmployer)
      ? sql` left join lateral (select e.org_id from ${employmentOn(ask)} and e.person_id = q.person_id) w on true`
      : sql``
    return sql`select q.${ask.carry ? sql.raw('*') : key}${sql.join(columns, sql``)} from ${ask.people} q${employer}${sql.join(joins, sql``)}`
  }
}

const NO_CODES = sql`(select null::text as "table", null::text as code, null::text as zh, null::text as en, null::int as position where false)`

const KEYS: Record<About, string> = { person: 'person_id', organisation: 'org_id' }

/** Facts that rules may ask for and no table holds: unknown of everybody, so that an outcome says what is missing and whom to ask. */
export function unrecorded(facts: FactSource['facts'], about: About = 'person'): FactSource {
  const key = sql.ref(KEYS[about])
  const columns = Object.entries(facts).map(
    ([id, { type }]) => sql`, null::${sql.raw(SQL_TYPES[type])} as ${sql.ref(columnOf(id))}`,
  )
  return {
    about,
    facts,
    unrecorded: true,
    rows: ({ people }) => sql`select q.${key}${sql.join(columns, sql``)} from ${people} q`,
  }
}
