/** The door of provisioning: rosters that other systems ask for (SCIM 2.0), and word that is sent to them when something happens. */
import type { House, Permission } from '../access/index.ts'
import { provisioningApi } from './api.ts'
import { scimRoutes } from './scim/routes.ts'
import type { RosterSource } from './scim/sources.ts'
import { fanOut } from './webhooks/fan-out.ts'
import { sendRound } from './webhooks/send.ts'

export { provisioningHoldings } from './holdings.ts'
export type { RosterSource } from './scim/sources.ts'
export { provisioningKept } from './webhooks/secrets.ts'

/** The API, the doors of the protocol and the sending, with what other modules know about people. */
export function provisioningOf(sources: readonly RosterSource[]) {
  return {
    api: provisioningApi(sources),
    routes: scimRoutes(sources),
    beat: {
      name: 'provisioning',
      run: async (house: House): Promise<void> => {
        for (let more = true; more; ) more = (await fanOut(house)) > 0
        await sendRound(house)
      },
    },
  }
}

export const provisioningPermissions: Permission[] = [
  {
    id: 'provisioning.read',
    roles: ['administrator', 'security', 'commission', 'auditor'],
    zh: '查看系统对接',
    en: 'See what other systems are given',
  },
  {
    id: 'provisioning.write',
    roles: ['administrator', 'security'],
    zh: '管理系统对接令牌与事件推送',
    en: 'Manage tokens and word for other systems',
  },
]
