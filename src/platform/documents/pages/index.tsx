/** The public check of a paper: no sign-in, no navigation. */
import type { ModulePages } from '../../../ui/module.ts'

const load = () => import('./Verify.tsx')

export const pages: ModulePages = {
  name: 'documents',
  messages: {
    'zh-CN': () => import('../messages/zh-CN.json', { with: { type: 'json' } }),
    en: () => import('../messages/en.json', { with: { type: 'json' } }),
  },
  nav: [],
  routes: [
    { path: '/verify', public: true, load },
    { path: '/verify/$code', public: true, load },
  ],
}
