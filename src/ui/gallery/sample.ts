/** Invented people and real clauses for the gallery. */
import type { ClauseData } from '../Clause.tsx'

export const planClause: ClauseData = {
  document: '黔江区2023年教师教育工作计划',
  number: '黔江教发〔2023〕18号',
  article: '三（四）2',
  quote: '完成本学年度全区教师培训学分审核工作，整理教师培训学分管理数据库。',
  validFrom: '2023-03-01',
  confidence: 'F',
}

export const creditClause: ClauseData = {
  document: '中小学教师继续教育学分管理办法',
  article: '第九条',
  quote: '五年为一周期，累计不少于120学分，其中区级以上不少于20学分。',
  confidence: 'P',
  note: '本年度按周期学分的五分之一折算。',
}

const surnames = [...'王李张刘陈杨黄赵周吴徐孙马朱胡郭何高林罗']
const given = ['子涵', '思远', '建华', '晓燕', '文静', '国强', '雨桐', '丽娟', '志明', '𠮷祥', '淑芬', '一诺']
const schools = ['黔江区实验小学', '黔江中学', '民族中学', '濯水镇中心小学校', '人民小学', '城东幼儿园', '新华中学']
const subjects = ['语文', '数学', '英语', '物理', '幼儿教育', '道德与法治', '体育与健康']
const states = ['open', 'waiting', 'confirmed', 'declined', 'sealed'] as const

export type SamplePerson = {
  id: string
  name: string
  number: string
  school: string
  subject: string
  credits: number
  hours: string
  state: (typeof states)[number]
  since: string
}

/** 240 rows, always the same. */
export const samplePeople: readonly SamplePerson[] = Array.from({ length: 240 }, (_, at) => ({
  id: String(at),
  name: `${surnames[(at * 7) % surnames.length]}${given[(at * 5) % given.length]}`,
  number: `QJ${String(20_130_000 + at * 37).padStart(8, '0')}`,
  school: schools[(at * 3) % schools.length] ?? '',
  subject: subjects[(at * 11) % subjects.length] ?? '',
  credits: (at * 13) % 37,
  hours: `${((at * 17) % 90) + 10}.${at % 2 ? '50' : '00'}`,
  state: states[(at * 7) % states.length] ?? 'open',
  since: `20${String(10 + (at % 13)).padStart(2, '0')}-0${(at % 8) + 1}-01`,
}))

export const sampleStates = {
  open: { tone: 'act', label: { 'zh-CN': '待推荐', en: 'To propose' } },
  waiting: { tone: 'wait', label: { 'zh-CN': '待区级确认', en: 'Awaiting district' } },
  confirmed: { tone: 'done', label: { 'zh-CN': '已确认', en: 'Confirmed' } },
  declined: { tone: 'off', label: { 'zh-CN': '本人谢绝', en: 'Declined' } },
  sealed: { tone: 'sealed', label: { 'zh-CN': '已归档', en: 'Sealed' } },
} as const
