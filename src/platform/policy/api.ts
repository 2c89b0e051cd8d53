/** Reading policy: parameters, requirement sets, and why a person meets one or does not. */
import { implement } from '@orpc/server'
import { guard, type RequestContext, type SignedIn, scopeOf } from '../access/index.ts'
import { ranCases } from './authoring/cases.ts'
import { checkSet } from './authoring/check-set.ts'
import { checkExpression, policyWords } from './authoring/words.ts'
import { policyContract } from './contract.ts'
import { answerObjection } from './decisions/answers.ts'
import { decideIn } from './decisions/decide.ts'
import { objectionOf, objectionsInSight, ownObjections, schoolObjections } from './decisions/objection-queries.ts'
import { object, objectForSchool } from './decisions/objections.ts'
import { decisionAgain, decisionsOf } from './decisions/queries.ts'
import {
  adoptDraft,
  compareDrafts,
  createDraft,
  draft,
  draftColleagues,
  draftSet,
  drafts,
  dropDraftSet,
  renewDraft,
  saveDraft,
  saveDraftSet,
  sendBackDraft,
  shareDraft,
  submitDraft,
  takeBackDraft,
  withdrawDraft,
} from './drafts/index.ts'
import { explain } from './explain.ts'
import type { FactBook } from './facts.ts'
import { inWords } from './in-words.ts'
import { parameterPage } from './library/parameter-page.ts'
import { comparePacks, dueForReview, packVersions } from './library/versions.ts'
import { requirementsInForce } from './library.ts'
import { outcomesOf } from './outcomes.ts'
import { explanationPdf } from './print/explanation.ts'
import type { Printer } from './print/paper-words.ts'
import { rulesPdf } from './print/rule-book.ts'
import { packsInForce, parametersWithHistory, refusedLoad } from './queries.ts'
import type { PolicyTables } from './tables.ts'
import { exportWhatIf, whatIf, whatIfPeople } from './trials/index.ts'

const guarded = implement(policyContract).$context<RequestContext>().use(guard<PolicyTables>())

/** Where the asker may adopt: nobody adopts by the permission that reads. */
const reachOf = ({ house, actor }: Pick<RequestContext, 'house' | 'actor'>) => {
  const permission = 'policy.adopt'
  const may = actor?.assignments.some(({ role }) => house.permissions.holds(role, permission)) ?? false
  return { adopts: may ? scopeOf(house.permissions, actor as SignedIn, permission).paths : [] }
}

/**
 * @param book the facts that the modules of the house declare
 * @param print sets a template: paper stands above policy
 */
