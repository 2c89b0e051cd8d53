/** What follows from the act of somebody who sees only their own, but is an office's to do. */
import { type Act, SYSTEM, within } from '../../db/index.ts'

type As = { orgPath: string; permission: string }

/**
 * Done by the product itself within the office's scope, in the same transaction. The asker's own scope is taken up again afterwards,
 * so nothing of the office's is seen by them.
 */
export async function asOffice<T, R>(
  act: Act<T>,
  { orgPath, permission }: As,
  work: (office: Act<T>) => Promise<R>,
): Promise<R> {
  const ask = { actor: SYSTEM, scope: { paths: [orgPath], self: false }, permission, at: act.now }
  const answer = await within(act.tx, ask, work)
  await within(act.tx, { actor: act.actor, scope: act.scope, permission: act.permission, at: act.now }, async () => {})
  return answer
}
