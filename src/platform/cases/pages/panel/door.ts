/** What meetings bring to the browser: for the office that convenes them, and for members on a phone. */
import type { Clients } from '../../../../ui/client.tsx'
import type { NavEntry, PageRoute } from '../../../../ui/module.ts'
import type { casesContract } from '../../contract.ts'

const CONVENE = 'cases.panel.convene'
const SIT = 'cases.panel.sit'

export const panelNav: readonly NavEntry[] = [
  {
    key: 'panels',
    path: '/panels',
    label: { 'zh-CN': '评审会议', en: 'Panels' },
    icon: 'people',
    group: 'growth',
    permission: CONVENE,
    order: 72,
  },
  {
    key: 'my-panels',
    path: '/my/panels',
    label: { 'zh-CN': '我的评审会议', en: 'My panels' },
    tabLabel: { 'zh-CN': '会议', en: 'Panels' },
    icon: 'people',
    group: 'mine',
    permission: SIT,
    order: 60,
    tab: 30,
    count: async (clients: Clients) =>
      (await clients<typeof casesContract>('cases').myPanels()).filter(({ toVote, toSign }) => toVote > 0 || toSign)
        .length,
  },
]

export const panelRoutes: readonly PageRoute[] = [
  { path: '/panels', permission: CONVENE, load: () => import('./Panels.tsx') },
  { path: '/panels/new', permission: CONVENE, load: () => import('./Convene.tsx') },
  { path: '/panels/$panelId', permission: CONVENE, load: () => import('./PanelPage.tsx') },
  { path: '/my/panels', permission: SIT, load: () => import('./MyPanels.tsx') },
  { path: '/my/panels/$panelId', permission: SIT, load: () => import('./MyPanel.tsx') },
]
