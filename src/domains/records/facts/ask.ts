/** Whom to ask for a fact that is unknown, and facts that no table holds yet. */
import { type RawBuilder, sql } from 'kysely'
import type { FactSource, SourceAsk } from '../../../platform/policy/index.ts'

export const SCHOOL = { zh: '所在学校的人事经办人', en: 'the clerk of the school' }
export const OFFICE = { zh: '区县教育行政部门人事科', en: 'the staff office of the education commission' }
export const CERTIFIER = { zh: '区县教师资格认定机构', en: 'the office that gives teacher certificates' }
export const ETHICS = { zh: '区县教育行政部门师德师风工作机构', en: 'the ethics office of the education commission' }

/** Rows of the people asked of; of all there are, where everybody is asked of from the root of the tree down. */
export const among = ({ people, everybody }: SourceAsk, personId: RawBuilder<unknown>): RawBuilder<boolean> =>
  everybody && !everybody.below?.includes('.')
    ? sql<boolean>`true`
    : sql<boolean>`${personId} in (select q.person_id from ${people} q)`

/** Who answers an objection to what the district holds. */
export const AT_DISTRICT = { role: 'commission', at: 'district' } as const

type Facts = FactSource['facts']

const SQL_TYPES: Record<Facts[string]['type'], string> = {
  bool: 'boolean',
  number: 'numeric',
  text: 'text',
  date: 'date',
  texts: 'text[]',
  dates: 'date[]',
  amounts: 'jsonb',
  table: 'jsonb',
}

/** Facts that rules may ask for and no table holds: unknown of everybody, so that an outcome says what is missing and whom to ask. */
export function unrecorded(facts: Facts, about: 'person' | 'organisation' = 'person'): FactSource {
  const key = sql.ref(about === 'person' ? 'person_id' : 'org_id')
  const columns = Object.entries(facts).map(
    ([id, { type }]) => sql`, null::${sql.raw(SQL_TYPES[type])} as ${sql.ref(id.replaceAll('.', '_'))}`,
  )
  return { about, facts, rows: ({ people }) => sql`select q.${key}${sql.join(columns, sql``)} from ${people} q` }
}
