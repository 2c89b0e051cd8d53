/** The browser door of policy: the figures that decisions rest on, for everybody in an office. */
import type { ModulePages } from '../../../ui/module.ts'

const offices = ['clerk', 'principal', 'trainer', 'commission', 'auditor', 'administrator'] as const

export const pages: ModulePages = {
  name: 'policy',
  messages: {
    'zh-CN': () => import('../messages/zh-CN.json', { with: { type: 'json' } }),
    en: () => import('../messages/en.json', { with: { type: 'json' } }),
  },
  nav: [
    {
      key: 'parameters',
      path: '/parameters',
      label: { 'zh-CN': '政策参数', en: 'Policy parameters' },
      icon: 'book',
      group: 'oversight',
      permission: 'policy.read',
      roles: offices,
      order: 50,
    },
    {
      key: 'rules',
      path: '/policy/rules',
      label: { 'zh-CN': '规定汇编', en: 'Rule book' },
      icon: 'book',
      group: 'oversight',
      permission: 'policy.read',
      roles: offices,
      order: 52,
    },
    {
      key: 'lab',
      path: '/policy/lab',
      label: { 'zh-CN': '政策试算', en: 'Policy lab' },
      icon: 'chart',
      group: 'oversight',
      permission: 'policy.try',
      order: 55,
    },
  ],
  routes: [
    { path: '/parameters', permission: 'policy.read', load: () => import('./Parameters.tsx') },
    { path: '/policy/rules', permission: 'policy.read', load: () => import('./Rules.tsx') },
    { path: '/policy/lab', permission: 'policy.try', load: () => import('./Lab.tsx') },
  ],
}
