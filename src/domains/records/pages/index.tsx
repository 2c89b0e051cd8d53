/** The browser door of the records: the office’s list of teachers, one person, the roster import, and one’s own record. */
import type { ModulePages } from '../../../ui/module.ts'

const READ = 'records.person.read'
const WRITE = 'records.person.write'
const IMPORT = 'records.import'
const OWN = 'records.person.own'
const PROPOSE = 'records.change.propose'
const DECIDE = 'records.change.decide'

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
      key: 'record-changes',
      path: '/people/changes',
      label: { 'zh-CN': '档案变更', en: 'Record changes' },
      icon: 'edit',
      group: 'people',
      permission: DECIDE,
      order: 12,
    },
    {
      key: 'checks-due',
      path: '/people/checks',
      label: { 'zh-CN': '健康与安全查验', en: 'Checks due' },
      icon: 'shield',
      group: 'people',
      permission: READ,
      order: 13,
    },
    {
      key: 'record-items',
      path: '/people/items',
      label: { 'zh-CN': '信息项与用途', en: 'Items and uses' },
      icon: 'list',
      group: 'people',
      permission: READ,
      order: 14,
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
    {
      key: 'my-growth',
      path: '/my/growth',
      label: { 'zh-CN': '成长档案', en: 'Growth file' },
      icon: 'flag',
      group: 'mine',
      permission: OWN,
      order: 52,
    },
  ],
  routes: [
    { path: '/people', permission: READ, load: () => import('./People.tsx') },
    { path: '/people/new', permission: WRITE, load: () => import('./AddTeacher.tsx') },
    { path: '/people/import', permission: IMPORT, load: () => import('./Import.tsx') },
    { path: '/people/import/$importId', permission: IMPORT, load: () => import('./ImportResult.tsx') },
    { path: '/people/checks', permission: READ, load: () => import('./archive/ChecksDue.tsx') },
    { path: '/people/items', permission: READ, load: () => import('./archive/Items.tsx') },
    { path: '/people/changes', permission: DECIDE, load: () => import('./changes/Changes.tsx') },
    { path: '/people/changes/$personId/$changeId', permission: DECIDE, load: () => import('./changes/Change.tsx') },
    { path: '/people/$personId', permission: READ, load: () => import('./Person.tsx') },
    { path: '/people/$personId/growth', permission: READ, load: () => import('./growth/PersonGrowth.tsx') },
    { path: '/my/growth', permission: OWN, load: () => import('./growth/MyGrowth.tsx') },
    { path: '/my/record', permission: OWN, load: () => import('./MyRecord.tsx') },
    { path: '/my/record/changes', permission: PROPOSE, load: () => import('./changes/MyChanges.tsx') },
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

/** Rooms with words of their own. */
export { qualityPages } from './quality/door.ts'
