/** Assessments and leaks over the API. */
import { implement } from '@orpc/server'
import { guard, type RequestContext } from '../../access/index.ts'
import { privacyContract } from '../contract.ts'
import { assessments, keepAssessment } from './assessments.ts'
import { incidents, keepIncident, leaveUntold, noteAuthority, ownIncidents, tellAffected } from './incidents.ts'

const os = implement(privacyContract).$context<RequestContext>().use(guard())

export const dutyApi = {
  assessments: os.assessments.handler(({ context: { act } }) => assessments(act)),
  keepAssessment: os.keepAssessment.handler(({ context: { act }, input }) => keepAssessment(act, input)),
  incidents: os.incidents.handler(({ context: { act } }) => incidents(act)),
  keepIncident: os.keepIncident.handler(({ context: { act }, input }) => keepIncident(act, input)),
  noteAuthority: os.noteAuthority.handler(async ({ context: { act }, input }) => {
    await noteAuthority(act, input)
    return {}
  }),
  tellAffected: os.tellAffected.handler(({ context: { act }, input }) => tellAffected(act, input)),
  leaveUntold: os.leaveUntold.handler(async ({ context: { act }, input }) => {
    await leaveUntold(act, input)
    return {}
  }),
  ownIncidents: os.ownIncidents.handler(({ context: { act } }) => ownIncidents(act)),
}
