/** What may be done with accounts, roles and their safety, and by which roles. */
import type { Permission } from './roles.ts'

export const accessPermissions: Permission[] = [
  {
    id: 'access.role.read',
    roles: ['administrator', 'security', 'auditor'],
    zh: '查看角色与权限',
    en: 'See roles and permissions',
  },
  { id: 'access.role.write', roles: ['administrator'], zh: '授予与终止角色', en: 'Give and end roles' },
  {
    id: 'access.account.read',
    roles: ['administrator', 'security', 'clerk', 'principal'],
    zh: '查看账号',
    en: 'See accounts',
  },
  { id: 'access.account.write', roles: ['administrator', 'clerk'], zh: '管理账号', en: 'Manage accounts' },
  { id: 'access.account.service', roles: ['administrator'], zh: '建立服务账号', en: 'Create accounts of services' },
  {
    id: 'access.trust.write',
    roles: ['security'],
    zh: '授予与终止安全、审计角色',
    en: 'Give and end the roles of security and audit',
  },
  {
    id: 'access.security.read',
    roles: ['security'],
    zh: '查看账号的登录与安全状况',
    en: 'See sessions, sign-ins and safety of accounts',
  },
  {
    id: 'access.security.write',
    roles: ['security'],
    zh: '终止会话与应急授权',
    en: 'End sessions and roles taken in an emergency',
  },
  {
    id: 'access.recovery.ask',
    roles: ['clerk', 'administrator', 'security'],
    zh: '提请恢复登录',
    en: 'Ask for the recovery of an account',
  },
  {
    id: 'access.recovery.read',
    roles: ['clerk', 'principal', 'administrator', 'security', 'auditor'],
    zh: '查看恢复登录的申请',
    en: 'See recoveries that were asked for',
  },
  {
    id: 'access.recovery.decide',
    roles: ['principal', 'security', 'auditor'],
    zh: '审批恢复登录的申请',
    en: 'Approve the recovery of an account',
  },
  {
    id: 'access.emergency.take',
    roles: ['administrator', 'commission'],
    zh: '应急取得角色',
    en: 'Take a role in an emergency',
  },
  {
    id: 'access.emergency.read',
    roles: ['security', 'auditor'],
    zh: '查看应急授权',
    en: 'See roles taken in an emergency',
  },
]
