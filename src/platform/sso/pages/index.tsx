/** Platforms for everybody, the register for those who answer for it, and the pages between a platform and the product. */
import type { ModulePages } from '../../../ui/module.ts'

/** The clean-up of platforms, for whoever cleans up more than these. */
export const cleanUpList = () => import('./CleanUpList.tsx')

export const pages: ModulePages = {
  name: 'sso',
  messages: {
    'zh-CN': () => import('../messages/zh-CN.json', { with: { type: 'json' } }),
    en: () => import('../messages/en.json', { with: { type: 'json' } }),
  },
  nav: [
    {
      key: 'apps',
      path: '/apps',
      label: { 'zh-CN': '应用平台', en: 'Platforms' },
      icon: 'globe',
      group: 'mine',
      order: 60,
    },
    {
      key: 'platforms',
      path: '/platforms',
      label: { 'zh-CN': '平台登记', en: 'Register of platforms' },
      icon: 'link',
      group: 'system',
      permission: 'sso.platform.read',
      order: 30,
    },
  ],
  routes: [
    { path: '/apps', load: () => import('./Apps.tsx') },
    { path: '/platforms', permission: 'sso.platform.read', load: () => import('./Platforms.tsx') },
    { path: '/platforms/new', permission: 'sso.platform.write', load: () => import('./RegisterPlatform.tsx') },
    { path: '/platforms/clean-up', permission: 'sso.platform.read', load: () => import('./CleanUp.tsx') },
    { path: '/platforms/$platformId', permission: 'sso.platform.read', load: () => import('./PlatformPage.tsx') },
    { path: '/platforms/$platformId/edit', permission: 'sso.platform.write', load: () => import('./EditPlatform.tsx') },
    { path: '/connect/trouble', public: true, load: () => import('./Trouble.tsx') },
    { path: '/connect/sign-out', public: true, load: () => import('./SignOut.tsx') },
    { path: '/connect/signed-out', public: true, load: () => import('./SignedOut.tsx') },
    { path: '/connect/there', public: true, load: () => import('./There.tsx') },
    { path: '/connect/$uid', public: true, load: () => import('./Connect.tsx') },
  ],
  home: [
    {
      key: 'apps',
      roles: ['teacher'],
      slot: 'standing',
      order: 70,
      height: 64,
      load: () => import('./AppsCard.tsx'),
    },
  ],
}
