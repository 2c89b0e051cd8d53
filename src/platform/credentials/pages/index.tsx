/** The public check of a credential: no sign-in, nothing leaves the browser. The keys for those who answer for them. */
import type { ModulePages } from '../../../ui/module.ts'

export const pages: ModulePages = {
  name: 'credentials',
  messages: {
    'zh-CN': () => import('../messages/zh-CN.json', { with: { type: 'json' } }),
    en: () => import('../messages/en.json', { with: { type: 'json' } }),
  },
  nav: [
    {
      key: 'credential-keys',
      path: '/credentials/keys',
      label: { 'zh-CN': '凭证签名密钥', en: 'Keys of credentials' },
      icon: 'key',
      group: 'system',
      permission: 'credentials.key.read',
      order: 34,
    },
  ],
  routes: [
    { path: '/verify/credential', public: true, load: () => import('./Check.tsx') },
    { path: '/credentials/keys', permission: 'credentials.key.read', load: () => import('./Keys.tsx') },
  ],
}
