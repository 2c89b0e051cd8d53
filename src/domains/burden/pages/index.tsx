/** The browser door of the burden register: offices register, schools and teachers see what is asked of them. */
import type { ModulePages } from '../../../ui/module.ts'

const READ = 'burden.item.read'
const WRITE = 'burden.item.write'
const MINE = ['burden.school.read', 'burden.teacher.read']

export const pages: ModulePages = {
  name: 'burden',
  messages: {
    'zh-CN': () => import('../messages/zh-CN.json', { with: { type: 'json' } }),
    en: () => import('../messages/en.json', { with: { type: 'json' } }),
  },
  nav: [
    {
      key: 'burden',
      path: '/burden',
      label: { 'zh-CN': '减负登记', en: 'Burden register' },
      icon: 'scan',
      group: 'oversight',
      permission: READ,
      uses: [
        'burden.social.list_items',
        'burden.secondment.months',
        'burden.list.notice_months',
        'burden.inspection.cut_share',
      ],
      order: 40,
    },
    {
      key: 'burden-board',
      path: '/burden/board',
      label: { 'zh-CN': '学校负担', en: 'Load on schools' },
      icon: 'chart',
      group: 'oversight',
      permission: 'burden.board',
      uses: ['burden.social.events_per_term', 'burden.data.requests_per_term'],
      order: 41,
    },
    {
      key: 'burden-mine',
      path: '/burden/mine',
      label: { 'zh-CN': '进校园事项', en: 'Asked of our school' },
      icon: 'building',
      group: 'work',
      permission: MINE,
      order: 60,
    },
  ],
  routes: [
    { path: '/burden', permission: READ, load: () => import('./Register.tsx') },
    { path: '/burden/new', permission: WRITE, load: () => import('./NewItem.tsx') },
    { path: '/burden/lists', permission: READ, load: () => import('./Lists.tsx') },
    { path: '/burden/apps', permission: READ, load: () => import('./Apps.tsx') },
    { path: '/burden/board', permission: 'burden.board', load: () => import('./Board.tsx') },
    { path: '/burden/reports', permission: 'burden.report.answer', load: () => import('./Reports.tsx') },
    { path: '/burden/mine', permission: MINE, load: () => import('./Mine.tsx') },
    { path: '/burden/$itemId', permission: READ, load: () => import('./Item.tsx') },
  ],
}
