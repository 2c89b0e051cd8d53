/** Pages on the quality of the records and on moves of many at once, with words of their own: they are not loaded with a teacher's home. */
import type { ModulePages } from '../../../../ui/module.ts'

const READ = 'records.person.read'
const WRITE = 'records.person.write'
const SCHOOLS = 'records.school.merge'

export const qualityPages: ModulePages = {
  name: 'quality',
  messages: {
    'zh-CN': () => import('../../quality/messages/zh-CN.json', { with: { type: 'json' } }),
    en: () => import('../../quality/messages/en.json', { with: { type: 'json' } }),
  },
  nav: [
    {
      key: 'quality',
      path: '/quality',
      label: { 'zh-CN': '档案质量', en: 'Record quality' },
      icon: 'check',
      group: 'people',
      permission: READ,
      order: 12,
    },
    {
      key: 'retirement',
      path: '/people/retirement',
      label: { 'zh-CN': '退休与变动', en: 'Retirement and turnover' },
      icon: 'calendar',
      group: 'people',
      permission: READ,
      order: 14,
      uses: ['retirement.men', 'retirement.women_55', 'retirement.women_50'],
    },
    {
      key: 'school-year',
      path: '/people/year',
      label: { 'zh-CN': '学年结转', en: 'School year' },
      icon: 'refresh',
      group: 'people',
      permission: WRITE,
      order: 16,
    },
    {
      key: 'school-merge',
      path: '/organisations/merge',
      label: { 'zh-CN': '学校撤并', en: 'Merging schools' },
      icon: 'building',
      group: 'people',
      permission: SCHOOLS,
      order: 22,
    },
  ],
  routes: [
    { path: '/quality', permission: READ, load: () => import('./Quality.tsx') },
    { path: '/quality/people', permission: READ, load: () => import('./FoundPeople.tsx') },
    { path: '/quality/mend', permission: WRITE, load: () => import('./Mend.tsx') },
    { path: '/quality/twins', permission: READ, load: () => import('./Twins.tsx') },
    { path: '/people/retirement', permission: READ, load: () => import('../moves/Retirement.tsx') },
    { path: '/people/turnover', permission: READ, load: () => import('../moves/Turnover.tsx') },
    { path: '/people/year', permission: WRITE, load: () => import('../moves/SchoolYear.tsx') },
    { path: '/organisations/merge', permission: SCHOOLS, load: () => import('../moves/MergeSchools.tsx') },
  ],
}
