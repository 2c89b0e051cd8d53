/** Facts of training that requirement sets may ask for: credits of the cycle that a day lies in. Nothing earned is zero, not unknown. */
import { type RawBuilder, sql } from 'kysely'
import {
  among,
  columnOf,
  type FactSource,
  Period,
  type SourceAsk,
  type SourceToShow,
} from '../../platform/policy/index.ts'
import en from './messages/en.json' with { type: 'json' }
import zh from './messages/zh-CN.json' with { type: 'json' }
import { creditYearOf, cycleOf } from './rules/credits.ts'

const ask = { zh: '区县教师培训机构', en: 'the district training body' }
const owner = { role: 'trainer', at: 'district' } as const
/** The floor asks for concentrated training (集中培训) given at district level or above: online study at city level does not count. */
const CONCENTRATED = 'concentrated'
const HIGHER = ['district', 'city', 'national']

const none = sql`0::numeric`
const nothing = sql`'{}'::jsonb`

/** The cycle and the credit year that the day lies in. */
export function cycleAt({ asOf, parameters }: Pick<SourceAsk, 'asOf' | 'parameters'>) {
  const period = parameters.as('training.credit.cycle', asOf, Period).value
  const from = Number(period.from.slice(0, 4))
  const year = creditYearOf(asOf, String(parameters.value('training.credit.year_start', asOf).value))
  const years = Number(period.until.slice(0, 4)) - from
  return { year, years, ...cycleOf(year, { from, years }) }
}

/** Entries of the cycle up to the year asked about, of the people asked of. */
function entries(ask: SourceAsk): RawBuilder<unknown> {
  const { from, year } = cycleAt(ask)
  return sql`${ask.table('ledger.entry')} e
    where ${among(ask, sql`e.person_id`)} and e.credit_year between ${from} and ${year}`
}

const SEE = { own: '/my/credits', office: '/credits?q={number}&year={year}' }
const entered = (zh: string, en: string): SourceToShow['says'] => {
  return (n) => ({ zh: `${n} 条${zh}学分记录`, en: `${n} ${n === 1 ? 'entry' : 'entries'} of credits ${en}` })
}
export const CYCLE_ENTRIES: SourceToShow = {
  says: entered('本周期', 'in the cycle'),
  rows: (asked) => sql`select e.id from ${entries(asked)}`,
  see: SEE,
}
const YEAR_ENTRIES: SourceToShow = {
  says: entered('本年度', 'in the year'),
  rows: (asked) => sql`select e.id from ${entries(asked)} and e.credit_year = ${cycleAt(asked).year}`,
  see: SEE,
}
const CONCENTRATED_ENTRIES: SourceToShow = {
  says: entered('本周期集中培训', 'in the cycle from concentrated training'),
  rows: (asked) =>
    sql`select e.id from ${entries(asked)} and e.kind = ${CONCENTRATED} and e.level = any (${HIGHER}::text[])`,
  see: SEE,
}
const CYCLE_RULE: SourceToShow = { says: () => ({ zh: '学分周期的规定', en: 'the rule on credit cycles' }) }

const credit = { type: 'number', unit: 'credit', ask, owner } as const

const SUMS: Record<string, (year: number) => RawBuilder<unknown>> = {
  'credits.cycle': () => sql`sum(e.credits)`,
  'credits.concentrated': () =>
    sql`coalesce(sum(e.credits) filter (where e.kind = ${CONCENTRATED} and e.level = any (${HIGHER}::text[])), 0)`,
  'credits.year': (year) => sql`coalesce(sum(e.credits) filter (where e.credit_year = ${year}), 0)`,
  'credits.entries_year': (year) => sql`count(*) filter (where e.credit_year = ${year})::numeric`,
  'hours.cycle': () => sql`sum(e.hours)`,
  'hours.year': (year) => sql`coalesce(sum(e.hours) filter (where e.credit_year = ${year}), 0)`,
}

