/** The notice for everybody, one’s own data, and the office that answers: the pages of privacy. */
import type { ModulePages } from '../../../ui/module.ts'

const READ = 'privacy.request.read'
const HELD = 'privacy.retention'
const DUTIES = 'privacy.duty.read'

export const pages: ModulePages = {
  name: 'privacy',
  messages: {
    'zh-CN': () => import('../messages/zh-CN.json', { with: { type: 'json' } }),
    en: () => import('../messages/en.json', { with: { type: 'json' } }),
  },
  nav: [
    {
      key: 'my-data',
      path: '/my/data',
      label: { 'zh-CN': '我的个人信息', en: 'My data' },
      icon: 'shield',
      group: 'mine',
      order: 80,
    },
    {
      key: 'privacy-requests',
      path: '/privacy/requests',
      label: { 'zh-CN': '个人信息请求', en: 'Data requests' },
      icon: 'shield',
      group: 'oversight',
      permission: READ,
      order: 70,
    },
    {
      key: 'privacy-duties',
      path: '/privacy/duties',
      label: { 'zh-CN': '影响评估与泄露处置', en: 'Assessments and incidents' },
      icon: 'shield',
      group: 'oversight',
      permission: DUTIES,
      order: 75,
    },
    {
      key: 'privacy-held',
      path: '/privacy/held',
      label: { 'zh-CN': '个人信息清单', en: 'Data held' },
      icon: 'archive',
      group: 'system',
      permission: HELD,
      order: 60,
    },
  ],
  routes: [
    { path: '/privacy', public: true, load: () => import('./NoticePage.tsx') },
    { path: '/my/data', load: () => import('./MyData.tsx') },
    { path: '/privacy/requests', permission: READ, load: () => import('./Requests.tsx') },
    { path: '/privacy/duties', permission: DUTIES, load: () => import('./duties/Duties.tsx') },
    { path: '/privacy/held', permission: HELD, load: () => import('./Held.tsx') },
  ],
}
