/** Lists as workbooks: credits of people, people of a class, in the order and under the filter of the screen. */
import type { Act } from '../../../platform/db/index.ts'
import type { FactBook } from '../../../platform/policy/index.ts'
import type { Listed } from '../../../platform/privacy/index.ts'
import { type ExportColumn, exportFile, type Locale } from '../../../platform/sheets/index.ts'
import { classOf } from '../queries/classes.ts'
import { type CreditAsk, creditsOfMany } from '../queries/credits.ts'
import { type EnrolmentAsk, enrolmentsOf } from '../queries/enrolments.ts'

type Words = ExportColumn['header']

const text = (key: string, zh: string, en: string): ExportColumn => ({ key, kind: 'text', header: { zh, en } })
const count = (key: string, zh: string, en: string): ExportColumn => ({ key, kind: 'integer', header: { zh, en } })
const amount = (key: string, zh: string, en: string): ExportColumn => ({
  key,
  kind: 'decimal',
  scale: 2,
  header: { zh, en },
})
const WHO = [
  text('number', '教职工号', 'Teacher number'),
  text('name', '姓名', 'Name'),
  text('orgName', '学校', 'School'),
]

const STATES = [
  { code: 'proposed', zh: '待答复', en: 'To be answered' },
  { code: 'accepted', zh: '已同意', en: 'Accepted' },
  { code: 'waiting', zh: '候补中', en: 'Waiting' },
  { code: 'confirmed', zh: '已确认', en: 'Confirmed' },
  { code: 'declined', zh: '不参加', en: 'Declined' },
  { code: 'withdrawn', zh: '已退出', en: 'Withdrawn' },
  { code: 'passed', zh: '已结业', en: 'Passed' },
  { code: 'failed', zh: '未结业', en: 'Not completed' },
  { code: 'not_admitted', zh: '未录取', en: 'Not admitted' },
]

/** Credits of everybody in scope, as far as the filter goes. */
export async function exportCredits<T>(act: Act<T>, book: FactBook, ask: CreditAsk, locale: Locale): Promise<Listed> {
  const { rows } = await creditsOfMany(act, book, { ...ask, limit: null })
  const title = { zh: `${ask.year}年度学分`, en: `Credits ${ask.year}` }
  return workbook(
    act,
    locale,
    title,
    [
      ...WHO,
      amount('year', `${ask.year}年度学分`, `Credits in ${ask.year}`),
      amount('cycle', '本周期累计', 'In the cycle'),
      amount('fromDistrict', '其中区级以上集中培训', 'Concentrated, district level or above'),
      amount('missing', '周期尚缺', 'Still missing'),
      { key: 'onPace', kind: 'yesNo', header: { zh: '达到进度', en: 'On pace' } },
    ],
    rows,
  )
}

/** The people of a class in scope, as far as the filter goes. */
export async function exportEnrolments<T>(act: Act<T>, ask: EnrolmentAsk, locale: Locale): Promise<Listed> {
  const one = await classOf(act, ask.classId)
  const { rows } = await enrolmentsOf(act, { ...ask, limit: null })
  const title = { zh: `${one.name}参训人员`, en: `People of ${one.nameEn || one.name}` }
  return workbook(
    act,
    locale,
    title,
    [
      ...WHO,
      { key: 'state', kind: 'code', table: STATES, header: { zh: '状态', en: 'State' } },
      ...(one.terms > 1 ? [count('term', '期次', 'Term')] : []),
      count('present', '到场（场）', 'Attended'),
      count('onLeave', '请假（场）', 'On leave'),
      count('required', '应到（场）', 'Counted'),
      amount('credits', '学分', 'Credits'),
      amount('fairShare', '派训均衡', 'Fair share'),
      text('reason', '理由', 'Reason'),
    ],
    rows,
  )
}

const workbook = async <T>(
  act: Act<T>,
  locale: Locale,
  title: Words,
  columns: ExportColumn[],
  rows: readonly { personId: string }[],
): Promise<Listed> => ({
  file: await exportFile({ title, columns, rows, locale, at: new Date(act.now), note: act.actor.name }),
  personIds: rows.map(({ personId }) => personId),
})
