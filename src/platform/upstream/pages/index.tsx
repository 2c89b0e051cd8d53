/** Providers of sign-in, who asks for a link, and where whoever comes from a provider and is nobody here yet arrives. */
import type { ModulePages } from '../../../ui/module.ts'

const PROVIDERS = 'upstream.provider.read'
const REQUESTS = 'upstream.request.read'

export const pages: ModulePages = {
  name: 'upstream',
  messages: {
    'zh-CN': () => import('../messages/zh-CN.json', { with: { type: 'json' } }),
    en: () => import('../messages/en.json', { with: { type: 'json' } }),
  },
  nav: [
    {
      key: 'sign-in-providers',
      path: '/sign-in-providers',
      label: { 'zh-CN': '外部登录', en: 'Sign-in providers' },
      icon: 'key',
      group: 'system',
      permission: PROVIDERS,
      order: 30,
    },
    {
      key: 'sign-in-requests',
      path: '/sign-in-requests',
      label: { 'zh-CN': '关联申请', en: 'Link requests' },
      icon: 'person',
      group: 'system',
      permission: REQUESTS,
      order: 31,
    },
  ],
  routes: [
    { path: '/sign-in/elsewhere', public: true, load: () => import('./Elsewhere.tsx') },
    { path: '/sign-in-providers', permission: PROVIDERS, load: () => import('./Providers.tsx') },
    { path: '/sign-in-requests', permission: REQUESTS, load: () => import('./Requests.tsx') },
  ],
}
