/** Teacher records: who works where since when, what they teach, titles, posts, honours. */
import type { Permission } from '../../platform/access/index.ts'

export { recordsApi } from './api.ts'
export { loadCodes } from './codes.ts'
export { codeTables, recordsFacts } from './facts/index.ts'
export { recordsDaily, recordsJobs } from './jobs.ts'

const offices = ['clerk', 'principal', 'trainer', 'commission', 'auditor', 'administrator'] as const

export const recordsPermissions: Permission[] = [
  { id: 'records.person.read', roles: offices, zh: '查看教师档案', en: 'See teacher records' },
  { id: 'records.person.own', roles: ['teacher'], zh: '查看本人档案', en: 'See one’s own record' },
  {
    id: 'records.person.write',
    roles: ['clerk', 'trainer', 'administrator'],
    zh: '维护教师档案',
    en: 'Keep teacher records',
  },
  {
    id: 'records.identity.reveal',
    roles: ['clerk', 'principal', 'administrator'],
    zh: '查看完整身份证件号码',
    en: 'See identity numbers in full',
  },
  {
    id: 'records.transfer',
    roles: ['trainer', 'commission', 'administrator'],
    zh: '办理调动与离职',
    en: 'Move people between schools',
  },
  { id: 'records.honour.write', roles: ['trainer', 'commission', 'administrator'], zh: '登记荣誉', en: 'Keep honours' },
  { id: 'records.export', roles: offices, zh: '导出教师名册', en: 'Export rosters' },
  { id: 'records.import', roles: ['clerk', 'trainer', 'administrator'], zh: '导入教师名册', en: 'Import rosters' },
]
