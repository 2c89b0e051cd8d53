/** The browser door of the directory: the tree of organisations and the clusters across it. */
import type { ModulePages } from '../../../ui/module.ts'

/** Teachers hold the permission too, for the names on their own pages; the tree itself is for offices. */
const offices = ['clerk', 'principal', 'trainer', 'commission', 'auditor', 'administrator'] as const

export const pages: ModulePages = {
  name: 'directory',
  messages: {
    'zh-CN': () => import('../messages/zh-CN.json', { with: { type: 'json' } }),
    en: () => import('../messages/en.json', { with: { type: 'json' } }),
  },
  nav: [
    {
      key: 'organisations',
      path: '/organisations',
      label: { 'zh-CN': '机构与学区', en: 'Organisations' },
      icon: 'building',
      group: 'people',
      permission: 'directory.read',
      roles: offices,
      order: 20,
    },
  ],
  routes: [{ path: '/organisations', permission: 'directory.read', load: () => import('./Organisations.tsx') }],
}
