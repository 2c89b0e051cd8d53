/** Facts of training that requirement sets may ask for: credits of the cycle that a day lies in. Nothing earned is zero, not unknown. */
import { sql } from 'kysely'
import { type FactSource, Period } from '../../platform/policy/index.ts'
import { creditYearOf, cycleOf } from './rules/credits.ts'

const ask = { zh: '区县教师培训机构', en: 'the district training body' }
const credit = { type: 'number', unit: 'credit', ask } as const

export const trainingFacts: FactSource = {
  facts: {
    'credits.cycle': { ...credit, title: { zh: '本周期学分', en: 'Credits in the cycle' } },
    'credits.concentrated': {
      ...credit,
      title: {
        zh: '本周期区县级及以上集中培训学分',
        en: 'Credits in the cycle from concentrated training at district level or above',
      },
    },
    'credits.year': { ...credit, title: { zh: '本年度学分', en: 'Credits in the year' } },
    'credits.by_kind': {
      type: 'amounts',
      unit: 'credit',
      ask,
      title: { zh: '本周期各类学分', en: 'Credits in the cycle by kind' },
    },
    'credits.by_level': {
      type: 'amounts',
      unit: 'credit',
      ask,
      title: { zh: '本周期各级学分', en: 'Credits in the cycle by level' },
    },
    'hours.cycle': { type: 'number', unit: 'hour', ask, title: { zh: '本周期学时', en: 'Hours in the cycle' } },
    'hours.year': { type: 'number', unit: 'hour', ask, title: { zh: '本年度学时', en: 'Hours in the year' } },
    'cycle.years': { type: 'number', unit: 'year', ask, title: { zh: '周期年数', en: 'Years of a cycle' } },
    'cycle.elapsed': {
      type: 'number',
      unit: 'year',
      ask,
      title: { zh: '本周期已历年度', en: 'Years of the cycle so far' },
    },
  },
  rows: ({ asOf, parameters, people }) => {
    const period = parameters.as('training.credit.cycle', asOf, Period).value
    const from = Number(period.from.slice(0, 4))
    const year = creditYearOf(asOf, String(parameters.value('training.credit.year_start', asOf).value))
    const years = Number(period.until.slice(0, 4)) - from
    const cycle = cycleOf(year, { from, years })
    return sql`with sums as (
        select e.person_id, e.kind, e.level, sum(e.credits) as credits, sum(e.hours) as hours,
          sum(e.credits) filter (where e.credit_year = ${year}) as credits_year, sum(e.hours) filter (where e.credit_year = ${year}) as hours_year
        from ledger.entry e where e.person_id in (select q.person_id from ${people} q) and e.credit_year between ${cycle.from} and ${year}
        group by e.person_id, e.kind, e.level
      ), kinds as (
        select k.person_id, jsonb_object_agg(k.kind, k.credits::text) as amounts
        from (select s.person_id, s.kind, sum(s.credits) as credits from sums s group by s.person_id, s.kind) k group by k.person_id
      ), levels as (
        select k.person_id, jsonb_object_agg(k.level, k.credits::text) as amounts
        from (select s.person_id, s.level, sum(s.credits) as credits from sums s group by s.person_id, s.level) k group by k.person_id
      ), totals as (
        select s.person_id, sum(s.credits) as credits, sum(s.hours) as hours, sum(s.credits_year) as credits_year, sum(s.hours_year) as hours_year,
          sum(s.credits) filter (where s.kind = 'concentrated' and s.level in ('district', 'city', 'national')) as concentrated
        from sums s group by s.person_id
      )
      select q.person_id, coalesce(t.credits, 0) as credits_cycle, coalesce(t.concentrated, 0) as credits_concentrated,
        coalesce(t.credits_year, 0) as credits_year, coalesce(k.amounts, '{}') as credits_by_kind, coalesce(l.amounts, '{}') as credits_by_level,
        coalesce(t.hours, 0) as hours_cycle, coalesce(t.hours_year, 0) as hours_year, ${cycle.elapsed}::numeric as cycle_elapsed, ${years}::numeric as cycle_years
      from ${people} q left join totals t on t.person_id = q.person_id left join kinds k on k.person_id = q.person_id
        left join levels l on l.person_id = q.person_id`
  },
}