const sums: FactSource = {
  facts: {
    'credits.cycle': { ...credit, title: { zh: '本周期学分', en: 'Credits in the cycle' }, source: CYCLE_ENTRIES },
    'credits.concentrated': {
      ...credit,
      title: {
        zh: '本周期区县级及以上集中培训学分',
        en: 'Credits in the cycle from concentrated training at district level or above',
      },
      source: CONCENTRATED_ENTRIES,
    },
    'credits.year': { ...credit, title: { zh: '本年度学分', en: 'Credits in the year' }, source: YEAR_ENTRIES },
    'credits.entries_year': {
      type: 'number',
      ask,
      owner,
      title: { zh: '本年度学分记录数', en: 'Entries of credits in the year' },
      source: YEAR_ENTRIES,
    },
    'hours.cycle': {
      type: 'number',
      unit: 'hour',
      ask,
      owner,
      title: { zh: '本周期学时', en: 'Hours in the cycle' },
      source: CYCLE_ENTRIES,
    },
    'hours.year': {
      type: 'number',
      unit: 'hour',
      ask,
      owner,
      title: { zh: '本年度学时', en: 'Hours in the year' },
      source: YEAR_ENTRIES,
    },
  },
  empty: {
    'credits.cycle': none,
    'credits.concentrated': none,
    'credits.year': none,
    'credits.entries_year': none,
    'hours.cycle': none,
    'hours.year': none,
  },
  rows: (asked) => {
    const { year } = cycleAt(asked)
    const wanted = Object.entries(SUMS).filter(([id]) => asked.wanted.has(id))
    const columns = wanted.map(([id, sum]) => sql`, ${sum(year)} as ${sql.ref(columnOf(id))}`)
    return sql`select e.person_id${sql.join(columns, sql``)} from ${entries(asked)} group by e.person_id`
  },
}

type Words = { zh: string; en: string }

/** Kinds and levels as the screens of training call them, and the kinds that only Beijing’s composition tells apart. */
const NAMES: Record<'kind' | 'level', Record<string, Words>> = {
  kind: {
    ...named('kind.'),
    public_compulsory: { zh: '公共必修', en: 'Public compulsory' },
    professional_compulsory: { zh: '专业必修', en: 'Professional compulsory' },
    elective: { zh: '选修', en: 'Elective' },
  },
  level: named('level.'),
}

function named(prefix: string): Record<string, Words> {
  const english: Record<string, string> = en
  return Object.fromEntries(
    Object.entries(zh).flatMap(([key, word]) =>
      key.startsWith(prefix) ? [[key.slice(prefix.length), { zh: word, en: english[key] ?? word }]] : [],
    ),
  )
}

const amounts = (fact: string, by: 'kind' | 'level', title: Words): FactSource => ({
  facts: { [fact]: { type: 'amounts', unit: 'credit', ask, owner, title, names: NAMES[by], source: CYCLE_ENTRIES } },
  empty: { [fact]: nothing },
  rows: (
    asked,
  ) => sql`select k.person_id, jsonb_object_agg(k.name, k.credits::text) as ${sql.ref(fact.replaceAll('.', '_'))}
    from (select e.person_id, e.${sql.ref(by)} as name, sum(e.credits) as credits from ${entries(asked)} group by 1, 2) k group by k.person_id`,
})

const cycle: FactSource = {
  facts: {
    'cycle.years': {
      type: 'number',
      unit: 'year',
      ask,
      owner,
      title: { zh: '周期年数', en: 'Years of a cycle' },
      source: CYCLE_RULE,
    },
    'cycle.elapsed': {
      type: 'number',
      unit: 'year',
      ask,
      owner,
      title: { zh: '本周期已历年度', en: 'Years of the cycle so far' },
      source: CYCLE_RULE,
    },
  },
  rows: (asked) => {
    const { years, elapsed } = cycleAt(asked)
    return sql`select q.person_id, ${years}::numeric as cycle_years, ${elapsed}::numeric as cycle_elapsed from ${asked.people} q`
  },
}

export const trainingFacts: readonly FactSource[] = [
  sums,
  amounts('credits.by_kind', 'kind', { zh: '本周期各类学分', en: 'Credits in the cycle by kind' }),
  amounts('credits.by_level', 'level', { zh: '本周期各级学分', en: 'Credits in the cycle by level' }),
  cycle,
]
