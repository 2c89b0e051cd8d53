/** The browser door of cases: applying, handling, reviewing, voting, and what came of it. */
import type { ModulePages } from '../../../ui/module.ts'
import { applicationNav, applicationRoutes } from './applications/door.ts'
import { callNav, callRoutes } from './calls/door.ts'
import { noticeNav, noticeRoutes } from './notices/door.ts'
import { officeNav, officeRoutes } from './office/door.ts'
import { panelNav, panelRoutes } from './panel/door.ts'
import { resultNav, resultRoutes } from './results/door.ts'
import { reviewHome, reviewNav, reviewRoutes } from './review/door.ts'

export const pages: ModulePages = {
  name: 'cases',
  messages: {
    'zh-CN': () => import('../messages/zh-CN.json', { with: { type: 'json' } }),
    en: () => import('../messages/en.json', { with: { type: 'json' } }),
  },
  nav: [...applicationNav, ...panelNav, ...resultNav, ...officeNav, ...noticeNav, ...reviewNav, ...callNav],
  routes: [
    ...applicationRoutes,
    ...panelRoutes,
    ...resultRoutes,
    ...officeRoutes,
    ...noticeRoutes,
    ...reviewRoutes,
    ...callRoutes,
  ],
  home: [...reviewHome],
}
