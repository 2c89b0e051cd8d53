/** Who must have a second factor: whoever holds a role that sees other people's data; from when on, policy and the house say. */
import { sql } from 'kysely'
import { addDays } from '../../../base/dates.ts'
import type { Act } from '../../db/index.ts'
import { notify } from '../../inbox/index.ts'
import type { Assignment } from '../actors.ts'
import type { House } from '../house.ts'

/** Everybody but a teacher sees what is others'. */
const seesOthers = ({ role }: Assignment): boolean => role !== 'teacher'

/** `due`: the last day without one; null before it has begun to run. */
export type Duty = { state: 'asked' | 'enforced'; due: string | null }

/** What the parameter says of one organisation, or this many days where its authority says nothing. */
const GRACE = { parameter: 'access.second_factor_grace_days', otherwise: 30 }

/** Null where no role asks for a second factor. */
export function dutyOf(house: House, assignments: readonly Assignment[], due: string | null): Duty | null {
  if (!assignments.some(seesOthers)) return null
  const { secondFactor, production } = house.settings
  return { state: secondFactor ?? (production ? 'enforced' : 'asked'), due }
}

/** Whether nothing else may be done before a second factor has been set up. */
export const isOverdue = (duty: Duty | null, today: string): boolean =>
  duty?.state === 'enforced' && duty.due !== null && today > duty.due

/**
 * Notes the last day without a second factor when the duty is met for the first time. Runs as the account itself.
 * @returns the duty with its day
 */
export async function beginDuty<T>(
  act: Act<T>,
  house: House,
  assignments: readonly Assignment[],
): Promise<Duty | null> {
  const duty = dutyOf(house, assignments, null)
  if (!duty) return null
  const { rows } = await sql<{ due: string | null }>`select a.second_due as due from access.account a
    where a.id = ${act.actor.account}`.execute(act.tx)
  if (rows[0]?.due) return { ...duty, due: rows[0].due }
  const { orgId } = assignments.find(seesOthers)!
  const days = (await house.parameter?.(act, orgId, GRACE.parameter)) ?? GRACE.otherwise
  const due = addDays(act.today, days)
  await sql`update access.account set second_due = ${due} where id = ${act.actor.account}`.execute(act.tx)
  if (duty.state === 'enforced')
    await notify(act, [
      {
        accountId: act.actor.account!,
        kind: 'todo',
        code: 'access.todo.second_factor',
        link: '/account/security',
        due,
        key: DUTY_KEY,
      },
    ])
  return { ...duty, due }
}

/** What the to-do is about: settled when a second factor was set up. */
export const DUTY_KEY = 'access.second_factor'
