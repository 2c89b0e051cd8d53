/** Facts of rotation, terms of principals and retirement. What was granted exists only by a recorded decision. */
import { sql } from 'kysely'
import { among, type FactSource, type SourceAsk } from '../../../platform/policy/index.ts'
import { AT_DISTRICT, OFFICE } from './ask.ts'
import { perPerson, shownIn } from './kept.ts'

const ask = { ask: OFFICE, owner: AT_DISTRICT } as const
const byTheDay = ({ asOf }: SourceAsk) => sql`lower(t.during) <= ${asOf}::date`

const ROTATIONS = shownIn('rotation', 'records.rotation', '次交流轮岗', ['exchange', 'exchanges'], byTheDay)
const TERMS = shownIn('principal_term', 'records.principal_term', '届校长任期', ['term', 'terms'], byTheDay)
const RETIREMENTS = shownIn(
  'retirement',
  'records.retirement',
  '项退休审批',
  ['decision on retirement', 'decisions on retirement'],
  () => sql`true`,
)

const deferred: FactSource = {
  facts: {
    'rotation.deferred_until': {
      ...ask,
      type: 'date',
      title: { zh: '暂缓轮岗期满日期', en: 'Rotation deferred up to and with' },
      source: ROTATIONS,
    },
  },
  rows: (asked) =>
    perPerson(
      asked,
      'records.rotation',
      sql`, max(upper(f.during) - 1) as rotation_deferred_until`,
      sql`f.kind = 'deferred' and lower(f.during) <= ${asked.asOf}::date`,
    ),
}

const principal: FactSource = {
  facts: {
    'principal.terms': {
      ...ask,
      type: 'number',
      unit: 'count',
      title: { zh: '在同一学校已任届数', en: 'Terms served at the same school' },
      source: TERMS,
    },
    'principal.term_years': {
      ...ask,
      type: 'number',
      unit: 'year',
      title: { zh: '任期年数', en: 'Years of the term' },
      source: TERMS,
    },
  },
  rows: (asked) => sql`select f.person_id, f.nth::numeric as principal_terms, f.years::numeric as principal_term_years
    from ${asked.table('records.principal_term')} f where ${among(asked, sql`f.person_id`)}
      and f.during @> ${asked.asOf}::date`,
}

const retirement: FactSource = {
  facts: {
    'retirement.approved_on': {
      ...ask,
      type: 'date',
      title: { zh: '批准的退休日期', en: 'Approved day of retirement' },
      source: RETIREMENTS,
    },
  },
  rows: (asked) =>
    perPerson(asked, 'records.retirement', sql`, max(f.approved_on) as retirement_approved_on`, sql`true`),
}

export const rotationFacts: readonly FactSource[] = [deferred, principal, retirement]
