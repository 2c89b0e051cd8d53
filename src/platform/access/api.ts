/** Sign-in, one's own account, accounts and roles. */
import { implement } from '@orpc/server'
import { Refusal } from '../../base/errors.ts'
import { accessContract } from './contract.ts'
import { guard } from './guard.ts'
import type { RequestContext } from './house.ts'
import { accountsInScope, doorOf, meOf, ownSessions, permissionMatrix } from './queries.ts'
import {
  changePassword,
  closeOthers,
  createAccount,
  endRole,
  grantRole,
  resetPassword,
  setDisabled,
  signIn,
  signOut,
} from './service.ts'
import type { Asker } from './standing.ts'
import type { AccessTables } from './tables.ts'

const os = implement(accessContract).$context<RequestContext>().use(guard<AccessTables>())

/** The gate lets nobody in here who has not signed in. */
const askerOf = ({ actor, house }: RequestContext): Asker => ({ actor: actor!, permissions: house.permissions })

export const accessApi = os.router({
  me: os.me.handler(({ context: { act, house, actor } }) => (actor ? meOf(act, house, actor) : null)),
  door: os.door.handler(({ context: { house } }) => doorOf(house)),
  signIn: os.signIn.handler(async ({ context, input }) => {
    const outcome = await signIn(context.act, input.login, input.password, context)
    // The failed attempt must be counted, so the transaction ends well and the refusal is the answer.
    if (outcome instanceof Refusal) {
      context.refuseAfterCommit(outcome)
      return { mustChangePassword: false }
    }
    context.setCookie?.(outcome.token)
    return { mustChangePassword: outcome.mustChange }
  }),
  signOut: os.signOut.handler(async ({ context }) => {
    if (context.token) await signOut(context.act, context.token)
    context.setCookie?.(null)
    return {}
  }),
  changePassword: os.changePassword.handler(async ({ context, input }) => {
    await changePassword(context.act, input, context.token)
    return {}
  }),
  setLocale: os.setLocale.handler(async ({ context, input }) => {
    await context.act.tx
      .updateTable('access.account')
      .set({ locale: input.locale })
      .where('id', '=', context.act.actor.account)
      .execute()
    return {}
  }),
  sessions: os.sessions.handler(({ context }) => ownSessions(context.act, context.token)),
  closeOtherSessions: os.closeOtherSessions.handler(async ({ context }) => {
    await closeOthers(context.act, context.act.actor.account!, context.token)
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
})
