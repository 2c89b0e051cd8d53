/** Words for the columns that many tables have, and which columns are nobody's data: hashes, paths, what only searches need. */
import type { Bilingual } from '../contract.ts'

const TECHNICAL = /(^|_)(hash|cipher|path|grams|pinyin|initials)$/

/** Sealed columns are told in clear where the house knows how; those it cannot open are in no copy. */
export const isTechnical = (column: string): boolean => TECHNICAL.test(column)

const WORDS: Readonly<Record<string, Bilingual>> = {
  name: { zh: '姓名或名称', en: 'Name' },
  org: { zh: '单位', en: 'Organisation' },
  from: { zh: '起始日期', en: 'From' },
  until: { zh: '截止日期', en: 'Up to and with' },
  kind: { zh: '类型', en: 'Kind' },
  code: { zh: '代码', en: 'Code' },
  title: { zh: '名称', en: 'Title' },
  state: { zh: '状态', en: 'State' },
  level: { zh: '级别', en: 'Level' },
  year: { zh: '年度', en: 'Year' },
  term: { zh: '学期', en: 'Term' },
  at: { zh: '时间', en: 'When' },
  created_at: { zh: '建立时间', en: 'Made' },
  made_at: { zh: '建立时间', en: 'Made' },
  ended_at: { zh: '结束时间', en: 'Ended' },
  expires_at: { zh: '到期时间', en: 'Expires' },
  used_at: { zh: '最近使用', en: 'Last used' },
  given_at: { zh: '授权时间', en: 'Given' },
  withdrawn_at: { zh: '撤回时间', en: 'Taken back' },
  answered_at: { zh: '答复时间', en: 'Answered' },
  known_from: { zh: '登记时间', en: 'Recorded' },
  known_until: { zh: '改动时间', en: 'Superseded' },
  due_on: { zh: '期限', en: 'Due' },
  due: { zh: '期限', en: 'Due' },
  reason: { zh: '理由', en: 'Reason' },
  answer: { zh: '答复', en: 'Answer' },
  words: { zh: '内容', en: 'Words' },
  note: { zh: '备注', en: 'Note' },
  document: { zh: '文号', en: 'Document' },
  stage: { zh: '学段或环节', en: 'Stage' },
  subject: { zh: '学科', en: 'Subject' },
  hours: { zh: '学时', en: 'Hours' },
  credits: { zh: '学分', en: 'Credits' },
  occurred_on: { zh: '发生日期', en: 'On' },
  decided_on: { zh: '决定日期', en: 'Decided on' },
  outcome: { zh: '结果', en: 'Outcome' },
  action: { zh: '操作', en: 'Act' },
  actor: { zh: '操作人', en: 'By' },
  before: { zh: '之前', en: 'Before' },
  after: { zh: '之后', en: 'After' },
  ip: { zh: '网络地址', en: 'Network address' },
  agent: { zh: '浏览器', en: 'Browser' },
  scopes: { zh: '提供的信息项', en: 'What may be learnt' },
  role: { zh: '角色', en: 'Role' },
  recipient: { zh: '接收方', en: 'Recipient' },
  purpose: { zh: '目的', en: 'Purpose' },
}

export const wordFor = (column: string): Bilingual => WORDS[column] ?? { zh: column, en: column }
