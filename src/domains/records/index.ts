/** Teacher records: who works where since when, what they teach, titles, posts, honours. */
import type { Permission } from '../../platform/access/index.ts'
import type { Kept } from '../../platform/cipher/index.ts'
import { archiveKept } from './archive/kept.ts'

export { recordsApi } from './api.ts'
export { fieldsOf, type Group, isGuarded } from './archive/group.ts'
export { groups } from './archive/groups.ts'
export { rowsOf } from './archive/row.ts'
export { recordsClaims } from './claims.ts'
export { loadCodes } from './codes.ts'
export { codeTables, recordsFacts } from './facts/index.ts'
export { recordsAchievements } from './growth/achievements.ts'
export { recordsHoldings } from './holdings.ts'
export { checksDaily, qualityDaily, recordsDaily, recordsJobs } from './jobs.ts'
export { recordsRoster } from './roster.ts'

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
  {
    id: 'records.change.propose',
    roles: ['teacher'],
    zh: '申请变更本人档案',
    en: 'Propose changes to one’s own record',
  },
  {
    id: 'records.change.behalf',
    roles: ['clerk'],
    zh: '代教师申请档案变更',
    en: 'Propose changes for teachers',
  },
  {
    id: 'records.change.decide',
    roles: ['clerk', 'principal', 'trainer', 'commission'],
    zh: '审核档案变更申请',
    en: 'Confirm proposed changes',
  },
  {
    id: 'records.contact.reveal',
    roles: ['clerk', 'principal', 'commission'],
    zh: '查看完整联系方式',
    en: 'See contact data in full',
  },
  { id: 'records.sanction.read', roles: ['principal', 'commission'], zh: '查看处分信息', en: 'See sanctions' },
  { id: 'records.sanction.write', roles: ['commission'], zh: '登记处分信息', en: 'Keep sanctions' },
  {
    id: 'records.complete.write',
    roles: ['trainer', 'commission'],
    zh: '声明档案信息已完整',
    en: 'Declare groups of the record complete',
  },
  {
    id: 'records.merge',
    roles: ['clerk', 'trainer', 'administrator'],
    zh: '合并重复档案',
    en: 'Merge double entries',
  },
  { id: 'records.school.merge', roles: ['commission', 'administrator'], zh: '办理学校撤并', en: 'Merge schools' },
]

/** Sealed texts of rows on their way in, and of the record. */
export const recordsKept: Kept[] = [
  { table: 'records.import_row', cipher: 'id_cipher', hash: 'id_hash', purpose: 'identity' },
  ...archiveKept,
]
