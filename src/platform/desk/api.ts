/** The procedures of the inbox, of background tasks, of files and of the audit trail. */
import { implement } from '@orpc/server'
import { guard, type House, type RequestContext } from '../access/index.ts'
import { totalsForAuditor, trailOf, trailStatus } from '../audit/index.ts'
import { type FilesTables, fileOf } from '../files/index.ts'
import {
  claimAddress,
  confirmAddress,
  heldBy,
  type InboxTables,
  inboxAreas,
  inboxCountOf,
  inboxOf,
  makeFeed,
  markAllRead,
  markRead,
  noticesOf,
  removeAddress,
  revokeFeed,
  setWishes,
} from '../inbox/index.ts'
import { cancelRun, type JobsTables, runOf, runs } from '../jobs/index.ts'
import { deskContract } from './contract.ts'

const os = implement(deskContract).$context<RequestContext>().use(guard<FilesTables & InboxTables & JobsTables>())

const done = {}
const mailOn = ({ settings }: House): boolean => settings.mail !== undefined

export const deskApi = os.router({
  inbox: os.inbox.handler(({ context: { act, actor }, input }) => inboxOf(act, heldBy(actor), input)),
  inboxCount: os.inboxCount.handler(({ context: { act, actor } }) => inboxCountOf(act, heldBy(actor))),
  markRead: os.markRead.handler(async ({ context: { act }, input }) => ({ marked: await markRead(act, input.ids) })),
  inboxAreas: os.inboxAreas.handler(({ context: { act, actor }, input }) => inboxAreas(act, heldBy(actor), input.kind)),
  markAllRead: os.markAllRead.handler(async ({ context: { act, actor }, input }) => ({
    marked: await markAllRead(act, heldBy(actor), input),
  })),

  notices: os.notices.handler(({ context: { act, house } }) => noticesOf(act, mailOn(house))),
  setNotices: os.setNotices.handler(({ context: { act }, input }) => setWishes(act, input).then(() => done)),
  claimAddress: os.claimAddress.handler(({ context: { act, house, actor }, input }) =>
    claimAddress(act, { keys: house.key, mail: mailOn(house), locale: actor!.locale }, input.address).then(() => done),
  ),
  confirmAddress: os.confirmAddress.handler(async ({ context: { act, house, actor, refuseAfterCommit }, input }) => {
    const wrong = await confirmAddress(act, { keys: house.key, locale: actor!.locale }, input.code)
    // The failed attempt must be counted, so the transaction ends well and the refusal is the answer.
    if (wrong) refuseAfterCommit(wrong)
    return done
  }),
  removeAddress: os.removeAddress.handler(({ context: { act } }) => removeAddress(act).then(() => done)),
  makeFeed: os.makeFeed.handler(async ({ context: { act, house } }) => ({
    url: `${house.settings.publicUrl}/calendar/${await makeFeed(act)}.ics`,
  })),
  revokeFeed: os.revokeFeed.handler(({ context: { act } }) => revokeFeed(act).then(() => done)),

  job: os.job.handler(({ context: { act }, input }) => runOf(act, input.id)),
  jobs: os.jobs.handler(({ context: { act }, input }) => runs(act, { own: true, ...input })),
  cancelJob: os.cancelJob.handler(async ({ context: { act }, input }) => {
    await cancelRun(act, input.id)
    return {}
  }),
  jobsInScope: os.jobsInScope.handler(({ context: { act }, input }) => runs(act, { own: false, ...input })),
  stopJob: os.stopJob.handler(async ({ context: { act }, input }) => {
    await cancelRun(act, input.id)
    return {}
  }),

  trail: os.trail.handler(async ({ context: { act, house }, input }) => {
    const page = await trailOf(act, input)
    const rows = page.rows.map((row) => {
      const known = house.permissions.all.find(({ id }) => id === row.permission)
      return { ...row, permissionName: known ? { zh: known.zh, en: known.en } : null }
    })
    return { ...page, rows }
  }),
  trailTotals: os.trailTotals.handler(({ context: { act, house } }) => totalsForAuditor(act, house.key)),
  verifyTrail: os.verifyTrail.handler(({ context: { act, house } }) => trailStatus(act, house.witness)),

  file: os.file.handler(({ context: { act }, input }) => fileOf(act, input.id)),
})
