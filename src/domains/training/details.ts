/** Training by year, and what rules elsewhere ask of it that the ledger does not tell apart: category, topic, activity. */
import { sql } from 'kysely'
import { type FactSource, unrecorded } from '../../platform/policy/index.ts'
import { CYCLE_ENTRIES, cycleAt } from './facts.ts'

const ask = { zh: '区县教师培训机构', en: 'the district training body' }
const owner = { role: 'trainer', at: 'district' } as const

/** Every year of the cycle up to the one asked about is there, with nothing earned as zero. */
const years: FactSource = {
  facts: {
    'credits.by_year': {
      type: 'amounts',
      unit: 'credit',
      ask,
      owner,
      title: { zh: '本周期各年度学分', en: 'Credits in the cycle by year' },
      source: CYCLE_ENTRIES,
    },
    'hours.by_year': {
      type: 'amounts',
      unit: 'hour',
      ask,
      owner,
      title: { zh: '本周期各年度学时', en: 'Hours in the cycle by year' },
      source: CYCLE_ENTRIES,
    },
  },
  rows: (asked) => {
    const { people, table } = asked
    const cycle = cycleAt(asked)
    return sql`select y.person_id, jsonb_object_agg(y.year, y.credits::text) as credits_by_year, jsonb_object_agg(y.year, y.hours::text) as hours_by_year
      from (
        select q.person_id, g.year, coalesce(sum(e.credits), 0) as credits, coalesce(sum(e.hours), 0) as hours
        from ${people} q cross join generate_series(${cycle.from}::int, ${cycle.year}::int) as g(year)
        left join ${table('ledger.entry')} e on e.person_id = q.person_id and e.credit_year = g.year
        group by q.person_id, g.year
      ) y group by y.person_id`
  },
}

const credits = { ask, owner, type: 'amounts', unit: 'credit' } as const
const hours = { ask, owner, type: 'number', unit: 'hour' } as const

const untold = unrecorded({
  'credits.by_category': { ...credits, title: { zh: '本周期各类别学分', en: 'Credits in the cycle by category' } },
  'credits.by_topic': { ...credits, title: { zh: '本周期各专题学分', en: 'Credits in the cycle by topic' } },
  'credits.year_by_activity': {
    ...credits,
    title: { zh: '本年度各类活动所认定学分', en: 'Credits recognised in the year by activity' },
  },
  'hours.induction': { ...hours, title: { zh: '新任教师培训学时', en: 'Hours of induction' } },
  'hours.class_teacher': {
    ...hours,
    title: { zh: '五年内班主任培训学时', en: 'Hours of class-teacher training in five years' },
  },
  'hours.professional_year': {
    ...hours,
    title: { zh: '本年度专业科目学时', en: 'Hours of professional subjects in the year' },
  },
  'hours.by_organiser': {
    ask,
    owner,
    type: 'amounts',
    unit: 'hour',
    title: { zh: '本周期各级组织的培训学时', en: 'Hours in the cycle by who organised them' },
  },
})

export const trainingDetails: readonly FactSource[] = [years, untold]
