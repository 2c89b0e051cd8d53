/** Training: from the yearly plan to credits and findings. Sources and words in the README. */
import type { Permission } from '../../platform/access/index.ts'

export { trainingApi } from './api.ts'
export { trainingDetails } from './details.ts'
export { trainingFacts } from './facts.ts'
export { trainingHoldings } from './holdings.ts'
export { trainingAchievements } from './service/achievements.ts'
export { trainingCalendars } from './service/calendar.ts'
export { trainingDaily } from './service/not-admitted.ts'

const office = ['trainer', 'commission'] as const
const school = ['clerk', 'principal'] as const

export const trainingPermissions: Permission[] = [
  {
    id: 'training.plan.read',
    roles: ['teacher', ...school, ...office, 'auditor', 'administrator'],
    zh: '查看培训计划',
    en: 'See training plans',
  },
  { id: 'training.plan.write', roles: ['trainer'], zh: '编制培训计划', en: 'Write training plans' },
  { id: 'training.plan.publish', roles: ['commission'], zh: '发布培训计划', en: 'Publish training plans' },
  { id: 'training.class.write', roles: ['trainer'], zh: '管理培训班', en: 'Run classes' },
  {
    id: 'training.delegate.read',
    roles: [...school, ...office],
    zh: '查看送培名额与人选',
    en: 'See places and candidates',
  },
  { id: 'training.delegate.write', roles: ['clerk'], zh: '推荐参训人员', en: 'Propose people' },
  {
    id: 'training.enrolment.read',
    roles: [...school, ...office, 'auditor'],
    zh: '查看参训人员',
    en: 'See people of classes',
  },
  { id: 'training.own', roles: ['teacher'], zh: '本人培训与学分', en: 'One’s own training and credits' },
  { id: 'training.session.write', roles: ['trainer'], zh: '安排培训场次', en: 'Schedule sessions' },
  { id: 'training.host', roles: ['trainer'], zh: '主持签到', en: 'Host check-in' },
  { id: 'training.leave.decide', roles: [...school, 'trainer'], zh: '审批请假', en: 'Decide on leave' },
  { id: 'training.objection.answer', roles: ['trainer'], zh: '答复学分异议', en: 'Answer objections' },
  { id: 'training.credit.read', roles: [...school, ...office, 'auditor'], zh: '查看学分', en: 'See credits' },
  { id: 'training.audit.confirm', roles: ['principal'], zh: '学校确认学分', en: 'Confirm the school’s credits' },
  { id: 'training.audit.check', roles: ['trainer'], zh: '抽查学分', en: 'Check credits' },
  { id: 'training.audit.lock', roles: ['commission'], zh: '锁定学分年度', en: 'Lock a credit year' },
  { id: 'training.scorecard.read', roles: [...school, ...office, 'auditor'], zh: '查看督导指标', en: 'See scorecards' },
  { id: 'training.circular.write', roles: ['commission'], zh: '印发通报', en: 'Issue circulars' },
  { id: 'training.circular.read', roles: [...school, ...office, 'auditor'], zh: '查看通报', en: 'See circulars' },
  { id: 'training.circular.acknowledge', roles: [...school], zh: '签收通报', en: 'Acknowledge circulars' },
]
