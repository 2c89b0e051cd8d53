/** Who is signed in, accounts and roles; sign-in and oversight room by room. */
import { implement } from '@orpc/server'
import { accessContract } from './contract.ts'
import { guard } from './guard.ts'
import type { RequestContext } from './house.ts'
import { oversightApi } from './oversight/api.ts'
import { accountsInScope, doorOf, meOf, permissionMatrix } from './queries.ts'
import { secondApi } from './second/api.ts'
import { createAccount, endRole, grantRole, resetPassword, setDisabled } from './service.ts'
import type { Asker } from './standing.ts'
import type { AccessTables } from './tables.ts'

const os = implement(accessContract).$context<RequestContext>().use(guard<AccessTables>())

/** The gate lets nobody in here who has not signed in. */
const askerOf = ({ actor, house }: RequestContext): Asker => ({ actor: actor!, permissions: house.permissions })

export const accessApi = os.router({
  me: os.me.handler(({ context: { act, house, actor } }) => (actor ? meOf(act, house, actor) : null)),
  door: os.door.handler(({ context: { house } }) => doorOf(house)),
  setLocale: os.setLocale.handler(async ({ context, input }) => {
    await context.act.tx
      .updateTable('access.account')
      .set({ locale: input.locale })
      .where('id', '=', context.act.actor.account)
      .execute()
    return {}
  }),
  matrix: os.matrix.handler(({ context }) => permissionMatrix(context.house)),
  accounts: os.accounts.handler(({ context, input }) => accountsInScope(context.act, input)),
  createAccount: os.createAccount.handler(({ context, input }) => createAccount(context.act, input)),
  resetPassword: os.resetPassword.handler(async ({ context, input }) => ({
    initialPassword: await resetPassword(context.act, askerOf(context), input.accountId),
  })),
  disableAccount: os.disableAccount.handler(async ({ context, input }) => {
    await setDisabled(context.act, askerOf(context), input.accountId, input.disabled)
    return {}
  }),
  grantRole: os.grantRole.handler(async ({ context, input }) => {
    await grantRole(context.act, askerOf(context), input)
    return {}
  }),
  endRole: os.endRole.handler(async ({ context, input }) => {
    await endRole(context.act, askerOf(context), input)
    return {}
  }),
  ...secondApi,
  ...oversightApi,
})
