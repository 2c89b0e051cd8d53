/** Signing in as a browser does, without one: cookies kept between calls, codes of an app made from its secret. */

import { createRouterClient } from '@orpc/server'
import { sql } from 'kysely'
import { TOTP } from 'otpauth'
import type { OpenHouse } from '../../../server/house.ts'
import { router } from '../../../server/modules.ts'
import { actorOfSession } from '../actors.ts'
import type { RequestContext } from '../house.ts'

/** One browser: its calls, and what it keeps between them. */
export function browserOf(house: OpenHouse, { agent = 'Chrome/Linux', ip = '10.0.0.1' } = {}) {
  const kept: { token?: string | undefined; device?: string } = {}
  const call = async () => {
    const context: RequestContext = {
      house,
      actor: kept.token ? await actorOfSession(house.db, kept.token) : null,
      ...(kept.token ? { token: kept.token } : {}),
      ...(kept.device ? { device: kept.device } : {}),
      ip,
      agent,
      setCookie: (token) => {
        kept.token = token ?? undefined
      },
      setDevice: (mark) => {
        kept.device = mark
      },
    }
    return createRouterClient(router, { context })
  }
  return { kept, call, access: async () => (await call()).access }
}

/** The code that the app shows now. */
export const codeOf = (secret: string): string =>
  new TOTP({ secret, algorithm: 'SHA1', digits: 6, period: 30 }).generate()

/** As if the next thirty seconds had begun: the code that was just used may be used once more. */
export const nextStep = (house: OpenHouse) => sql`update access.totp set last_step = 0`.execute(house.owner)
