/** The figures of a school's scorecard, as the plan names them: what is counted, over what, and the clause it comes from. */

export type IndicatorId = 'delegation' | 'participation' | 'pass' | 'credit'

export const SAFEGUARD = {
  document: '重庆市黔江区教育委员会2023年教师教育工作计划',
  number: '黔江教发〔2023〕18号',
  article: '四(三)',
}

export const INDICATORS: {
  id: IndicatorId
  zh: string
  en: string
  definitionZh: string
  definitionEn: string
  clause: typeof SAFEGUARD
}[] = [
  {
    id: 'delegation',
    zh: '送培率',
    en: 'Delegation rate',
    clause: SAFEGUARD,
    definitionZh: '学校派出并占用名额的人数 ÷ 分配给学校的名额（送培班次，按确认时的名额计）',
    definitionEn:
      'People sent and holding a place ÷ places given to the school (delegated classes, places as at confirmation)',
  },
  {
    id: 'participation',
    zh: '参训率',
    en: 'Participation rate',
    clause: SAFEGUARD,
    definitionZh: '实际签到人次 ÷ 应到人次（已结束的场次，经批准的请假不计入应到）',
    definitionEn: 'Attendances ÷ attendances expected (sessions that have ended; granted leave is not expected)',
  },
  {
    id: 'pass',
    zh: '合格率',
    en: 'Pass rate',
    clause: SAFEGUARD,
    definitionZh: '结业合格人次 ÷ 已作结业认定的人次',
    definitionEn: 'Completions passed ÷ completions decided',
  },
  {
    id: 'credit',
    zh: '学分达标率',
    en: 'Credit rate',
    clause: SAFEGUARD,
    definitionZh: '本周期累计学分达到年度进度的教师 ÷ 全校教师',
    definitionEn: 'Teachers whose credits in the cycle have reached the pace of the year ÷ all teachers of the school',
  },
]
