/** Decisions, filing and the archive of designations. */
import { implement } from '@orpc/server'
import { guard, type RequestContext } from '../../access/index.ts'
import { heldBy } from '../../inbox/index.ts'
import { handOut } from '../../privacy/index.ts'
import { resultProcedures } from '../contract/results.ts'
import type { CasesHouseParts } from '../parts.ts'
import { designationKinds, designationOf, designationsOf, exportDesignations, myDesignations } from './archive.ts'
import { certificatePdf } from './certificate.ts'
import { fileCases, filing } from './filing.ts'
import { decideCases, ranking } from './ranking.ts'
import { addMember, assessDesignations, endMember, removeDesignation } from './tenure.ts'
import { decisionsWaiting } from './waiting.ts'

const os = implement(resultProcedures).$context<RequestContext>().use(guard())
const done = () => ({})

export const resultApi = (_parts: CasesHouseParts) => ({
  decisionsWaiting: os.decisionsWaiting.handler(({ context: { act, actor } }) => decisionsWaiting(act, heldBy(actor))),
  ranking: os.ranking.handler(({ context: { act, actor }, input }) =>
    ranking(act, heldBy(actor), input.callId, input.stage),
  ),
  decideCases: os.decideCases.handler(({ context: { act, actor }, input }) => decideCases(act, heldBy(actor), input)),
  filing: os.filing.handler(({ context: { act, actor }, input }) => filing(act, heldBy(actor), input)),
  fileCases: os.fileCases.handler(({ context: { act, actor }, input }) => fileCases(act, heldBy(actor), input)),
  designations: os.designations.handler(({ context: { act }, input }) => designationsOf(act, input)),
  designationKinds: os.designationKinds.handler(({ context: { act } }) => designationKinds(act)),
  exportDesignations: os.exportDesignations.handler(async ({ context, input }) =>
    handOut(
      context,
      { purpose: '导出称号名册', kinds: ['cases.designation'] },
      await exportDesignations(context.act, input),
    ),
  ),
  designation: os.designation.handler(({ context: { act }, input }) => designationOf(act, input)),
  myDesignations: os.myDesignations.handler(({ context: { act }, input }) => myDesignations(act, input.locale)),
  designationCertificate: os.designationCertificate.handler(({ context: { act, house }, input }) =>
    certificatePdf(act, input, input.locale, house.settings.publicUrl),
  ),
  assessDesignations: os.assessDesignations.handler(({ context: { act, actor }, input: { of, ...given } }) =>
    assessDesignations(act, heldBy(actor), of, given),
  ),
  removeDesignation: os.removeDesignation.handler(({ context: { act }, input: { on, why, ...key } }) =>
    removeDesignation(act, key, on, why).then(done),
  ),
  addMember: os.addMember.handler(({ context: { act }, input }) => addMember(act, input)),
  endMember: os.endMember.handler(({ context: { act }, input }) => endMember(act, input).then(done)),
})
