/** What was true once and nobody looked at since. */
import type { QualityRule } from '../rule.ts'

export const stale: QualityRule[] = [
  {
    id: 'employment.past_retirement',
    kind: 'stale',
    severity: 'warning',
    title: { zh: '已超过最晚退休年龄仍在职', en: 'Employed beyond the latest retirement' },
    why: {
      zh: '《关于实施渐进式延迟法定退休年龄的决定》：法定退休年龄最高六十三周岁，弹性延迟最长三年。多为退休未登记。',
      en: 'Decision on raising the age of retirement: sixty-three at most, three years later by agreement. Mostly an end that was not entered.',
    },
    cell: { group: 'employment', field: 'employedFrom' },
    over: 'person',
    when: `x.birth_date < x.today - interval '66 years'`,
    value: 'x.birth_date::text',
  },
  {
    id: 'employment.end_unexplained',
    kind: 'stale',
    severity: 'hint',
    title: { zh: '任职结束没有原因', en: 'An employment that ended without a reason' },
    why: {
      zh: '教职工变动统计（JY/T 1001 JSBD）按原因分类。',
      en: 'The statistics of turnover (JY/T 1001 JSBD) go by reason.',
    },
    cell: { group: 'employment', field: 'endReason' },
    over: 'employment',
    when: `upper(x.during) <= x.today and coalesce(trim(x.end_reason), '') = '' and x.kind = 'main'
      and not exists (select from directory.employment n where n.person_id = x.person_id and n.org_id = x.at and lower(n.during) = upper(x.during))`,
    value: 'upper(x.during)::text',
  },
  {
    id: 'teaching.unconfirmed',
    kind: 'stale',
    severity: 'hint',
    title: { zh: '本学年任教尚未确认', en: 'Teaching of this school year not confirmed' },
    why: {
      zh: '学年初由学校办理“学年结转”，确认或调整每位教师的任教。',
      en: 'At the beginning of a school year the school confirms or changes what everybody teaches.',
    },
    cell: { group: 'teaching', field: 'teaching' },
    over: 'person',
    when: `x.category = '11' and x.teachings > 0 and exists (select from records.year_roll r where r.org_id = x.works_at)
      and not exists (select from records.year_roll r where r.org_id = x.works_at
        and r.year = extract(year from x.today - interval '9 months')::int)`,
  },
  {
    id: 'retirement.passed',
    kind: 'stale',
    severity: 'severe',
    title: { zh: '批准退休的日期已到仍在职', en: 'Employed after the approved day of retirement' },
    why: {
      zh: '退休批准后应当办理离任，账号和职务随之结束。',
      en: 'Whoever retires leaves; account and posts end with it.',
    },
    cell: { group: 'employment', field: 'employedFrom' },
    over: 'retirement',
    when: 'x.approved_on <= x.today',
    value: 'x.approved_on::text',
  },
  {
    id: 'registration.overdue',
    kind: 'stale',
    severity: 'warning',
    title: { zh: '教师资格定期注册满五年未续', en: 'Registration older than five years' },
    why: {
      zh: '《中小学教师资格定期注册暂行办法》（教师〔2013〕9号）：注册有效期五年。',
      en: 'Rules on registration (教师〔2013〕9号): it holds for five years.',
    },
    cell: { group: 'registration', field: 'decidedOn' },
    over: 'registration',
    when: `x.decided_on = x.last_decided and x.decided_on < x.today - interval '5 years'`,
    value: 'x.decided_on::text',
  },
  {
    id: 'safety_check.overdue',
    kind: 'stale',
    severity: 'warning',
    title: { zh: '健康或安全查验到期未办', en: 'A check of health or safety is overdue' },
    why: {
      zh: '登记的下次查验日期已过，没有新的查验记录。',
      en: 'The day of the next check is over, and none was entered.',
    },
    cell: { group: 'safety_check', field: 'dueOn' },
    over: 'safety_check',
    when: 'x.done_on = x.last_done and x.due_on < x.today',
    value: 'x.due_on::text',
  },
]
