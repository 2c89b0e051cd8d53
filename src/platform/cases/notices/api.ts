/** Public notices. What needs no sign-in goes through the doors of the database alone and keeps nothing about who knocks. */
import { implement } from '@orpc/server'
import { guard, type RequestContext } from '../../access/index.ts'
import { heldBy } from '../../inbox/index.ts'
import { noticeProcedures } from '../contract/notices.ts'
import type { CasesHouseParts } from '../parts.ts'
import { type Answer, answerObjection, revealObjector } from './answer.ts'
import { notices, noticesDue, objections } from './lists.ts'
import { printNotice } from './print.ts'
import { checkNotice, objectionByReceipt, publicNotice, raiseObjection } from './public.ts'
import { noticePreview, publishNotice, withdrawNotice } from './publish.ts'

const os = implement(noticeProcedures).$context<RequestContext>().use(guard())

const nothing = async (work: Promise<unknown>) => {
  await work
  return {}
}

export const noticeApi = (parts: CasesHouseParts) =>
  os.router({
    noticesDue: os.noticesDue.handler(({ context: { act, actor } }) => noticesDue(act, heldBy(actor))),
    noticePreview: os.noticePreview.handler(({ context: { act, actor }, input }) =>
      noticePreview(act, heldBy(actor), input),
    ),
    publishNotice: os.publishNotice.handler(({ context: { act, actor }, input }) =>
      publishNotice(act, heldBy(actor), input),
    ),
    withdrawNotice: os.withdrawNotice.handler(({ context: { act, actor }, input }) =>
      nothing(withdrawNotice(act, heldBy(actor), input)),
    ),
    notices: os.notices.handler(({ context: { act }, input }) => notices(act, input)),
    objections: os.objections.handler(({ context: { act, actor }, input }) => objections(act, heldBy(actor), input)),
    revealObjector: os.revealObjector.handler(({ context: { act, actor, house }, input }) =>
      revealObjector(act, house, heldBy(actor), input),
    ),
    answerObjection: os.answerObjection.handler(({ context: { act, actor }, input }) =>
      nothing(answerObjection(act, heldBy(actor), input as Answer)),
    ),
    publicNotice: os.publicNotice.handler(({ context: { act }, input }) => publicNotice(act, input.code)),
    printNotice: os.printNotice.handler(({ context: { act, house }, input }) => printNotice(act, house, parts, input)),
    checkNotice: os.checkNotice.handler(({ context: { act }, input }) => checkNotice(act, input.code, input.copy)),
    raiseObjection: os.raiseObjection.handler(({ context: { act, house }, input }) =>
      raiseObjection(act, house, input),
    ),
    objectionByReceipt: os.objectionByReceipt.handler(({ context: { act }, input }) =>
      objectionByReceipt(act, input.receipt),
    ),
  })
