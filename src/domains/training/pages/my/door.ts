/** What training brings to a teacher's browser: three places under the thumb, three cards on the home page. */
import type { HomeCard, NavEntry, PageRoute } from '../../../../ui/module.ts'
import type { trainingContract } from '../../contract.ts'

const OWN = 'training.own'

export const myNav: readonly NavEntry[] = [
  {
    key: 'my-training',
    path: '/my/training',
    label: { 'zh-CN': '我的培训', en: 'My training' },
    tabLabel: { 'zh-CN': '培训', en: 'Training' },
    icon: 'training',
    group: 'mine',
    uses: ['training.completion.attendance_share'],
    permission: OWN,
    order: 10,
    tab: 10,
    count: async (clients) =>
      (await clients<typeof trainingContract>('training').mine()).filter(({ state }) => state === 'proposed').length,
  },
  {
    key: 'check-in',
    path: '/check-in',
    label: { 'zh-CN': '签到', en: 'Check in' },
    icon: 'scan',
    group: 'mine',
    uses: ['training.checkin.code_seconds', 'training.checkin.tolerance_seconds', 'training.checkin.opens_minutes'],
    permission: OWN,
    order: 20,
    tab: 20,
  },
  {
    key: 'my-credits',
    path: '/my/credits',
    label: { 'zh-CN': '我的学分', en: 'My credits' },
    tabLabel: { 'zh-CN': '学分', en: 'Credits' },
    icon: 'credit',
    group: 'mine',
    uses: [
      'training.credit.cycle',
      'training.credit.pace',
      'training.credit.cycle_total',
      'training.credit.hours_per_credit',
    ],
    permission: OWN,
    order: 30,
    tab: 30,
  },
]

export const myRoutes: readonly PageRoute[] = [
  { path: '/my/training', permission: OWN, load: () => import('./MyTraining.tsx') },
  { path: '/check-in', permission: OWN, load: () => import('./CheckIn.tsx') },
  { path: '/my/credits', permission: OWN, load: () => import('./MyCredits.tsx') },
]

const roles = ['teacher'] as const

export const myHome: readonly HomeCard[] = [
  { key: 'my-next', roles, slot: 'next', order: 10, height: 210, load: () => import('./NextCard.tsx') },
  { key: 'my-asked', roles, slot: 'asked', order: 10, height: 96, load: () => import('./AskedCard.tsx') },
  { key: 'my-standing', roles, slot: 'standing', order: 10, height: 190, load: () => import('./StandingCard.tsx') },
]
