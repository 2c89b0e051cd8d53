/** What decisions and designations bring to the browser. */
import type { Clients } from '../../../../ui/client.tsx'
import type { NavEntry, PageRoute } from '../../../../ui/module.ts'
import type { casesContract } from '../../contract.ts'

const DECIDE = 'cases.decide'
const READ = 'cases.designation.read'

export const resultNav: readonly NavEntry[] = [
  {
    key: 'decisions',
    path: '/decisions',
    label: { 'zh-CN': '审定与归档', en: 'Decisions' },
    icon: 'seal',
    group: 'growth',
    permission: DECIDE,
    order: 74,
    count: async (clients: Clients) => (await clients<typeof casesContract>('cases').decisionsWaiting()).length,
  },
  {
    key: 'designations',
    path: '/designations',
    label: { 'zh-CN': '称号与任期', en: 'Designations' },
    icon: 'award',
    group: 'growth',
    permission: READ,
    roles: ['clerk', 'principal', 'trainer', 'commission', 'auditor'],
    order: 76,
  },
  {
    key: 'my-designations',
    path: '/my/designations',
    label: { 'zh-CN': '我的称号', en: 'My designations' },
    icon: 'award',
    group: 'mine',
    permission: READ,
    roles: ['teacher'],
    order: 45,
  },
]

export const resultRoutes: readonly PageRoute[] = [
  { path: '/decisions', permission: DECIDE, load: () => import('./Decisions.tsx') },
  { path: '/decisions/$callId/decide', permission: DECIDE, load: () => import('./Decide.tsx') },
  { path: '/decisions/$callId/file', permission: DECIDE, load: () => import('./FileResults.tsx') },
  { path: '/designations', permission: READ, load: () => import('./Designations.tsx') },
  { path: '/my/designations', permission: READ, load: () => import('./MyDesignations.tsx') },
]
