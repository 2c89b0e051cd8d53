/**
 * Facts of professional ethics and sanctions: outcomes and dates only, never what a case is about. To whoever may not see sanctions they are
 * unknown; where nothing is recorded there is nothing only if the district says that its records are complete.
 */
import { type RawBuilder, sql } from 'kysely'
import type { FactSource, SourceAsk } from '../../../platform/policy/index.ts'
import { AT_DISTRICT, ETHICS } from './ask.ts'
import { completeFor, latest, perPerson, shownIn, TRUSTED } from './kept.ts'

const ask = { ask: ETHICS, owner: AT_DISTRICT } as const
const byTheDay = ({ asOf }: SourceAsk) => sql`t.decided_on <= ${asOf}::date`

const APPRAISED = shownIn(
  'appraisal',
  'records.appraisal',
  '次师德考核',
  ['appraisal of ethics', 'appraisals of ethics'],
  (asked) => sql`t.kind = 'ethics' and ${byTheDay(asked)}`,
)
const SANCTIONS = shownIn('sanction', 'records.sanction', '项处分', ['sanction', 'sanctions'], byTheDay)
const HANDLED = shownIn('ethics_handling', 'records.ethics_handling', '项师德处理', ['handling', 'handlings'], byTheDay)
const BARS = shownIn('bar', 'records.bar', '项从业限制', ['bar', 'bars'], byTheDay)

const appraised: FactSource = {
  facts: {
    'ethics.standard_met': {
      ...ask,
      type: 'bool',
      title: { zh: '师德考核合格', en: 'Meets the ethics standard' },
      source: APPRAISED,
    },
  },
  rows: (
    asked,
  ) => sql`select l.person_id, case when l.outcome in ('excellent', 'pass') then true when l.outcome = 'fail' then false end as ethics_standard_met
    from (${latest(asked, 'records.appraisal', 'decided_on', sql`f.kind = 'ethics'`)}) l`,
}

/** Of everybody whom the asker is trusted with: the columns of `x`, and `complete`. */
const guarded = (asked: SourceAsk, group: string, rows: RawBuilder<unknown>, columns: RawBuilder<unknown>) =>
  sql`select p.id as person_id, ${columns} from ${asked.people} q join directory.person p on p.id = q.person_id
    left join (${rows}) x on x.person_id = p.id cross join lateral (select ${completeFor(asked, group)} as complete) c where ${TRUSTED}`
/** True where there is one; false only where the records are complete. */
const known = (there: RawBuilder<unknown>) => sql`case when ${there} then true when c.complete then false end`

const sanctioned: FactSource = {
  facts: {
    'sanction.imposed': { ...ask, type: 'bool', title: { zh: '曾受处分', en: 'Was sanctioned' }, source: SANCTIONS },
    'sanction.track': {
      ...ask,
      type: 'text',
      unit: 'code:SANCTION_TRACK',
      title: { zh: '处分种类依据', en: 'Track of the sanction' },
      source: SANCTIONS,
    },
    'sanction.kind': {
      ...ask,
      type: 'text',
      unit: 'code:SANCTION',
      title: { zh: '处分种类', en: 'Kind of sanction' },
      source: SANCTIONS,
    },
    'sanction.decided_on': {
      ...ask,
      type: 'date',
      title: { zh: '处分决定日期', en: 'Sanctioned on' },
      source: SANCTIONS,
    },
    'sanction.extra_months': {
      ...ask,
      type: 'number',
      unit: 'month',
      title: { zh: '合并处理时另加的月数', en: 'Further months where several are combined' },
      source: SANCTIONS,
    },
    'sanction.new_breach': {
      ...ask,
      type: 'bool',
      title: { zh: '处分期内再次违纪', en: 'Another breach during the term' },
      source: SANCTIONS,
    },
  },
  rows: (asked) =>
    guarded(
      asked,
      'sanction',
      latest(asked, 'records.sanction', 'decided_on'),
      sql`${known(sql`x.id is not null`)} as sanction_imposed, x.track as sanction_track, x.kind as sanction_kind, x.decided_on as sanction_decided_on,
        case when x.id is not null then coalesce(x.extra_months, 0) end::numeric as sanction_extra_months,
        case when x.id is not null then coalesce(x.new_breach, false) end as sanction_new_breach`,
    ),
}

