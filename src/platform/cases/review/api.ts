/** The procedures of review: the office's and an expert's. */
import { implement } from '@orpc/server'
import { notFound } from '../../../base/errors.ts'
import { type AccessTables, guard, type RequestContext, type SignedIn, scopeOf } from '../../access/index.ts'
import { reviewProcedures } from '../contract/review.ts'
import { callOf } from '../flow/rows.ts'
import type { CasesHouseParts } from '../parts.ts'
import { assign, assignmentsOf, previewAssignment } from './assign.ts'
import { couldReview, declareRelation, dropRelation, relations } from './conflicts.ts'
import { myPaper, myPaperFile, myReviews } from './mine.ts'
import { importOutside } from './outside.ts'
import { preparePapers, setPaperFile } from './papers.ts'
import { addExpert, experts, importExperts, saveExpert } from './pool.ts'
import { callOfCase, reviewFigures, reviewPapers, reviewStages } from './queries.ts'
import { remindLate } from './remind.ts'
import { exportScores } from './scores.ts'
import { acceptScores, declineReview, saveReview, submitReview, takeBackReviews } from './service.ts'
import { expertTemplate } from './sheet.ts'

const os = implement(reviewProcedures).$context<RequestContext>().use(guard<AccessTables>())
const done = async (work: Promise<unknown>) => {
  await work
  return {}
}

/** Where the asker sees cases by name. @throws Refusal `access.forbidden` */
const seesCases = ({ house, actor }: Pick<RequestContext, 'house' | 'actor'>): string[] =>
  scopeOf(house.permissions, actor as SignedIn, 'cases.case.read').paths

export const reviewApi = (_parts: CasesHouseParts) => ({
  experts: os.experts.handler(({ context: { act }, input }) => experts(act, input.search)),
  addExpert: os.addExpert.handler(({ context: { act }, input }) => addExpert(act, input)),
  saveExpert: os.saveExpert.handler(({ context: { act }, input }) => done(saveExpert(act, input))),
  expertTemplate: os.expertTemplate.handler(({ input }) => expertTemplate(input.locale, input.outside)),
  importOutsideExperts: os.importOutsideExperts.handler(({ context: { act }, input }) =>
    importOutside(act, input.file),
  ),
  importExperts: os.importExperts.handler(({ context: { act }, input }) => importExperts(act, input.file)),
  relations: os.relations.handler(({ context: { act } }) => relations(act, false)),
  declareRelation: os.declareRelation.handler(({ context: { act }, input }) =>
    declareRelation(act, input.one, input.other, input),
  ),
  dropRelation: os.dropRelation.handler(({ context: { act }, input }) =>
    done(dropRelation(act, input.personId, input.id)),
  ),

  reviewStages: os.reviewStages.handler(({ context: { act } }) => reviewStages(act)),
  reviewPapers: os.reviewPapers.handler(({ context: { act }, input }) => reviewPapers(act, input)),
  preparePapers: os.preparePapers.handler(({ context: { act, house }, input }) => preparePapers(act, house, input)),
  setPaperFile: os.setPaperFile.handler(({ context: { act }, input }) => done(setPaperFile(act, input))),
  previewAssignment: os.previewAssignment.handler(({ context: { act }, input }) => previewAssignment(act, input)),
  assignReviews: os.assignReviews.handler(({ context: { act }, input }) => assign(act, input)),
  reviewAssignments: os.reviewAssignments.handler(({ context: { act }, input }) => assignmentsOf(act, input)),
  takeBackReviews: os.takeBackReviews.handler(({ context: { act }, input }) => takeBackReviews(act, input)),
  acceptScores: os.acceptScores.handler(({ context: { act }, input }) => acceptScores(act, input)),
  remindLate: os.remindLate.handler(({ context: { act }, input }) => remindLate(act, input)),
  exportScores: os.exportScores.handler(({ context, input }) =>
    exportScores(context.act, input, input.names ? seesCases(context) : []),
  ),
  reviewFigures: os.reviewFigures.handler(({ context: { act }, input }) => reviewFigures(act, input)),
  couldReview: os.couldReview.handler(async ({ context: { act }, input }) => {
    const callId = await callOfCase(act, input.applicationId)
    if (callId === null) throw notFound('application')
    return couldReview(act, await callOf(act, callId), input)
  }),

  ownRelations: os.ownRelations.handler(({ context: { act } }) => relations(act, true)),
  declareOwnRelation: os.declareOwnRelation.handler(({ context: { act }, input }) =>
    declareRelation(act, null, input.other, input),
  ),
  dropOwnRelation: os.dropOwnRelation.handler(({ context: { act }, input }) =>
    done(dropRelation(act, act.actor.person, input.id)),
  ),
  myReviews: os.myReviews.handler(({ context: { act } }) => myReviews(act)),
  myPaper: os.myPaper.handler(({ context: { act }, input }) => myPaper(act, input.reviewId, input.locale)),
  myPaperFile: os.myPaperFile.handler(({ context: { act, house }, input }) =>
    myPaperFile(act, house.files, input.reviewId, input.nth),
  ),
  saveReview: os.saveReview.handler(({ context: { act }, input }) => saveReview(act, input)),
  submitReview: os.submitReview.handler(({ context: { act }, input }) => done(submitReview(act, input.reviewId))),
  declineReview: os.declineReview.handler(({ context: { act }, input }) => done(declineReview(act, input))),
})
