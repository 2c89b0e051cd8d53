/** Figures that the policy of an organisation sets, or these where its authority says nothing. */
import type { House } from '../access/index.ts'
import type { Act } from '../db/index.ts'

type Setting = { parameter: string; otherwise: number }

/** Days that a token may hold at most. */
export const TOKEN_DAYS: Setting = { parameter: 'provisioning.token_days', otherwise: 365 }
/** Times that one message is tried before it is given up. */
export const ATTEMPTS: Setting = { parameter: 'provisioning.webhook_attempts', otherwise: 10 }
/** Failures in a row after which nothing more is sent until somebody has looked. */
export const PAUSE_AFTER: Setting = { parameter: 'provisioning.webhook_pause_after', otherwise: 15 }
/** Hours in which a secret that was replaced signs as well. */
export const OVERLAP_HOURS: Setting = { parameter: 'provisioning.secret_overlap_hours', otherwise: 24 }

export const settingOf = async <T>(
  act: Act<T>,
  { parameter }: House,
  orgId: string,
  setting: Setting,
): Promise<number> => (await parameter?.(act, orgId, setting.parameter)) ?? setting.otherwise
