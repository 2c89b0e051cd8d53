/** Row types of organisations, clusters, people and employments. `path` and `during` are text as PostgreSQL prints them. */
import type { Generated } from 'kysely'
import type { CivilDate } from '../../base/dates.ts'

export type OrganisationTable = {
  id: string
  parentId: string | null
  path: string
  kind: string
  schoolType: string | null
  code: string | null
  name: string
  shortName: string
  nameEn: string | null
  pinyin: string
  initials: string
  locality: string | null
  authority: string | null
  during: Generated<string>
}

export type ClusterTable = { id: string; orgId: string; orgPath: string; kind: string; name: string }
export type ClusterMemberTable = { clusterId: string; orgId: string; during: string }

export type PersonTable = {
  id: string
  number: string
  name: string
  pinyin: string
  initials: string
  /** The characters of the name and its neighbouring pairs, kept by the database. */
  grams: Generated<string[]>
  sex: Generated<string>
  birthDate: CivilDate | null
  idType: Generated<string>
  idCipher: Buffer | null
  idHash: Buffer | null
  idMasked: string | null
  orgId: string
  orgPath: string
}

export type EmploymentTable = {
  personId: string
  id: string
  orgId: string
  orgPath: string
  kind: Generated<string>
  category: Generated<string>
  basis: Generated<string>
  during: string
  endReason: string | null
}

export type DirectoryTables = {
  'directory.organisation': OrganisationTable
  'directory.cluster': ClusterTable
  'directory.clusterMember': ClusterMemberTable
  'directory.person': PersonTable
  'directory.employment': EmploymentTable
}
