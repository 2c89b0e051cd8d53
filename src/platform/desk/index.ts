/** The desk door: the procedures of inbox, jobs, files and directory, which lie below access in the stack and cannot have any. */
import { type Permission, ROLES, type Role } from '../access/index.ts'

export { deskApi } from './api.ts'
export { directoryApi } from './directory/api.ts'
export { noticesDoors, sendMail } from './notices/doors.ts'

const everybody = Object.keys(ROLES) as Role[]

export const deskPermissions: Permission[] = [
  { id: 'directory.read', roles: everybody, zh: '查看机构', en: 'See organisations' },
  {
    id: 'directory.write',
    roles: ['administrator', 'commission'],
    zh: '管理机构与学区集团',
    en: 'Manage organisations and clusters',
  },
  { id: 'audit.trail.read', roles: ['auditor', 'administrator'], zh: '查看审计日志', en: 'See the audit trail' },
  { id: 'audit.verify', roles: ['auditor', 'administrator'], zh: '校验审计链', en: 'Verify the audit chain' },
  { id: 'desk.inbox.read', roles: everybody, zh: '查看待办与消息', en: 'See to-dos and messages' },
  { id: 'desk.file.read', roles: everybody, zh: '查看与下载文件', en: 'See and download files' },
  {
    id: 'desk.job.read',
    roles: ['administrator', 'auditor'],
    zh: '查看范围内的后台任务',
    en: 'See background tasks in scope',
  },
  {
    id: 'desk.job.manage',
    roles: ['administrator'],
    zh: '取消范围内的后台任务',
    en: 'Call off background tasks in scope',
  },
]
