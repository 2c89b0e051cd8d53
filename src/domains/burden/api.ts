/** The burden register over the API. */
import { implement } from '@orpc/server'
import { guard, type RequestContext } from '../../platform/access/index.ts'
import { exportAnswer } from './answers/export.ts'
import { board, exportBoard } from './board/board.ts'
import { burdenContract } from './contract.ts'
import { cleanUp, review } from './lists/apps.ts'
import { addListed, endListed, lists, setBase } from './lists/lists.ts'
import { match } from './register/held.ts'
import { asked, choices, exportItems, item, items } from './register/queries.ts'
import { decide, register, withdraw } from './register/register.ts'
import { answerReport, markDone, ownReports, places, report, reports } from './reports/reports.ts'
import { labelsIn } from './rules/match.ts'

const os = implement(burdenContract).$context<RequestContext>().use(guard())
const done = async (work: Promise<unknown>): Promise<Record<string, never>> => {
  await work
  return {}
}

export const burdenApi = os.router({
  register: os.register.handler(({ context: { act }, input }) => register(act, input)),
  preview: os.preview.handler(({ input }) => match(labelsIn(input.text))),
  schools: os.schools.handler(({ context: { act } }) => choices(act)),
  items: os.items.handler(({ context: { act }, input }) => items(act, input)),
  item: os.item.handler(({ context: { act }, input }) => item(act, input.itemId)),
  withdraw: os.withdraw.handler(({ context: { act }, input }) => done(withdraw(act, input.itemId, input.reason))),
  decide: os.decide.handler(({ context: { act }, input }) => decide(act, input.itemId, input.let, input.reason)),
  exportItems: os.exportItems.handler(({ context: { act }, input }) => exportItems(act, input.locale)),
  exportAnswer: os.exportAnswer.handler(({ context: { act }, input }) => exportAnswer(act, input.itemId, input.locale)),
  lists: os.lists.handler(({ context: { act } }) => lists(act)),
  addListed: os.addListed.handler(({ context: { act }, input }) => addListed(act, input)),
  endListed: os.endListed.handler(({ context: { act }, input }) => done(endListed(act, input.listedId, input.from))),
  setBase: os.setBase.handler(({ context: { act }, input }) => done(setBase(act, input.items))),
  cleanUp: os.cleanUp.handler(async ({ context: { act }, input }) => {
    const year = input.year ?? Number(act.today.slice(0, 4))
    return { year, rows: await cleanUp(act, year) }
  }),
  review: os.review.handler(({ context: { act }, input }) =>
    done(review(act, input.itemId, input.verdict, input.reason)),
  ),
  board: os.board.handler(({ context: { act }, input }) => board(act, input)),
  exportBoard: os.exportBoard.handler(({ context: { act }, input }) => exportBoard(act, input)),
  reports: os.reports.handler(({ context: { act } }) => reports(act)),
  answerReport: os.answerReport.handler(({ context: { act }, input }) =>
    done(answerReport(act, input.reportId, input.state, input.answer)),
  ),
  asked: os.asked.handler(({ context: { act } }) => asked(act)),
  markDone: os.markDone.handler(({ context: { act }, input }) => done(markDone(act, input.itemId, input.schoolId))),
  places: os.places.handler(({ context: { act } }) => places(act)),
  report: os.report.handler(({ context: { act }, input }) => report(act, input)),
  ownReports: os.ownReports.handler(({ context: { act } }) => ownReports(act)),
  ofMySchool: os.ofMySchool.handler(({ context: { act } }) => asked(act)),
})
