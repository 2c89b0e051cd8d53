/** The burden on schools: what may reach them, what does, what did past the register; data that is held is asked of nobody. */
import type { Permission } from '../../platform/access/index.ts'

export { burdenApi } from './api.ts'
export { burdenHoldings } from './holdings.ts'
export { burdenDaily } from './lists/apps.ts'

export const burdenPermissions: Permission[] = [
  {
    id: 'burden.item.read',
    roles: ['trainer', 'commission', 'auditor'],
    zh: '查看进校园事项登记册',
    en: 'See the burden register',
  },
  {
    id: 'burden.item.write',
    roles: ['trainer', 'commission'],
    zh: '登记进校园事项',
    en: 'Register what goes into schools',
  },
  {
    id: 'burden.exception',
    roles: ['commission'],
    zh: '复核超限或清单外事项',
    en: 'Decide, as a second person, on what is against a cap or list',
  },
  { id: 'burden.answer', roles: ['trainer', 'commission'], zh: '导出系统已有数据', en: 'Fetch data that is held' },
  { id: 'burden.list.write', roles: ['commission'], zh: '维护进校园事项清单', en: 'Keep the lists' },
  { id: 'burden.review', roles: ['commission'], zh: '办理应用年度清理', en: 'Decide in the yearly clean-up of apps' },
  {
    id: 'burden.board',
    roles: ['trainer', 'commission', 'auditor', 'clerk', 'principal'],
    zh: '查看学校负担统计',
    en: 'See how much reaches schools',
  },
  { id: 'burden.report.answer', roles: ['commission'], zh: '处理学校反映', en: 'Look into what schools report' },
  {
    id: 'burden.school.read',
    roles: ['clerk', 'principal'],
    zh: '查看本校进校园事项',
    en: 'See what one’s school is asked',
  },
  {
    id: 'burden.school.write',
    roles: ['clerk', 'principal'],
    zh: '办理和反映本校进校园事项',
    en: 'Settle what one’s school is asked, and report what is not registered',
  },
  {
    id: 'burden.teacher.read',
    roles: ['teacher'],
    zh: '查看所在学校进校园事项',
    en: 'See what the school where one works is asked',
  },
]
