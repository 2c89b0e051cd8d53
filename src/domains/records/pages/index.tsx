/** The browser door of the records: the office’s list of teachers, one person, the roster import, and one’s own record. */
import type { ModulePages } from '../../../ui/module.ts'

const READ = 'records.person.read'
const WRITE = 'records.person.write'
const IMPORT = 'records.import'
const OWN = 'records.person.own'

export const pages: ModulePages = {
  name: 'records',
  messages: {
    'zh-CN': () => import('../messages/zh-CN.json', { with: { type: 'json' } }),
    en: () => import('../messages/en.json', { with: { type: 'json' } }),
  },
  nav: [
    {
      key: 'people',
      path: '/people',
      label: { 'zh-CN': '教师名册', en: 'Teachers' },
      icon: 'people',
      group: 'people',
      permission: READ,
      order: 10,
    },
    {
      key: 'my-record',
      path: '/my/record',
      label: { 'zh-CN': '我的档案', en: 'My record' },
      icon: 'person',
      group: 'mine',
      permission: OWN,
      order: 50,
    },
  ],
  routes: [
    { path: '/people', permission: READ, load: () => import('./People.tsx') },
    { path: '/people/new', permission: WRITE, load: () => import('./AddTeacher.tsx') },
    { path: '/people/import', permission: IMPORT, load: () => import('./Import.tsx') },
    { path: '/people/import/$importId', permission: IMPORT, load: () => import('./ImportResult.tsx') },
    { path: '/people/$personId', permission: READ, load: () => import('./Person.tsx') },
    { path: '/my/record', permission: OWN, load: () => import('./MyRecord.tsx') },
  ],
  home: [
    {
      key: 'my-record',
      roles: ['teacher'],
      slot: 'standing',
      order: 60,
      height: 64,
      load: () => import('./MyRecordCard.tsx'),
    },
  ],
}
