/** The API without HTTP: the same procedures under the same permissions, for somebody who acts from inside the program. */
import { createRouterClient } from '@orpc/server'
import { actorOfAccount, type House, type SignedIn } from '../platform/access/index.ts'
import { router } from './modules.ts'

export const callAs = (house: House, actor: SignedIn) => createRouterClient(router, { context: { house, actor } })
export type Caller = ReturnType<typeof callAs>

/** A caller for an account; its roles are read once. */
export async function callerFor(house: House, account: string): Promise<Caller> {
  const actor = await actorOfAccount(house.db, account)
  if (!actor) throw new Error(`no such account: ${account}`)
  return callAs(house, actor)
}
