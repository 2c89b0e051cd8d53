/** What the policy of an organisation says today, for parts of the platform that lie below policy. */
import { Refusal } from '../base/errors.ts'
import type { House } from '../platform/access/index.ts'
import { authorityOf, parameters } from '../platform/policy/index.ts'

/** A whole number; undefined where no authority is named or none says anything. */
export const parameterOf: NonNullable<House['parameter']> = async (act, orgId, id) => {
  try {
    const held = await parameters(act, await authorityOf(act, orgId))
    const value = held.unitOf(id) === undefined ? undefined : held.find(id, act.today)?.value
    return typeof value === 'number' && Number.isSafeInteger(value) ? value : undefined
  } catch (error) {
    if (error instanceof Refusal) return undefined
    throw error
  }
}
