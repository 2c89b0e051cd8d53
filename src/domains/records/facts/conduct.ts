/** Facts of appraisals, leave, checks and the load of teaching. */
import { sql } from 'kysely'
import { among, type FactSource, type SourceAsk } from '../../../platform/policy/index.ts'
import { AT_DISTRICT, OFFICE, SCHOOL } from './ask.ts'
import { completeFor, latest, perPerson, shownIn } from './kept.ts'

const school = { ask: SCHOOL } as const
const office = { ask: OFFICE, owner: AT_DISTRICT } as const
const decided = ({ asOf }: SourceAsk) => sql`t.decided_on <= ${asOf}::date`

const APPRAISALS = shownIn('appraisal', 'records.appraisal', '次考核', ['appraisal', 'appraisals'], decided)
const LEAVES = shownIn(
  'leave',
  'records.leave',
  '段中止教学',
  ['time away from teaching', 'times away from teaching'],
  ({ asOf }) => sql`lower(t.during) <= ${asOf}::date`,
)
const CHECKS = shownIn(
  'check',
  'records.safety_check',
  '次查验',
  ['check', 'checks'],
  ({ asOf }) => sql`t.done_on <= ${asOf}::date`,
)
const LESSONS = shownIn(
  'assignment',
  'records.assignment',
  '条学期任课',
  ['assignment', 'assignments'],
  (asked) => sql`${begun('t')} <= ${asked.asOf}::date`,
)

/** The day on which a term begins: 1 September, 1 March. */
const begun = (row: string) =>
  sql`make_date(${sql.ref(`${row}.year`)} + (${sql.ref(`${row}.term`)} = '2')::int, case ${sql.ref(`${row}.term`)} when '2' then 3 else 9 end, 1)`

/** The day on which the cycle of registration that runs on the day began at the earliest. */
const cycle = ({ asOf, parameters }: SourceAsk) =>
  sql`(${asOf}::date - make_interval(years => ${Number(parameters.value('qualification.registration.years', asOf).value)}::int))::date`

const appraisals: FactSource = {
  facts: {
    'appraisal.fails': {
      ...school,
      type: 'number',
      unit: 'count',
      title: { zh: '本周期年度考核不合格次数', en: 'Failed yearly appraisals in the cycle' },
      source: APPRAISALS,
    },
    'appraisal.fails_running': {
      ...school,
      type: 'number',
      unit: 'count',
      title: { zh: '连续年度考核不合格次数', en: 'Yearly appraisals failed without a break' },
      source: APPRAISALS,
    },
  },
  rows: (asked) => sql`select f.person_id,
      count(*) filter (where f.outcome = 'fail' and f.decided_on > ${cycle(asked)})::numeric as appraisal_fails,
      count(*) filter (where f.outcome = 'fail' and f.year > f.last_passed)::numeric as appraisal_fails_running
    from (${sql`select f.*, coalesce(max(f.year) filter (where f.outcome <> 'fail') over (partition by f.person_id), 0) as last_passed
      from ${asked.table('records.appraisal')} f where ${among(asked, sql`f.person_id`)}
        and f.kind = 'yearly' and f.decided_on <= ${asked.asOf}::date`}) f group by f.person_id`,
}

const probation: FactSource = {
  facts: {
    'probation.passed': {
      ...school,
      type: 'bool',
      title: { zh: '试用期考核合格', en: 'Passed probation' },
      source: APPRAISALS,
    },
    'probation.passed_on': {
      ...school,
      type: 'date',
      title: { zh: '试用期满考核合格日期', en: 'Passed probation on' },
      source: APPRAISALS,
    },
  },
  rows: (asked) =>
    perPerson(
      asked,
      'records.appraisal',
      sql`, bool_or(f.outcome in ('excellent', 'pass')) as probation_passed,
        min(f.decided_on) filter (where f.outcome in ('excellent', 'pass')) as probation_passed_on`,
      sql`f.kind = 'probation' and f.decided_on <= ${asked.asOf}::date`,
    ),
}

/** Nobody away is known only where the records of leave are complete. */
const leaves: FactSource = {
  facts: {
    'leave.semesters': {
      ...school,
      type: 'number',
      title: { zh: '本周期中止教育教学工作学期数', en: 'Semesters away from teaching in the cycle' },
      source: LEAVES,
    },
    'leave.reason': {
      ...school,
      type: 'text',
      unit: 'code:AWAY',
      title: { zh: '中止教育教学工作原因', en: 'Reason for being away' },
      source: LEAVES,
    },
  },
  rows: (asked) => sql`select p.id as person_id, x.reason as leave_reason,
      case when x.semesters is not null then x.semesters when ${completeFor(asked, 'leave')} then 0 end::numeric as leave_semesters
    from ${asked.people} q join directory.person p on p.id = q.person_id
    left join (${perPerson(
      asked,
      'records.leave',
      sql`, sum(f.semesters) as semesters, (array_agg(f.reason order by f.semesters desc, f.id))[1] as reason`,
      sql`f.during && daterange(${cycle(asked)}, ${asked.asOf}::date, '[]')`,
    )}) x on x.person_id = p.id`,
}

const check = (kind: string, asked: SourceAsk) =>
  latest(asked, 'records.safety_check', 'done_on', sql`f.kind = ${kind}`)

const health: FactSource = {
  facts: {
    'health.fit': {
      ...school,
      type: 'bool',
      title: { zh: '身心健康，胜任教育教学工作', en: 'Healthy and able to teach' },
      source: CHECKS,
    },
  },
  rows: (asked) => sql`select l.person_id, l.outcome = 'clear' as health_fit from (${check('medical', asked)}) l`,
}

const access: FactSource = {
  facts: {
    'access.clear': {
      ...office,
      type: 'bool',
      title: { zh: '准入查询无限制情形', en: 'Access query found nothing' },
      source: CHECKS,
    },
    'access.checked_on': {
      ...office,
      type: 'date',
      title: { zh: '最近一次准入查询日期', en: 'Access last queried on' },
      source: CHECKS,
    },
  },
  rows: (asked) => sql`select l.person_id, l.outcome = 'clear' as access_clear, l.done_on as access_checked_on
    from (${check('access', asked)}) l`,
}

/** Of the latest term that has begun. */
const lessons: FactSource = {
  facts: {
    'lessons.week': { ...school, type: 'number', title: { zh: '周课时数', en: 'Lessons a week' }, source: LESSONS },
    'lessons.heard': {
      ...school,
      type: 'number',
      title: { zh: '学期听课节数', en: 'Lessons heard in the term' },
      source: LESSONS,
    },
  },
  rows: (
    asked,
  ) => sql`select f.person_id, sum(f.lessons)::numeric as lessons_week, max(f.heard)::numeric as lessons_heard
    from (select f.*, rank() over (partition by f.person_id order by f.year desc, f.term desc) as nth
      from ${asked.table('records.assignment')} f where ${among(asked, sql`f.person_id`)}
        and ${begun('f')} <= ${asked.asOf}::date) f
    where f.nth = 1 group by f.person_id`,
}

export const conductFacts: readonly FactSource[] = [appraisals, probation, leaves, health, access, lessons]
