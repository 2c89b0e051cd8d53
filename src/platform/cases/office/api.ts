/** What offices do with cases. Whoever acts holds the role that was asked, at the organisation that was asked. */
import { implement } from '@orpc/server'
import { guard, type RequestContext } from '../../access/index.ts'
import { heldBy } from '../../inbox/index.ts'
import { officeProcedures } from '../contract/office.ts'
import type { CasesHouseParts } from '../parts.ts'
import { casePage } from './case-page.ts'
import { exportCases } from './export.ts'
import { casesOf, handledCalls } from './lists.ts'
import { pipeline } from './pipeline.ts'
import { bulkPreview } from './preview.ts'
import { printCase, printSummary } from './print.ts'
import { addSignerCases, handOverCases, reopenCase, sendBackCases, signCases, urgeCases } from './service.ts'
import { myTasks, taskCounts } from './tasks.ts'

const os = implement(officeProcedures).$context<RequestContext>().use(guard())

const nothing = async (work: Promise<unknown>) => {
  await work
  return {}
}

export const officeApi = (parts: CasesHouseParts) =>
  os.router({
    myTasks: os.myTasks.handler(({ context: { act, actor }, input }) => myTasks(act, heldBy(actor), input)),
    taskCounts: os.taskCounts.handler(({ context: { act, actor } }) => taskCounts(act, heldBy(actor))),
    handledCalls: os.handledCalls.handler(({ context: { act } }) => handledCalls(act)),
    pipeline: os.pipeline.handler(({ context: { act }, input }) => pipeline(act, input.callId)),
    casesOf: os.casesOf.handler(({ context: { act, actor }, input }) => casesOf(act, heldBy(actor), input)),
    exportCases: os.exportCases.handler(({ context: { act, actor }, input }) => exportCases(act, heldBy(actor), input)),
    printSummary: os.printSummary.handler(({ context: { act, actor }, input }) =>
      printSummary(act, parts, heldBy(actor), input),
    ),
    casePage: os.casePage.handler(({ context: { act, actor }, input }) =>
      casePage(act, parts.book, heldBy(actor), input),
    ),
    printCase: os.printCase.handler(({ context: { act, actor }, input }) =>
      printCase(act, parts, heldBy(actor), input),
    ),
    bulkPreview: os.bulkPreview.handler(({ context: { act, actor }, input }) => bulkPreview(act, heldBy(actor), input)),
    signCases: os.signCases.handler(({ context: { act, actor }, input }) => signCases(act, heldBy(actor), input)),
    sendBackCases: os.sendBackCases.handler(({ context: { act, actor }, input }) =>
      nothing(sendBackCases(act, heldBy(actor), input as Parameters<typeof sendBackCases>[2])),
    ),
    handOverCases: os.handOverCases.handler(({ context: { act, actor }, input }) =>
      nothing(handOverCases(act, heldBy(actor), input)),
    ),
    addSignerCases: os.addSignerCases.handler(({ context: { act, actor }, input }) =>
      nothing(addSignerCases(act, heldBy(actor), input)),
    ),
    urgeCases: os.urgeCases.handler(({ context: { act }, input }) => urgeCases(act, input.ids)),
    reopenCase: os.reopenCase.handler(({ context: { act }, input }) => nothing(reopenCase(act, input))),
  })
