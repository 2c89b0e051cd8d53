/** The privacy door: what is held about people and why, and what they may ask for. Modules declare what they hold; the composition root brings it here. */
import type { House, Permission } from '../access/index.ts'
import type { Kept } from '../cipher/index.ts'
import type { Act } from '../db/index.ts'
import type { AnyJob } from '../jobs/index.ts'
import { privacyApi } from './api.ts'
import { publishNotice } from './notice/notice.ts'
import { exportJob } from './own/export.ts'
import type { Registry } from './registry.ts'
import { lapse } from './retention/lapse.ts'

export { privacyHoldings } from './holdings.ts'
export { privacyKept } from './own/export.ts'
export { loadHeld, Registry } from './registry.ts'
export { looksWritten, noteLooks } from './sharing/looks.ts'
export { handOut, type Listed, noteSharing, noteSharingOf, type Shared } from './sharing/sharing.ts'

/** The API and the background work, over what modules declare and the sealed columns of the house. */
export function privacyOf(registry: Registry, kept: readonly Kept[]) {
  const job = exportJob(registry, kept)
  return {
    api: privacyApi(registry, job),
    jobs: [job] as AnyJob<House>[],
    daily: {
      name: 'privacy',
      permission: 'privacy.retention',
      run: async (act: Act): Promise<void> => {
        await publishNotice(act, registry)
        await lapse(act, registry)
      },
    },
  }
}

export const privacyPermissions: Permission[] = [
  {
    id: 'privacy.request.read',
    roles: ['commission', 'auditor'],
    zh: '查看个人信息请求',
    en: 'See requests about personal data',
  },
  {
    id: 'privacy.request.answer',
    roles: ['commission'],
    zh: '答复个人信息请求',
    en: 'Answer requests about personal data',
  },
  {
    id: 'privacy.contact.write',
    roles: ['commission', 'administrator'],
    zh: '维护个人信息保护联系方式',
    en: 'Keep whom people turn to about their data',
  },
  {
    id: 'privacy.retention',
    roles: ['administrator', 'security', 'auditor'],
    zh: '查看个人信息清单与到期清理',
    en: 'See what is held and what lapses',
  },
  {
    id: 'privacy.duty.read',
    roles: ['commission', 'security', 'auditor'],
    zh: '查看影响评估与泄露处置',
    en: 'See assessments of impact and what was done about leaks',
  },
  {
    id: 'privacy.duty.write',
    roles: ['commission', 'security'],
    zh: '登记影响评估与泄露处置',
    en: 'Keep assessments of impact and what was done about leaks',
  },
]
