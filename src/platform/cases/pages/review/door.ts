/** What review brings to the browser: an expert's quiet workspace, and for offices the rounds and the pool of experts. */
import type { Clients } from '../../../../ui/client.tsx'
import type { HomeCard, NavEntry, PageRoute } from '../../../../ui/module.ts'
import type { casesContract } from '../../contract.ts'

const DO = 'cases.review.do'
const ORGANISE = 'cases.review.organise'

export const reviewNav: readonly NavEntry[] = [
  {
    key: 'my-reviews',
    path: '/reviews',
    label: { 'zh-CN': '我的评审', en: 'My reviews' },
    tabLabel: { 'zh-CN': '评审', en: 'Review' },
    icon: 'edit',
    group: 'mine',
    permission: DO,
    order: 45,
    tab: 45,
    count: async (clients: Clients) => {
      const rows = await clients<typeof casesContract>('cases').myReviews()
      return rows.filter(({ state, open }) => state === 'assigned' && open).length
    },
  },
  {
    key: 'review-rounds',
    path: '/reviews/rounds',
    label: { 'zh-CN': '专家评审', en: 'Reviews' },
    icon: 'columns',
    group: 'growth',
    permission: ORGANISE,
    uses: ['review.conflict_years'],
    order: 60,
  },
  {
    key: 'review-experts',
    path: '/reviews/experts',
    label: { 'zh-CN': '评审专家库', en: 'Experts' },
    icon: 'people',
    group: 'growth',
    permission: ORGANISE,
    order: 62,
  },
]

export const reviewRoutes: readonly PageRoute[] = [
  { path: '/reviews', permission: DO, load: () => import('./MyReviews.tsx') },
  { path: '/reviews/papers/$reviewId', permission: DO, load: () => import('./PaperPage.tsx') },
  { path: '/reviews/rounds', permission: ORGANISE, load: () => import('./Rounds.tsx') },
  { path: '/reviews/rounds/$callId/$stage', permission: ORGANISE, load: () => import('./RoundPage.tsx') },
  { path: '/reviews/experts', permission: ORGANISE, load: () => import('./Experts.tsx') },
]

export const reviewHome: readonly HomeCard[] = [
  {
    key: 'my-reviews',
    roles: ['expert'],
    slot: 'next',
    order: 30,
    height: 160,
    load: () => import('./ReviewsCard.tsx'),
  },
]
