/** The cases door: calls, applications and all that happens to them until the result. */
import { type Permission, ROLES, type Role } from '../access/index.ts'

export { casesApi } from './api.ts'
export { applicationsDaily } from './applications/end.ts'
export { callsBeside, loadTemplates } from './calls/templates.ts'
export { casesHoldings } from './holdings.ts'
export { noticesDaily } from './notices/over.ts'
export { casesKept } from './notices/seal.ts'
export { escalateDaily } from './office/escalate.ts'
export { panelCalendar } from './panel/calendar.ts'
export { designationAchievements } from './results/achievements.ts'
export { casesFacts } from './results/facts.ts'
export { remindersDaily } from './review/remind.ts'

const offices = ['clerk', 'principal', 'trainer', 'commission'] as const
const organisers = ['trainer', 'commission'] as const

export const casesPermissions: Permission[] = [
  { id: 'cases.call.read', roles: Object.keys(ROLES) as Role[], zh: '查看申报评选', en: 'See calls' },
  { id: 'cases.call.write', roles: organisers, zh: '设计与发布申报评选', en: 'Write and publish calls' },
  { id: 'cases.apply', roles: ['teacher'], zh: '本人申报', en: 'Apply for oneself' },
  { id: 'cases.apply_org', roles: ['clerk', 'principal'], zh: '以单位名义申报', en: 'Apply for an organisation' },
  {
    id: 'cases.case.read',
    roles: ['teacher', ...offices, 'auditor'],
    zh: '查看申报进展',
    en: 'See cases',
  },
  { id: 'cases.handle', roles: offices, zh: '审核、推荐与退回', en: 'Check, recommend and send back' },
  {
    id: 'cases.notice.publish',
    roles: offices,
    zh: '发布公示',
    en: 'Publish notices',
  },
  { id: 'cases.objection.answer', roles: offices, zh: '处理公示异议与申诉', en: 'Answer objections and appeals' },
  { id: 'cases.review.organise', roles: organisers, zh: '组织专家评审', en: 'Organise reviews' },
  { id: 'cases.review.do', roles: ['expert'], zh: '评审', en: 'Review' },
  { id: 'cases.panel.convene', roles: organisers, zh: '组织评委会', en: 'Convene panels' },
  { id: 'cases.panel.sit', roles: ['expert'], zh: '出席评委会与投票', en: 'Sit and vote on panels' },
  { id: 'cases.decide', roles: organisers, zh: '审定与归档', en: 'Decide and file' },
  {
    id: 'cases.designation.read',
    roles: ['teacher', ...offices, 'auditor'],
    zh: '查看称号与任期',
    en: 'See designations',
  },
  {
    id: 'cases.designation.manage',
    roles: organisers,
    zh: '年度考核与撤销称号',
    en: 'Assess and remove designations',
  },
]
