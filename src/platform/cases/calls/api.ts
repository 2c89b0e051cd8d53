/** Calls: what packs offer, drafts, publishing, amendments. */
import { implement } from '@orpc/server'
import { guard, type RequestContext, type SignedIn, scopeOf } from '../../access/index.ts'
import { callProcedures } from '../contract/calls.ts'
import type { CasesHouseParts } from '../parts.ts'
import { amendCall, endCall } from './amend.ts'
import { dryRun } from './dry-run.ts'
import { setPlaces, sharePlaces } from './places.ts'
import { publishCall } from './publish.ts'
import { callDetail, callSource, callsFor, templatesFor, type Writes } from './queries.ts'
import { checkedCall, createCall, dropCall, orgOf, saveCall } from './service.ts'

const os = implement(callProcedures).$context<RequestContext>().use(guard())

/** Where the asker writes calls: they read them under another permission. */
const writesOf = ({ house, actor }: Pick<RequestContext, 'house' | 'actor'>): Writes => {
  const permission = 'cases.call.write'
  const may = actor?.assignments.some(({ role }) => house.permissions.holds(role, permission)) ?? false
  return may ? scopeOf(house.permissions, actor as SignedIn, permission).paths : []
}

export const callApi = ({ book }: CasesHouseParts) => ({
  callTemplates: os.callTemplates.handler(({ context: { act }, input }) => templatesFor(act, input.orgId)),
  calls: os.calls.handler(({ context: { act, ...who }, input }) => callsFor(act, input, writesOf(who))),
  call: os.call.handler(({ context: { act, ...who }, input }) => callDetail(act, book, input.callId, writesOf(who))),
  callSource: os.callSource.handler(({ context: { act }, input }) => callSource(act, input.callId)),
  createCall: os.createCall.handler(({ context: { act }, input }) => createCall(act, book, input)),
  checkCall: os.checkCall.handler(async ({ context: { act }, input }) => ({
    problems: (await checkedCall(act, book, await orgOf(act, input.orgId), input.source)).problems,
  })),
  saveCall: os.saveCall.handler(({ context: { act }, input }) => saveCall(act, book, input)),
  sharePlaces: os.sharePlaces.handler(({ context: { act }, input }) => sharePlaces(act, book, input)),
  setPlaces: os.setPlaces.handler(({ context: { act }, input }) => setPlaces(act, input)),
  dryRunCall: os.dryRunCall.handler(({ context: { act }, input }) => dryRun(act, input)),
  publishCall: os.publishCall.handler(async ({ context: { act }, input }) => {
    await publishCall(act, book, input)
    return {}
  }),
  amendCall: os.amendCall.handler(async ({ context: { act }, input }) => {
    await amendCall(act, input)
    return {}
  }),
  endCall: os.endCall.handler(async ({ context: { act }, input }) => {
    await endCall(act, input)
    return {}
  }),
  dropCall: os.dropCall.handler(async ({ context: { act }, input }) => {
    await dropCall(act, input)
    return {}
  }),
})
