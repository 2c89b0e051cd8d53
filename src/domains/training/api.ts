/** Training over the API: parse, scope, call, answer. */
import { implement } from '@orpc/server'
import { guard, type RequestContext } from '../../platform/access/index.ts'
import { type FactBook, loadPlan } from '../../platform/policy/index.ts'
import { handOut } from '../../platform/privacy/index.ts'
import { trainingContract } from './contract.ts'
import { certificatePdf, circularPdf } from './print.ts'
import { auditsOf, sampleOf } from './queries/audits.ts'
import { classOf, classRows, ownPlacesOf, plansInSight, quotasOf } from './queries/classes.ts'
import { completionPreview } from './queries/completion.ts'
import { creditsOf, creditsOfMany } from './queries/credits.ts'
import { enrolmentsOf } from './queries/enrolments.ts'
import { circularsInSight, overviewOf } from './queries/findings.ts'
import { DEFINITIONS } from './queries/indicators.ts'
import { myClasses, openClassesFor } from './queries/mine.ts'
import { behindFigure, planOf, scorecardsOf } from './queries/scorecards.ts'
import { candidatePage, explainFor, objectionsInSight, screenOf } from './queries/screens.ts'
import { attendanceOf, clashesOf, leaveRequests, sessionsOf } from './queries/sessions.ts'
import { checkIn, checkInWithDigits, recordPresence } from './service/attend.ts'
import { checkSample, confirmCredits, drawSamples, finishChecks, lockYear } from './service/audit.ts'
import { completeClass } from './service/complete.ts'
import { takeBackByOffice } from './service/correct.ts'
import { answer, confirmClass, propose, takeBackProposals } from './service/delegate.ts'
import { enrol, leaveClass } from './service/enrol.ts'
import { doorsOf, doorsOfToken, figures, figuresOfActor, figuresOfOrg, sampleSharesOf } from './service/figures.ts'
import { acknowledge, issueCirculars } from './service/findings.ts'
import { askLeave, decideLeaves } from './service/leave.ts'
import { exportCredits, exportEnrolments } from './service/lists.ts'
import { answerObjection, raiseObjection } from './service/objections.ts'
import { adjustQuota, shareOut } from './service/places.ts'
import { createClass, importPlan, publishPlan, updateClass } from './service/plan.ts'
import { removeSession, saveSession } from './service/sessions.ts'
import { attendanceSheet, importAttendance } from './service/signed-list.ts'
import type { TrainingTables } from './tables.ts'

const os = implement(trainingContract).$context<RequestContext>().use(guard<TrainingTables>())
const done = {}
const one = <T>(rows: T[]): T => rows[0]!

