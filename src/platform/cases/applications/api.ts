/** Applying over the API, for oneself and for an organisation: the same services, each under its permission. */
import { implement } from '@orpc/server'
import { guard, type RequestContext } from '../../access/index.ts'
import { forOrg, orgApplying, personApplying } from '../contract/applications.ts'
import type { CasesHouseParts } from '../parts.ts'
import { appealCase, withdrawApplication } from './end.ts'
import { addMaterial, dropMaterial } from './materials.ts'
import { applicationPage } from './page.ts'
import { openCalls, ownApplications } from './queries.ts'
import { saveAnswers, startApplication } from './start.ts'
import { checkApplication, submitApplication } from './submit.ts'

const applying = (contract: typeof personApplying, { book }: CasesHouseParts) => {
  const os = implement(contract).$context<RequestContext>().use(guard())
  return {
    openCalls: os.openCalls.handler(({ context: { act }, input }) => openCalls(act, book, input.orgId)),
    ownApplications: os.ownApplications.handler(({ context: { act }, input }) => ownApplications(act, input.orgId)),
    ownApplication: os.ownApplication.handler(({ context: { act }, input }) => applicationPage(act, book, input)),
    startApplication: os.startApplication.handler(({ context: { act }, input }) => startApplication(act, book, input)),
    saveAnswers: os.saveAnswers.handler(({ context: { act }, input }) => saveAnswers(act, input)),
    addMaterial: os.addMaterial.handler(({ context: { act, house }, input }) => addMaterial(act, house.files, input)),
    dropMaterial: os.dropMaterial.handler(({ context: { act }, input }) => dropMaterial(act, input).then(() => ({}))),
    checkApplication: os.checkApplication.handler(({ context: { act }, input }) =>
      checkApplication(act, book, input.applicationId),
    ),
    submitApplication: os.submitApplication.handler(({ context: { act }, input }) =>
      submitApplication(act, book, input),
    ),
    withdrawApplication: os.withdrawApplication.handler(({ context: { act }, input }) =>
      withdrawApplication(act, input).then(() => ({})),
    ),
    appealCase: os.appealCase.handler(({ context: { act }, input }) => appealCase(act, input)),
  }
}

export const applicationApi = (parts: CasesHouseParts) => ({
  ...applying(personApplying, parts),
  ...forOrg(applying(orgApplying, parts)),
})
