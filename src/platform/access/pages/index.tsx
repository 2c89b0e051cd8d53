/** Sign-in, one’s own account, and who may do what: the pages of access. */
import type { ModulePages } from '../../../ui/module.ts'

const SAFETY = [
  'access.security.read',
  'access.recovery.read',
  'access.emergency.read',
  'access.emergency.take',
] as const

export const pages: ModulePages = {
  name: 'access',
  messages: {
    'zh-CN': () => import('../messages/zh-CN.json', { with: { type: 'json' } }),
    en: () => import('../messages/en.json', { with: { type: 'json' } }),
  },
  nav: [
    {
      key: 'accounts',
      path: '/accounts',
      label: { 'zh-CN': '账号', en: 'Accounts' },
      icon: 'key',
      group: 'system',
      permission: 'access.account.read',
      order: 10,
    },
    {
      key: 'roles',
      path: '/roles',
      label: { 'zh-CN': '角色与权限', en: 'Roles and permissions' },
      icon: 'lock',
      group: 'system',
      permission: 'access.role.read',
      order: 20,
    },
    {
      key: 'safety',
      path: '/accounts/safety',
      label: { 'zh-CN': '账号安全', en: 'Account safety' },
      icon: 'lock',
      group: 'system',
      permission: SAFETY,
      order: 15,
    },
  ],
  confirm: () => import('./second/Confirm.tsx'),
  routes: [
    { path: '/sign-in', public: true, load: () => import('./SignIn.tsx') },
    { path: '/account', load: () => import('./Account.tsx') },
    { path: '/account/password', load: () => import('./ChangePassword.tsx') },
    { path: '/account/security', load: () => import('./second/Security.tsx') },
    { path: '/accounts/safety', permission: SAFETY, load: () => import('./oversight/Safety.tsx') },
    { path: '/accounts', permission: 'access.account.read', load: () => import('./Accounts.tsx') },
    { path: '/roles', permission: 'access.role.read', load: () => import('./Roles.tsx') },
  ],
}
