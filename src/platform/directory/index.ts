/** The directory door: organisations, people, employments. */

export { correctAll, moveAll, recastAll, redateAll, takeOnAll } from './bulk.ts'
export { directoryHoldings } from './holdings.ts'
export {
  hashIdentity,
  type IdentityKeys,
  identityKept,
  identityKeys,
  maskIdentity,
  normalIdentity,
  openIdentity,
  sealIdentity,
} from './identity.ts'
export { mergeable, mergeSchools } from './merge.ts'
export { arrivalsInSight, settleMoves, withdrawMove } from './moves.ts'
export { type Basics, correctPerson, employ, endEmployment, type NewPerson, takeOn, transfer } from './people.ts'
export { readName, readPersonName } from './pinyin.ts'
export { childrenOf, clustersInSight, organisationOf, schoolsInSight } from './queries.ts'
export {
  addOrganisation,
  closeOrganisation,
  moveOrganisation,
  renameOrganisation,
  saveCluster,
  setMembers,
} from './service.ts'
