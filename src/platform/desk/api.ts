/** The procedures of the inbox, of background tasks, of files and of the audit trail. */
import { implement } from '@orpc/server'
import { guard, type RequestContext } from '../access/index.ts'
import { trailOf, trailStatus } from '../audit/index.ts'
import { type FilesTables, fileOf } from '../files/index.ts'
import { heldBy, type InboxTables, inboxCountOf, inboxOf, markRead } from '../inbox/index.ts'
import { cancelRun, type JobsTables, runOf, runs } from '../jobs/index.ts'
import { deskContract } from './contract.ts'

const os = implement(deskContract).$context<RequestContext>().use(guard<FilesTables & InboxTables & JobsTables>())

export const deskApi = os.router({
  inbox: os.inbox.handler(({ context: { act, actor }, input }) => inboxOf(act, heldBy(actor), input)),
  inboxCount: os.inboxCount.handler(({ context: { act, actor } }) => inboxCountOf(act, heldBy(actor))),
  markRead: os.markRead.handler(async ({ context: { act }, input }) => ({ marked: await markRead(act, input.ids) })),

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
  verifyTrail: os.verifyTrail.handler(({ context: { act, house } }) => trailStatus(act, house.witness)),

  file: os.file.handler(({ context: { act }, input }) => fileOf(act, input.id)),
})
