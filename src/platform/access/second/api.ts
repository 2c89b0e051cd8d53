/** Signing in by steps, one's own second factors and sessions. */
import { implement } from '@orpc/server'
import { Refusal } from '../../../base/errors.ts'
import { accessContract } from '../contract.ts'
import { guard } from '../guard.ts'
import type { RequestContext } from '../house.ts'
import { closeOthers, endOwnSession, sessionsOf, signInsOf } from '../sessions/end.ts'
import type { Entered } from '../sessions/open.ts'
import { changePassword, signIn, signOut } from '../sessions/sign-in.ts'
import type { AccessTables } from '../tables.ts'
import { completeByCode, enterByPasskey, passkeyChallenge } from './enter.ts'
import { beginApp, confirmApp, confirmSelf, keepPasskey, makeCodes, removeFactor, securityOf } from './own.ts'
import { askToAdd } from './passkeys.ts'

const os = implement(accessContract).$context<RequestContext>().use(guard<AccessTables>())

/** What the browser learns; the token travels in the cookie alone. */
const told = ({ mustChangePassword, mustAddSecond, second }: Entered) => ({ mustChangePassword, mustAddSecond, second })
const NOT_IN = { mustChangePassword: false, mustAddSecond: false, second: null }

export const secondApi = {
  signIn: os.signIn.handler(async ({ context, input }) => {
    const outcome = await signIn(context.act, input.login, input.password, context)
    // The failed attempt must be counted, so the transaction ends well and the refusal is the answer.
    if (!(outcome instanceof Refusal)) return told(outcome)
    context.refuseAfterCommit(outcome)
    return NOT_IN
  }),
  completeSignIn: os.completeSignIn.handler(async ({ context, input }) => {
    const outcome = await completeByCode(context.act, context, input.code)
    if (!(outcome instanceof Refusal)) return told(outcome)
    context.refuseAfterCommit(outcome)
    return NOT_IN
  }),
  passkeyChallenge: os.passkeyChallenge.handler(({ context, input }) =>
    passkeyChallenge(context.act, context, input.alone),
  ),
  signInByPasskey: os.signInByPasskey.handler(async ({ context, input }) =>
    told(await enterByPasskey(context.act, context, input)),
  ),
  signOut: os.signOut.handler(async ({ context }) => {
    if (context.token) await signOut(context.act, context.token)
    context.setCookie?.(null)
    return {}
  }),
  changePassword: os.changePassword.handler(async ({ context, input }) => {
    await changePassword(context.act, input, context.token)
    return {}
  }),

  security: os.security.handler(({ context: { act, house, actor } }) => securityOf(act, house, actor!)),
  beginApp: os.beginApp.handler(({ context: { act, house, actor }, input }) =>
    beginApp(act, house, { login: actor!.login, name: input.name }),
  ),
  confirmApp: os.confirmApp.handler(async ({ context: { act, house, token }, input }) => ({
    codes: await confirmApp(act, house, { ...input, token }),
  })),
  beginPasskey: os.beginPasskey.handler(({ context: { act, house, actor } }) => askToAdd(act, house, actor!.login)),
  addPasskey: os.addPasskey.handler(async ({ context: { act, house, token }, input }) => ({
    codes: await keepPasskey(act, house, { ...input, token }),
  })),
  removeFactor: os.removeFactor.handler(async ({ context: { act, house, actor }, input }) => {
    await removeFactor(act, house, actor!, input.id)
    return {}
  }),
  newRecoveryCodes: os.newRecoveryCodes.handler(async ({ context: { act, house } }) => ({
    codes: await makeCodes(act, house),
  })),
  confirm: os.confirm.handler(async ({ context, input }) => {
    const refusal = await confirmSelf(context.act, context.house, context.token, input)
    if (refusal) context.refuseAfterCommit(refusal)
    return {}
  }),

  sessions: os.sessions.handler(({ context: { act, token } }) => sessionsOf(act, act.actor.account!, token)),
  endSession: os.endSession.handler(async ({ context: { act }, input }) => {
    await endOwnSession(act, input.id)
    return {}
  }),
  closeOtherSessions: os.closeOtherSessions.handler(async ({ context: { act, token } }) => {
    await closeOthers(act, act.actor.account!, token)
    return {}
  }),
  signIns: os.signIns.handler(({ context: { act } }) => signInsOf(act, act.actor.account!)),
}
