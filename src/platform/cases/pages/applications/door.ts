/** What applying brings to the browser: a teacher's own applications, and those of a school by those who act for it. */
import type { Clients } from '../../../../ui/client.tsx'
import type { NavEntry, PageRoute } from '../../../../ui/module.ts'
import type { casesContract } from '../../contract.ts'

const OWN = 'cases.apply'
const ORG = 'cases.apply_org'

const returned = (rows: readonly { state: string }[]): number => rows.filter(({ state }) => state === 'returned').length

export const applicationNav: readonly NavEntry[] = [
  {
    key: 'my-applications',
    path: '/my/applications',
    label: { 'zh-CN': '我的申报', en: 'My applications' },
    tabLabel: { 'zh-CN': '申报', en: 'Apply' },
    icon: 'flag',
    group: 'mine',
    permission: OWN,
    order: 40,
    tab: 40,
    count: async (clients: Clients) => returned(await clients<typeof casesContract>('cases').ownApplications({})),
  },
  {
    key: 'school-applications',
    path: '/school/applications',
    label: { 'zh-CN': '单位申报', en: 'Applications of the school' },
    icon: 'flag',
    group: 'work',
    permission: ORG,
    order: 60,
  },
]

export const applicationRoutes: readonly PageRoute[] = [
  { path: '/my/applications', permission: OWN, load: () => import('./MyApplications.tsx') },
  { path: '/my/applications/$applicationId', permission: [OWN, ORG], load: () => import('./ApplicationPage.tsx') },
  { path: '/my/calls/$callId', permission: OWN, load: () => import('./CallPage.tsx') },
  { path: '/school/applications', permission: ORG, load: () => import('./SchoolApplications.tsx') },
  { path: '/school/calls/$callId', permission: ORG, load: () => import('./SchoolCall.tsx') },
]
