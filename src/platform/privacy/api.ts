/** One's own data over the API, and the office that answers for it. */
import { implement } from '@orpc/server'
import { notFound } from '../../base/errors.ts'
import { guard, type RequestContext } from '../access/index.ts'
import { privacyContract } from './contract.ts'
import { dutyApi } from './duties/api.ts'
import { noticeOf, setContact } from './notice/notice.ts'
import { type ExportJob, exportsOf, requestExport, takeExport } from './own/export.ts'
import type { Registry } from './registry.ts'
import { ownRequests, requestsInScope, restrictionsInScope } from './requests/queries.ts'
import { answer, ask, lift, withdraw } from './requests/service.ts'
import { lapsedBefore, lapsing } from './retention/lapse.ts'
import { looksAt } from './sharing/looks.ts'
import { sharingsAbout } from './sharing/sharing.ts'

export const privacyApi = (registry: Registry, job: ExportJob) => {
  const os = implement(privacyContract).$context<RequestContext>().use(guard())
  return os.router({
    notice: os.notice.handler(({ context: { act } }) => noticeOf(act, registry)),
    requestExport: os.requestExport.handler(({ context: { act }, input }) => requestExport(act, job, input.locale)),
    exports: os.exports.handler(({ context: { act } }) => exportsOf(act)),
    takeExport: os.takeExport.handler(({ context: { act, house }, input }) =>
      takeExport(act, house.key, input.exportId),
    ),
    ask: os.ask.handler(({ context: { act }, input }) => ask(act, registry, input)),
    withdrawRequest: os.withdrawRequest.handler(async ({ context: { act }, input }) => {
      await withdraw(act, input.id)
      return {}
    }),
    ownRequests: os.ownRequests.handler(({ context: { act } }) => ownRequests(act, registry)),
    looks: os.looks.handler(({ context: { act } }) => looksAt(act, registry.reveals)),
    sharings: os.sharings.handler(({ context: { act } }) => sharingsAbout(act)),
    requests: os.requests.handler(({ context: { act }, input }) => requestsInScope(act, registry, input)),
    answer: os.answer.handler(({ context: { act }, input }) => answer(act, input)),
    restrictions: os.restrictions.handler(({ context: { act } }) => restrictionsInScope(act)),
    liftRestriction: os.liftRestriction.handler(async ({ context: { act }, input }) => {
      await lift(act, input.personId, input.reason)
      return {}
    }),
    terms: os.terms.handler(async ({ context: { act } }) => ({
      holdings: await lapsing(act, registry),
      past: await lapsedBefore(act),
    })),
    setContact: os.setContact.handler(async ({ context: { act }, input }) => {
      if (!(await setContact(act, input.orgId, input.contact))) throw notFound('organisation')
      return {}
    }),
    ...dutyApi,
  })
}
