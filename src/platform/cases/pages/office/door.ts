/** What handling cases brings to an office's browser: its table, every call's pipeline, and the page of a case. */
import type { Clients } from '../../../../ui/client.tsx'
import type { NavEntry, PageRoute } from '../../../../ui/module.ts'
import type { casesContract } from '../../contract.ts'

const READ = 'cases.case.read'

const entry = {
  path: '/cases',
  label: { 'zh-CN': '申报办理', en: 'Cases' },
  icon: 'list',
  group: 'work',
  order: 20,
} as const

export const officeNav: readonly NavEntry[] = [
  {
    ...entry,
    key: 'cases',
    permission: 'cases.handle',
    count: async (clients: Clients) =>
      (await clients<typeof casesContract>('cases').taskCounts()).reduce((sum, { n }) => sum + n, 0),
  },
  { ...entry, key: 'cases-read', permission: READ, roles: ['auditor'] },
]

export const officeRoutes: readonly PageRoute[] = [
  { path: '/cases', permission: READ, load: () => import('./Cases.tsx') },
  { path: '/cases/$callId', permission: READ, load: () => import('./Pipeline.tsx') },
  { path: '/cases/$callId/$applicationId', permission: READ, load: () => import('./CasePage.tsx') },
]
