/** What training brings to an office's browser: the plan, delegation, credits and findings, and cards on the home page. */
import type { Clients } from '../../../../ui/client.tsx'
import type { HomeCard, NavEntry, PageRoute } from '../../../../ui/module.ts'
import type { trainingContract } from '../../contract.ts'

const school = ['clerk', 'principal'] as const
const overseers = ['commission', 'auditor'] as const
const everybody = [...school, 'trainer', ...overseers] as const
const training = (clients: Clients) => clients<typeof trainingContract>('training')

export const officeNav: readonly NavEntry[] = [
  {
    key: 'training-overview',
    path: '/overview',
    label: { 'zh-CN': '培训总览', en: 'Overview' },
    icon: 'chart',
    group: 'training',
    permission: 'training.scorecard.read',
    roles: [...overseers, 'trainer'],
    order: 5,
  },
  {
    key: 'plan',
    path: '/plan',
    label: { 'zh-CN': '年度培训计划', en: 'Yearly plan' },
    icon: 'calendar',
    group: 'training',
    uses: ['training.completion.attendance_share', 'training.credit.hours_per_credit'],
    permission: 'training.plan.read',
    roles: everybody,
    order: 10,
  },
  {
    key: 'delegation',
    path: '/delegation',
    label: { 'zh-CN': '参训推荐', en: 'Sending people' },
    icon: 'people',
    group: 'training',
    uses: ['training.delegation.deadline_days', 'training.delegation.fair_share_warning'],
    permission: 'training.delegate.read',
    roles: school,
    order: 20,
  },
  {
    key: 'leave',
    path: '/leave',
    label: { 'zh-CN': '请假审批', en: 'Leave' },
    icon: 'clock',
    group: 'training',
    permission: 'training.leave.decide',
    order: 30,
    count: async (clients) => (await training(clients).leaveRequests({ open: true })).length,
  },
  {
    key: 'credits',
    path: '/credits',
    label: { 'zh-CN': '学分', en: 'Credits' },
    icon: 'credit',
    group: 'training',
    uses: [
      'training.credit.cycle',
      'training.credit.pace',
      'training.credit.cycle_total',
      'training.credit.concentrated_floor',
      'training.credit.self_study_cap',
      'training.credit.year_start',
    ],
    permission: 'training.credit.read',
    roles: everybody,
    order: 40,
  },
  {
    key: 'objections',
    path: '/objections',
    label: { 'zh-CN': '学分异议', en: 'Objections' },
    icon: 'hand',
    group: 'training',
    uses: ['training.objection.answer_days'],
    permission: 'training.objection.answer',
    order: 50,
    count: async (clients) => (await training(clients).objections({ open: true })).length,
  },
  {
    key: 'audit',
    path: '/audit',
    label: { 'zh-CN': '学分年度审核', en: 'Yearly audit' },
    icon: 'seal',
    group: 'oversight',
    uses: ['training.credit.audit_sample_share', 'training.credit.cycle', 'training.credit.pace'],
    permission: 'training.credit.read',
    roles: everybody,
    order: 10,
  },
  {
    key: 'scorecards',
    path: '/scorecards',
    label: { 'zh-CN': '学校督导指标', en: 'Scorecards' },
    icon: 'flag',
    group: 'oversight',
    uses: ['training.scorecard.indicators', 'training.completion.attendance_share'],
    permission: 'training.scorecard.read',
    roles: everybody,
    order: 20,
  },
  {
    key: 'circulars',
    path: '/circulars',
    label: { 'zh-CN': '通报', en: 'Circulars' },
    icon: 'document',
    group: 'oversight',
    uses: ['training.scorecard.indicators', 'training.circular.acknowledge_days'],
    permission: 'training.circular.read',
    roles: everybody,
    order: 30,
  },
]

const PLAN = 'training.plan.read'
const SCORE = 'training.scorecard.read'

export const officeRoutes: readonly PageRoute[] = [
  { path: '/overview', permission: SCORE, load: () => import('./overview/Overview.tsx') },
  { path: '/plan', permission: PLAN, load: () => import('./plan/Plan.tsx') },
  { path: '/plan/new', permission: 'training.class.write', load: () => import('./class/ClassNew.tsx') },
  { path: '/classes/$classId', permission: PLAN, load: () => import('./class/ClassPage.tsx') },
  { path: '/classes/$classId/edit', permission: 'training.class.write', load: () => import('./class/ClassEdit.tsx') },
  { path: '/host/$sessionId', permission: 'training.host', load: () => import('./host/Host.tsx') },
  { path: '/delegation', permission: 'training.delegate.read', load: () => import('./delegation/Delegation.tsx') },
  {
    path: '/delegation/$classId',
    permission: 'training.delegate.read',
    load: () => import('./delegation/DelegationClass.tsx'),
  },
  { path: '/leave', permission: 'training.leave.decide', load: () => import('./attendance/Leave.tsx') },
  { path: '/objections', permission: 'training.objection.answer', load: () => import('./credits/Objections.tsx') },
  { path: '/credits', permission: 'training.credit.read', load: () => import('./credits/Credits.tsx') },
  { path: '/audit', permission: 'training.credit.read', load: () => import('./audit/Audit.tsx') },
  { path: '/audit/$orgId', permission: 'training.audit.check', load: () => import('./audit/AuditSchool.tsx') },
  { path: '/scorecards', permission: SCORE, load: () => import('./findings/Scorecards.tsx') },
  { path: '/scorecards/$orgId', permission: SCORE, load: () => import('./findings/ScorecardSchool.tsx') },
  { path: '/circulars', permission: 'training.circular.read', load: () => import('./findings/Circulars.tsx') },
]

export const officeHome: readonly HomeCard[] = [
  {
    key: 'host-today',
    roles: ['trainer'],
    slot: 'next',
    order: 20,
    height: 150,
    load: () => import('./home/TodayCard.tsx'),
  },
  {
    key: 'trainer-asked',
    roles: ['trainer'],
    slot: 'asked',
    order: 20,
    height: 220,
    load: () => import('./home/TrainerCard.tsx'),
  },
  {
    key: 'school-asked',
    roles: school,
    slot: 'asked',
    order: 20,
    height: 220,
    load: () => import('./home/SchoolCard.tsx'),
  },
  {
    key: 'overview',
    roles: [...overseers, 'trainer'],
    slot: 'overview',
    order: 20,
    height: 260,
    load: () => import('./home/OverviewCard.tsx'),
  },
]
