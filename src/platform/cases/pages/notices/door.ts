/** What public notices bring to the browser: the lists of offices, and the page that needs no sign-in. */
import type { Clients } from '../../../../ui/client.tsx'
import type { NavEntry, PageRoute } from '../../../../ui/module.ts'
import type { casesContract } from '../../contract.ts'

const READ = 'cases.case.read'
const PUBLISH = 'cases.notice.publish'
const ANSWER = 'cases.objection.answer'
const cases = (clients: Clients) => clients<typeof casesContract>('cases')

const entry = {
  path: '/notices',
  label: { 'zh-CN': '公示', en: 'Notices' },
  icon: 'flag',
  group: 'work',
  order: 30,
} as const

export const noticeNav: readonly NavEntry[] = [
  {
    ...entry,
    key: 'notices',
    permission: PUBLISH,
    count: async (clients) => (await cases(clients).noticesDue()).length,
  },
  { ...entry, key: 'notices-read', permission: READ, roles: ['auditor'] },
  {
    key: 'objections',
    path: '/case-objections',
    label: { 'zh-CN': '异议与申诉', en: 'Objections, appeals' },
    icon: 'hand',
    group: 'work',
    permission: ANSWER,
    order: 35,
    count: async (clients) => (await cases(clients).objections({ state: 'open', limit: 1 })).total,
  },
]

const open = () => import('./PublicNotice.tsx')

export const noticeRoutes: readonly PageRoute[] = [
  { path: '/notices', permission: READ, load: () => import('./Notices.tsx') },
  { path: '/notices/publish/$callId/$stage/$orgId', permission: PUBLISH, load: () => import('./Publish.tsx') },
  { path: '/case-objections', permission: ANSWER, load: () => import('./Objections.tsx') },
  { path: '/notice', public: true, load: open },
  { path: '/notice/$code', public: true, load: open },
]
