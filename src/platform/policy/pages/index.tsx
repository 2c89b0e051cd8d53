/** The browser door of policy: the figures that decisions rest on, for everybody in an office. */
import type { ModulePages } from '../../../ui/module.ts'
import type { policyContract } from '../contract.ts'

const offices = ['clerk', 'principal', 'trainer', 'commission', 'auditor', 'administrator'] as const

export const pages: ModulePages = {
  name: 'policy',
  messages: {
    'zh-CN': () => import('../messages/zh-CN.json', { with: { type: 'json' } }),
    en: () => import('../messages/en.json', { with: { type: 'json' } }),
  },
  nav: [
    {
      key: 'my-rules',
      path: '/my/rules',
      label: { 'zh-CN': '我符合哪些条件', en: 'What I qualify for' },
      icon: 'check',
      group: 'mine',
      permission: 'policy.explain',
      roles: ['teacher'],
      order: 55,
    },
    {
      key: 'my-decisions',
      path: '/my/decisions',
      label: { 'zh-CN': '我的认定与异议', en: 'Decisions on me' },
      icon: 'seal',
      group: 'mine',
      permission: 'policy.object',
      order: 60,
    },
    {
      key: 'decision-objections',
      path: '/policy/objections',
      label: { 'zh-CN': '认定异议', en: 'Objections to decisions' },
      icon: 'flag',
      group: 'oversight',
      permission: 'policy.objection.answer',
      order: 57,
      count: async (clients) => (await clients<typeof policyContract>('policy').objections({})).length,
    },
    {
      key: 'library',
      path: '/policy/library',
      label: { 'zh-CN': '政策库', en: 'Policy library' },
      icon: 'book',
      group: 'oversight',
      permission: 'policy.read',
      roles: offices,
      order: 50,
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
    {
      key: 'drafts',
      path: '/policy/drafts',
      label: { 'zh-CN': '政策修订', en: 'Policy drafts' },
      icon: 'edit',
      group: 'oversight',
      permission: 'policy.draft',
      order: 56,
    },
  ],
  routes: [
    { path: '/my/rules', permission: 'policy.explain', load: () => import('./own/MyRules.tsx') },
    { path: '/my/decisions', permission: 'policy.object', load: () => import('./objections/MyDecisions.tsx') },
    {
      path: '/policy/objections',
      permission: 'policy.objection.answer',
      load: () => import('./objections/Objections.tsx'),
    },
    { path: '/policy/library', permission: 'policy.read', load: () => import('./library/Parameters.tsx') },
    {
      path: '/policy/library/parameters/$parameter',
      permission: 'policy.read',
      load: () => import('./library/Parameter.tsx'),
    },
    { path: '/policy/library/rules', permission: 'policy.read', load: () => import('./library/Rules.tsx') },
    { path: '/policy/library/compare', permission: 'policy.read', load: () => import('./library/Compare.tsx') },
    {
      path: '/policy/drafts/$draftId/sets/$set',
      permission: 'policy.draft',
      load: () => import('./authoring/SetEditor.tsx'),
    },
    {
      path: '/policy/drafts/$draftId/new-set',
      permission: 'policy.draft',
      load: () => import('./authoring/NewSet.tsx'),
    },
    { path: '/policy/lab', permission: 'policy.try', load: () => import('./Lab.tsx') },
    { path: '/policy/drafts', permission: 'policy.draft', load: () => import('./drafts/Drafts.tsx') },
    { path: '/policy/drafts/compare', permission: 'policy.draft', load: () => import('./drafts/CompareDrafts.tsx') },
    { path: '/policy/drafts/$draftId', permission: 'policy.draft', load: () => import('./drafts/Draft.tsx') },
  ],
}
