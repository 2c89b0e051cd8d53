/** What offices do with cases. Whoever acts holds the role that was asked, at the organisation that was asked. */
import { implement } from '@orpc/server'
import { guard, type RequestContext } from '../../access/index.ts'
import type { Act } from '../../db/index.ts'
import { heldBy } from '../../inbox/index.ts'
import { handOut, noteLooks } from '../../privacy/index.ts'
import { officeProcedures } from '../contract/office.ts'
import type { CasesHouseParts } from '../parts.ts'
import { casePage, caseRowOf } from './case-page.ts'
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

/** Whoever applied can read who of the offices opened, printed or took away what they wrote. */
const looked = ({ house, actor, act }: RequestContext & { act: Act }, personIds: string[]): void => {
  if (personIds.length > 0) noteLooks(house, actor, act.permission, personIds, 'cases.application')
}

export const officeApi = (parts: CasesHouseParts) =>
  os.router({
    myTasks: os.myTasks.handler(({ context: { act, actor }, input }) => myTasks(act, heldBy(actor), input)),
    taskCounts: os.taskCounts.handler(({ context: { act, actor } }) => taskCounts(act, heldBy(actor))),
    handledCalls: os.handledCalls.handler(({ context: { act } }) => handledCalls(act)),
    pipeline: os.pipeline.handler(({ context: { act }, input }) => pipeline(act, input.callId)),
    casesOf: os.casesOf.handler(({ context: { act, actor }, input }) => casesOf(act, heldBy(actor), input)),
    exportCases: os.exportCases.handler(async ({ context, input }) => {
      const { file, personIds } = await exportCases(context.act, heldBy(context.actor), input)
      looked(context, personIds)
      return handOut(context, { purpose: '导出申报名单', kinds: ['cases.application'] }, { file, personIds })
    }),
    printSummary: os.printSummary.handler(({ context: { act, actor }, input }) =>
      printSummary(act, parts, heldBy(actor), input),
    ),
    casePage: os.casePage.handler(async ({ context, input }) => {
      const page = await casePage(context.act, parts.book, heldBy(context.actor), input)
      looked(context, page.case.personId ? [page.case.personId] : [])
      return page
    }),
    printCase: os.printCase.handler(async ({ context, input }) => {
      const held = heldBy(context.actor)
      const { personId } = await caseRowOf(context.act, held, input.applicationId)
      const paper = await printCase(context.act, parts, held, input)
      looked(context, personId ? [personId] : [])
      return paper
    }),
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
