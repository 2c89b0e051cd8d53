/** Organisations and clusters over the API. */
import { implement } from '@orpc/server'
import { guard, type RequestContext } from '../../access/index.ts'
import { directoryContract } from '../../directory/contract.ts'
import {
  addOrganisation,
  childrenOf,
  closeOrganisation,
  clustersInSight,
  moveOrganisation,
  organisationOf,
  renameOrganisation,
  saveCluster,
  schoolsInSight,
  setMembers,
} from '../../directory/index.ts'

const os = implement(directoryContract).$context<RequestContext>().use(guard())
const done = {}

export const directoryApi = os.router({
  tree: os.tree.handler(({ context: { act }, input }) => childrenOf(act, input.parentId)),
  schools: os.schools.handler(({ context: { act }, input }) => schoolsInSight(act, input.search)),
  organisation: os.organisation.handler(({ context: { act }, input }) => organisationOf(act, input.orgId)),
  addOrganisation: os.addOrganisation.handler(async ({ context: { act }, input }) => ({
    id: await addOrganisation(act, input),
  })),
  renameOrganisation: os.renameOrganisation.handler(({ context: { act }, input }) =>
    renameOrganisation(act, input).then(() => done),
  ),
  moveOrganisation: os.moveOrganisation.handler(({ context: { act }, input }) =>
    moveOrganisation(act, input).then(() => done),
  ),
  closeOrganisation: os.closeOrganisation.handler(({ context: { act }, input }) =>
    closeOrganisation(act, input).then(() => done),
  ),
  clusters: os.clusters.handler(({ context: { act } }) => clustersInSight(act)),
  saveCluster: os.saveCluster.handler(async ({ context: { act }, input }) => ({ id: await saveCluster(act, input) })),
  setMembers: os.setMembers.handler(({ context: { act }, input }) => setMembers(act, input).then(() => done)),
})
