/** What other systems are given: tokens for rosters, and word of changes. */
import type { ModulePages } from '../../../ui/module.ts'

export const pages: ModulePages = {
  name: 'provisioning',
  messages: {
    'zh-CN': () => import('../messages/zh-CN.json', { with: { type: 'json' } }),
    en: () => import('../messages/en.json', { with: { type: 'json' } }),
  },
  nav: [
    {
      key: 'integrations',
      path: '/integrations',
      label: { 'zh-CN': '系统对接', en: 'Integrations' },
      icon: 'refresh',
      group: 'system',
      permission: 'provisioning.read',
      order: 32,
    },
  ],
  routes: [
    { path: '/integrations', permission: 'provisioning.read', load: () => import('./Integrations.tsx') },
    { path: '/integrations/$endpointId', permission: 'provisioning.read', load: () => import('./EndpointPage.tsx') },
  ],
}
