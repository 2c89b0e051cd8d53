/** The browser door of the desk: the inbox for everybody, the audit trail for those who watch over it. */
import type { ModulePages } from '../../../ui/module.ts'
import type { deskContract } from '../contract.ts'

const TRAIL = 'audit.trail.read'

export const pages: ModulePages = {
  name: 'desk',
  messages: {
    'zh-CN': () => import('../messages/zh-CN.json', { with: { type: 'json' } }),
    en: () => import('../messages/en.json', { with: { type: 'json' } }),
  },
  nav: [
    {
      key: 'inbox',
      path: '/inbox',
      label: { 'zh-CN': '待办与消息', en: 'Inbox' },
      tabLabel: { 'zh-CN': '消息', en: 'Inbox' },
      icon: 'inbox',
      group: 'mine',
      permission: 'desk.inbox.read',
      order: 5,
      tab: 40,
      count: async (clients) => {
        const { todos, unread } = await clients<typeof deskContract>('desk').inboxCount()
        return {
          n: todos + unread,
          said: {
            'zh-CN': [todos && `待办 ${todos} 项`, unread && `未读消息 ${unread} 条`].filter(Boolean).join('，'),
            en: [todos && `${todos} to do`, unread && `${unread} unread`].filter(Boolean).join(', '),
          },
        }
      },
    },
    {
      key: 'trail',
      path: '/trail',
      label: { 'zh-CN': '审计日志', en: 'Audit trail' },
      icon: 'shield',
      group: 'oversight',
      permission: TRAIL,
      order: 60,
    },
  ],
  routes: [
    { path: '/inbox', permission: 'desk.inbox.read', load: () => import('./Inbox.tsx') },
    { path: '/account/notices', load: () => import('./notices/Notices.tsx') },
    { path: '/trail', permission: TRAIL, load: () => import('./Trail.tsx') },
  ],
}

/** Modules below the desk have words for what comes through it, and no pages. */
export const below: readonly ModulePages[] = [
  {
    name: 'jobs',
    messages: {
      'zh-CN': () => import('../../jobs/messages/zh-CN.json', { with: { type: 'json' } }),
      en: () => import('../../jobs/messages/en.json', { with: { type: 'json' } }),
    },
    nav: [],
    routes: [],
  },
  {
    name: 'outbound',
    messages: {
      'zh-CN': () => import('../../outbound/messages/zh-CN.json', { with: { type: 'json' } }),
      en: () => import('../../outbound/messages/en.json', { with: { type: 'json' } }),
    },
    nav: [],
    routes: [],
  },
  {
    name: 'files',
    messages: {
      'zh-CN': () => import('../../files/messages/zh-CN.json', { with: { type: 'json' } }),
      en: () => import('../../files/messages/en.json', { with: { type: 'json' } }),
    },
    nav: [],
    routes: [],
  },
  {
    name: 'sheets',
    messages: {
      'zh-CN': () => import('../../sheets/messages/zh-CN.json', { with: { type: 'json' } }),
      en: () => import('../../sheets/messages/en.json', { with: { type: 'json' } }),
    },
    nav: [],
    routes: [],
  },
]
