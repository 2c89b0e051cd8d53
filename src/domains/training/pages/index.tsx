/** The browser door of training: a teacher's own pages and those of the offices, each loaded when gone to. */
import type { ModulePages } from '../../../ui/module.ts'
import { myHome, myNav, myRoutes } from './my/door.ts'
import { officeHome, officeNav, officeRoutes } from './office/door.ts'

export const pages: ModulePages = {
  name: 'training',
  messages: {
    'zh-CN': () => import('../messages/zh-CN.json', { with: { type: 'json' } }),
    en: () => import('../messages/en.json', { with: { type: 'json' } }),
  },
  nav: [...myNav, ...officeNav],
  routes: [...myRoutes, ...officeRoutes],
  home: [...myHome, ...officeHome],
}