export const policyApi = (book: FactBook, print: Printer) => {
  const os = guarded.use(async ({ context: { act }, next }) => {
    try {
      return await next()
    } catch (error) {
      throw await inWords(act, book, error)
    }
  })
  return os.router({
    explain: os.explain.handler(({ context: { act }, input }) => explain(act, book, input)),
    outcomes: os.outcomes.handler(({ context: { act }, input }) => outcomesOf(act, book, input)),
    decide: os.decide.handler(async ({ context: { act }, input }) => ({
      decided: await decideIn(act, book, { ...input, asOf: input.asOf ?? act.today }),
    })),
    decisions: os.decisions.handler(({ context: { act }, input }) => decisionsOf(act, book, input.personId)),
    decision: os.decision.handler(({ context: { act }, input }) => decisionAgain(act, book, input)),
    object: os.object.handler(({ context: { act }, input }) => object(act, book, input)),
    objectForSchool: os.objectForSchool.handler(({ context: { act }, input }) => objectForSchool(act, book, input)),
    ownObjections: os.ownObjections.handler(({ context: { act } }) => ownObjections(act, book)),
    schoolObjections: os.schoolObjections.handler(({ context: { act } }) => schoolObjections(act, book)),
    objections: os.objections.handler(({ context: { act }, input }) => objectionsInSight(act, book, input.open)),
    objection: os.objection.handler(({ context: { act }, input }) => objectionOf(act, book, input)),
    answerObjection: os.answerObjection.handler(({ context: { act }, input }) => answerObjection(act, book, input)),
    whatIf: os.whatIf.handler(({ context: { act }, input }) => whatIf(act, book, input)),
    whatIfPeople: os.whatIfPeople.handler(({ context: { act }, input }) => whatIfPeople(act, book, input)),
    exportWhatIf: os.exportWhatIf.handler(({ context: { act }, input: { locale, ...ask } }) =>
      exportWhatIf(act, book, ask, locale),
    ),
    drafts: os.drafts.handler(({ context: { act, ...who }, input }) => drafts(act, input, reachOf(who))),
    draft: os.draft.handler(({ context: { act, ...who }, input }) => draft(act, book, input, reachOf(who))),
    draftColleagues: os.draftColleagues.handler(({ context: { act }, input }) => draftColleagues(act, input)),
    draftSet: os.draftSet.handler(({ context: { act }, input }) => draftSet(act, book, input)),
    compareDrafts: os.compareDrafts.handler(({ context: { act }, input }) => compareDrafts(act, book, input)),
    createDraft: os.createDraft.handler(({ context: { act }, input }) => createDraft(act, book, input)),
    saveDraft: os.saveDraft.handler(({ context: { act }, input }) => saveDraft(act, book, input)),
    saveDraftSet: os.saveDraftSet.handler(({ context: { act }, input }) => saveDraftSet(act, book, input)),
    dropDraftSet: os.dropDraftSet.handler(({ context: { act }, input }) => dropDraftSet(act, input)),
    shareDraft: os.shareDraft.handler(({ context: { act }, input }) => shareDraft(act, input)),
    renewDraft: os.renewDraft.handler(({ context: { act }, input }) => renewDraft(act, book, input)),
    submitDraft: os.submitDraft.handler(({ context: { act }, input }) => submitDraft(act, book, input)),
    takeBackDraft: os.takeBackDraft.handler(({ context: { act }, input }) => takeBackDraft(act, input)),
    withdrawDraft: os.withdrawDraft.handler(({ context: { act }, input }) => withdrawDraft(act, input)),
    sendBackDraft: os.sendBackDraft.handler(({ context: { act }, input }) => sendBackDraft(act, input)),
    adoptDraft: os.adoptDraft.handler(({ context: { act }, input }) => adoptDraft(act, book, input)),
    requirements: os.requirements.handler(({ context: { act }, input }) => requirementsInForce(act, book, input)),
    printExplanation: os.printExplanation.handler(({ context: { act }, input }) =>
      explanationPdf(act, book, print, input),
    ),
    printRules: os.printRules.handler(({ context: { act }, input }) => rulesPdf(act, book, print, input)),
    parameter: os.parameter.handler(({ context: { act }, input }) => parameterPage(act, input)),
    dueForReview: os.dueForReview.handler(({ context: { act }, input }) => dueForReview(act, input)),
    comparePacks: os.comparePacks.handler(({ context: { act }, input }) => comparePacks(act, input)),
    versions: os.versions.handler(({ context: { act } }) => packVersions(act)),
    words: os.words.handler(({ context: { act }, input }) => policyWords(act, book, input)),
    check: os.check.handler(({ context: { act }, input }) => checkExpression(act, book, input)),
    checkSet: os.checkSet.handler(({ context: { act }, input }) => checkSet(act, book, input)),
    runCases: os.runCases.handler(({ context: { act }, input }) => ranCases(act, book, input)),
    refusedLoad: os.refusedLoad.handler(({ context: { act } }) => refusedLoad(act)),
    packs: os.packs.handler(({ context: { act } }) => packsInForce(act)),
    parameters: os.parameters.handler(({ context: { act }, input }) => parametersWithHistory(act, input)),
  })
}