/** @param book the facts that the modules of the house declare: credits are judged by requirement sets */
export const trainingApi = (book: FactBook) =>
  os.router({
    plans: os.plans.handler(({ context: { act }, input }) => plansInSight(act, input.year)),
    importPlan: os.importPlan.handler(async ({ context: { act }, input }) =>
      importPlan(act, { id: input.orgId }, input.authority, await loadPlan(input.authority, input.year)),
    ),
    publishPlan: os.publishPlan.handler(({ context: { act }, input }) =>
      publishPlan(act, input.planId).then(() => done),
    ),
    classes: os.classes.handler(({ context: { act }, input }) => classRows(act, { planId: input.planId })),
    class: os.class.handler(async ({ context: { act }, input }) => {
      await classOf(act, input.classId)
      return one(await classRows(act, { classId: input.classId }))
    }),
    createClass: os.createClass.handler(async ({ context: { act }, input }) => ({
      classId: await createClass(act, input),
    })),
    updateClass: os.updateClass.handler(({ context: { act }, input }) => updateClass(act, input).then(() => done)),
    eligible: os.eligible.handler(({ context: { act }, input }) => candidatePage(act, input)),
    explain: os.explain.handler(({ context: { act }, input }) => explainFor(act, input)),
    shareOut: os.shareOut.handler(({ context: { act }, input }) => shareOut(act, input.classId, input.deadline)),
    adjustQuota: os.adjustQuota.handler(({ context: { act }, input }) => adjustQuota(act, input).then(() => done)),
    ownPlaces: os.ownPlaces.handler(({ context: { act }, input }) => ownPlacesOf(act, input.planId)),
    quotas: os.quotas.handler(({ context: { act }, input }) => quotasOf(act, input.classId)),
    propose: os.propose.handler(({ context: { act }, input }) => propose(act, input)),
    takeBackProposals: os.takeBackProposals.handler(async ({ context: { act }, input }) => ({
      takenBack: await takeBackProposals(act, input),
    })),
    confirmClass: os.confirmClass.handler(({ context: { act }, input }) => confirmClass(act, input.classId)),
    enrolments: os.enrolments.handler(({ context: { act }, input }) => enrolmentsOf(act, input)),
    exportEnrolments: os.exportEnrolments.handler(async ({ context, input: { locale, ...ask } }) =>
      handOut(
        context,
        { purpose: '导出参训人员', kinds: ['参训与学分'] },
        await exportEnrolments(context.act, ask, locale),
      ),
    ),

    mine: os.mine.handler(({ context: { act } }) => myClasses(act)),
    openClasses: os.openClasses.handler(({ context: { act } }) => openClassesFor(act)),
    answer: os.answer.handler(({ context: { act }, input }) => answer(act, input).then(() => done)),
    enrol: os.enrol.handler(async ({ context: { act }, input }) => ({ state: await enrol(act, input) })),
    leaveClass: os.leaveClass.handler(({ context: { act }, input }) => leaveClass(act, input).then(() => done)),
    checkIn: os.checkIn.handler(async ({ context: { act, house }, input }) =>
      checkIn(act, input.token, house.key('check-in'), await doorsOfToken(act, input.token)),
    ),
    checkInWithDigits: os.checkInWithDigits.handler(async ({ context: { act, house }, input }) =>
      checkInWithDigits(act, input.sessionId, input.digits, house.key('check-in'), await doorsOf(act, input.sessionId)),
    ),
    askLeave: os.askLeave.handler(({ context: { act }, input }) => askLeave(act, input).then(() => done)),
    myCredits: os.myCredits.handler(async ({ context: { act } }) => {
      const { pack, personId, year } = await figuresOfActor(act)
      return creditsOf(act, book, personId, year, pack)
    }),
    object: os.object.handler(async ({ context: { act }, input }) => ({ id: await raiseObjection(act, input) })),

    sessions: os.sessions.handler(({ context: { act }, input }) => sessionsOf(act, { classId: input.classId })),
    saveSession: os.saveSession.handler(({ context: { act }, input }) => saveSession(act, input)),
    removeSession: os.removeSession.handler(({ context: { act }, input }) =>
      removeSession(act, input.sessionId).then(() => done),
    ),
    clashes: os.clashes.handler(({ context: { act }, input }) => clashesOf(act, input.classId)),
    screen: os.screen.handler(({ context: { act, house }, input }) =>
      screenOf(act, input.sessionId, house.key('check-in'), house.settings.publicUrl),
    ),
    attendance: os.attendance.handler(({ context: { act }, input }) => attendanceOf(act, input.sessionId)),
    checkInByHand: os.checkInByHand.handler(async ({ context: { act }, input }) => {
      const { opensMinutes } = await doorsOf(act, input.sessionId)
      return { recorded: await recordPresence(act, { ...input, mode: 'manual' }, opensMinutes) }
    }),
    importAttendance: os.importAttendance.handler(({ context: { act }, input }) =>
      importAttendance(act, input.sessionId, input.file),
    ),
    attendanceSheet: os.attendanceSheet.handler(({ context: { act, actor }, input }) =>
      attendanceSheet(act, input.sessionId, actor?.locale === 'en' ? 'en' : 'zh-CN'),
    ),
    leaveRequests: os.leaveRequests.handler(({ context: { act }, input }) => leaveRequests(act, input.open)),
    decideLeaves: os.decideLeaves.handler(async ({ context: { act }, input }) => ({
      decided: await decideLeaves(act, input),
    })),
    completionPreview: os.completionPreview.handler(({ context: { act }, input }) =>
      completionPreview(act, input.classId),
    ),
    completeClass: os.completeClass.handler(({ context: { act }, input }) => completeClass(act, input.classId)),
    certificate: os.certificate.handler(({ context: { act, house }, input }) =>
      certificatePdf(act, input.documentId, input.locale, house.settings.publicUrl),
    ),

    objections: os.objections.handler(({ context: { act }, input }) => objectionsInSight(act, input.open)),
    answerObjection: os.answerObjection.handler(({ context: { act }, input }) =>
      answerObjection(act, input).then((entered) => ({ entered })),
    ),
    credits: os.credits.handler(({ context: { act }, input }) => creditsOfMany(act, book, input)),
    exportCredits: os.exportCredits.handler(async ({ context, input: { locale, ...ask } }) =>
      handOut(
        context,
        { purpose: '导出年度学分', kinds: ['参训与学分'] },
        await exportCredits(context.act, book, ask, locale),
      ),
    ),
    audits: os.audits.handler(async ({ context: { act }, input }) =>
      auditsOf(act, book, input.year, await figuresOfOrg(act, undefined, input.year)),
    ),
    takeBackEntry: os.takeBackEntry.handler(({ context: { act }, input }) =>
      takeBackByOffice(act, input).then(() => done),
    ),
    confirmCredits: os.confirmCredits.handler(async ({ context: { act }, input }) => ({
      confirmed: await confirmCredits(act, input),
    })),
    drawSamples: os.drawSamples.handler(async ({ context: { act }, input }) => ({
      drawn: await drawSamples(act, input, await sampleSharesOf(act, input.orgIds, input.year)),
    })),
    sample: os.sample.handler(({ context: { act }, input }) => sampleOf(act, input.orgId, input.year)),
    checkSample: os.checkSample.handler(async ({ context: { act }, input }) => ({
      checked: await checkSample(act, input),
    })),
    finishChecks: os.finishChecks.handler(async ({ context: { act }, input }) => ({
      finished: await finishChecks(act, input),
    })),
    lockYear: os.lockYear.handler(async ({ context: { act }, input }) => ({
      locked: await lockYear(act, book, input.year),
    })),

    scorecards: os.scorecards.handler(async ({ context: { act }, input }) => {
      const plan = await planOf(act, input.planId)
      return {
        definitions: DEFINITIONS,
        schools: await scorecardsOf(act, book, plan, await figures(act, plan.authority)),
      }
    }),
    behind: os.behind.handler(async ({ context: { act }, input }) => {
      const plan = await planOf(act, input.planId)
      return behindFigure(act, book, plan, {
        ...input,
        indicator: input.indicator,
      })
    }),
    issueCirculars: os.issueCirculars.handler(async ({ context: { act }, input }) => ({
      issued: await issueCirculars(act, book, input.planId),
    })),
    circulars: os.circulars.handler(async ({ context: { act }, input }) =>
      (await circularsInSight(act, input)).map(({ figures: { rates }, documentId: _, ...row }) => ({ ...row, rates })),
    ),
    circular: os.circular.handler(({ context: { act, house }, input }) =>
      circularPdf(act, input.circularId, input.locale, house.settings.publicUrl),
    ),
    acknowledge: os.acknowledge.handler(({ context: { act }, input }) => acknowledge(act, input).then(() => done)),
    overview: os.overview.handler(async ({ context: { act }, input }) => {
      return overviewOf(act, book, await planOf(act, input.planId))
    }),
  })
