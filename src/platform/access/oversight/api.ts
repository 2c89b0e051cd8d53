/** Guarding accounts, recovery by two people, roles in an emergency, the roles of trust, accounts of services. */
import { implement } from '@orpc/server'
import { accessContract } from '../contract.ts'
import { guard } from '../guard.ts'
import type { RequestContext } from '../house.ts'
import { accountSecurity, createServiceAccount, endAccountSession, warningsInScope } from './accounts.ts'
import { emergenciesInScope, endEmergency, takeEmergency } from './emergency.ts'
import { askRecovery, decideRecovery, recoveriesInScope } from './recovery.ts'
import { endTrust, grantTrust } from './trust.ts'

const os = implement(accessContract).$context<RequestContext>().use(guard())

export const oversightApi = {
  accountSecurity: os.accountSecurity.handler(({ context: { act }, input }) => accountSecurity(act, input.accountId)),
  accountWarnings: os.accountWarnings.handler(({ context: { act } }) => warningsInScope(act)),
  endAccountSession: os.endAccountSession.handler(async ({ context: { act }, input }) => {
    await endAccountSession(act, input.accountId, input.sessionId)
    return {}
  }),

  askRecovery: os.askRecovery.handler(async ({ context: { act }, input }) => ({
    recoveryId: await askRecovery(act, input),
  })),
  recoveries: os.recoveries.handler(({ context: { act } }) => recoveriesInScope(act)),
  decideRecovery: os.decideRecovery.handler(({ context: { act, house, actor }, input }) =>
    decideRecovery(act, house, { actor: actor!, permissions: house.permissions }, input),
  ),

  takeEmergency: os.takeEmergency.handler(({ context: { act, house }, input }) => takeEmergency(act, house, input)),
  endOwnEmergency: os.endOwnEmergency.handler(async ({ context: { act }, input }) => {
    await endEmergency(act, { accountId: act.actor.account!, ...input })
    return {}
  }),
  emergencies: os.emergencies.handler(({ context: { act } }) => emergenciesInScope(act)),
  endEmergency: os.endEmergency.handler(async ({ context: { act }, input }) => {
    await endEmergency(act, input)
    return {}
  }),

  grantTrust: os.grantTrust.handler(async ({ context: { act }, input }) => {
    await grantTrust(act, input)
    return {}
  }),
  endTrust: os.endTrust.handler(async ({ context: { act }, input }) => {
    await endTrust(act, input)
    return {}
  }),

  createServiceAccount: os.createServiceAccount.handler(async ({ context: { act }, input }) => ({
    id: await createServiceAccount(act, input),
  })),
}
