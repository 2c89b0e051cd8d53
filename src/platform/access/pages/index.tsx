/** Sign-in, one’s own account, and who may do what: the pages of access. */
import type { ModulePages } from '../../../ui/module.ts'

export const pages: ModulePages = {
  name: 'access',
  messages: {
    'zh-CN': () => import('../messages/zh-CN.json', { with: { type: 'json' } }),
    en: () => import('../messages/en.json', { with: { type: 'json' } }),
  },
  nav: [],
  routes: [
    { path: '/sign-in', public: true, load: () => import('./SignIn.tsx') },
    { path: '/account', load: () => import('./Account.tsx') },
    { path: '/account/password', load: () => import('./ChangePassword.tsx') },
  ],
}