const handled: FactSource = {
  facts: {
    'ethics.serious_breach': {
      ...ask,
      type: 'bool',
      title: { zh: '严重违反师德、影响恶劣', en: 'Serious breach of ethics with vile effect' },
      source: HANDLED,
    },
    'ethics.handled': {
      ...ask,
      type: 'bool',
      title: { zh: '曾受师德处理', en: 'Was handled for a breach of ethics' },
      source: HANDLED,
    },
    'ethics.handled_on': {
      ...ask,
      type: 'date',
      title: { zh: '师德处理决定日期', en: 'Breach handled on' },
      source: HANDLED,
    },
  },
  rows: (asked) =>
    guarded(
      asked,
      'ethics_handling',
      perPerson(
        asked,
        'records.ethics_handling',
        sql`, max(f.decided_on) as decided_on, coalesce(bool_or(f.serious), false) as serious`,
        sql`f.decided_on <= ${asked.asOf}::date`,
      ),
      sql`${known(sql`x.decided_on is not null`)} as ethics_handled, x.decided_on as ethics_handled_on,
        case when x.decided_on is not null then x.serious when c.complete then false end as ethics_serious_breach`,
    ),
}

const bars: FactSource = {
  facts: {
    'ban.lifelong': {
      ...ask,
      type: 'bool',
      title: { zh: '被判决终身禁止从业', en: 'Banned from the work for life' },
      source: BARS,
    },
    'ban.imposed': {
      ...ask,
      type: 'bool',
      title: { zh: '被判决从业禁止', en: 'Banned from the work by a court' },
      source: BARS,
    },
    'ban.until': { ...ask, type: 'date', title: { zh: '从业禁止届满日期', en: 'Ban ends on' }, source: BARS },
    'conviction.rights_deprived': {
      ...ask,
      type: 'bool',
      title: { zh: '受到剥夺政治权利处罚', en: 'Deprived of political rights' },
      source: BARS,
    },
    'conviction.imprisoned': {
      ...ask,
      type: 'bool',
      title: { zh: '故意犯罪受到有期徒刑以上刑事处罚', en: 'Imprisoned for an intentional crime' },
      source: BARS,
    },
    'exam.cheated': {
      ...ask,
      type: 'bool',
      title: { zh: '资格考试曾作弊', en: 'Cheated in the certificate exam' },
      source: BARS,
    },
    'exam.cheated_on': {
      ...ask,
      type: 'date',
      title: { zh: '考试作弊认定日期', en: 'Cheating found on' },
      source: BARS,
    },
  },
  rows: (asked) =>
    guarded(
      asked,
      'bar',
      perPerson(
        asked,
        'records.bar',
        sql`, array_agg(distinct f.kind) as kinds, max(f.ends_on) filter (where f.kind = 'ban') as ban_until,
          max(f.decided_on) filter (where f.kind = 'exam_cheated') as cheated_on`,
        sql`f.decided_on <= ${asked.asOf}::date`,
      ),
      sql`${known(sql`'ban_lifelong' = any (x.kinds)`)} as ban_lifelong, ${known(sql`x.kinds && '{ban,ban_lifelong}'`)} as ban_imposed, x.ban_until,
        ${known(sql`'rights_deprived' = any (x.kinds)`)} as conviction_rights_deprived,
        ${known(sql`'imprisoned' = any (x.kinds)`)} as conviction_imprisoned,
        ${known(sql`'exam_cheated' = any (x.kinds)`)} as exam_cheated, x.cheated_on as exam_cheated_on`,
    ),
}

export const ethicsFacts: readonly FactSource[] = [appraised, sanctioned, handled, bars]
