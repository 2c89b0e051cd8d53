/** What calls bring to the browser: the list for whoever works in an office, and the page on which one is written, tried and published. */
import type { NavEntry, PageRoute } from '../../../../ui/module.ts'

const READ = 'cases.call.read'
const WRITE = 'cases.call.write'

export const callNav: readonly NavEntry[] = [
  {
    key: 'calls',
    path: '/calls',
    label: { 'zh-CN': '申报评选', en: 'Calls' },
    icon: 'flag',
    group: 'growth',
    permission: READ,
    roles: ['clerk', 'principal', 'trainer', 'commission', 'auditor'],
    order: 30,
  },
]

export const callRoutes: readonly PageRoute[] = [
  { path: '/calls', permission: READ, load: () => import('./Calls.tsx') },
  { path: '/calls/new', permission: WRITE, load: () => import('./NewCall.tsx') },
  { path: '/calls/$callId', permission: READ, load: () => import('./CallPage.tsx') },
]
