/** The groups of the record, in the order in which they are shown. */
import type { Group } from './group.ts'
import { careerGroups } from './groups/career.ts'
import { certificateGroups } from './groups/certificates.ts'
import { guardedGroups } from './groups/guarded.ts'
import { meritGroups } from './groups/merit.ts'
import { personGroups } from './groups/person.ts'
import { teachingGroups } from './groups/teaching.ts'

export const groups: readonly Group[] = [
  ...personGroups,
  ...careerGroups,
  ...certificateGroups,
  ...teachingGroups,
  ...meritGroups,
  ...guardedGroups,
]

const byId = new Map(groups.map((group) => [group.id, group]))
export const groupOf = (id: string): Group | undefined => byId.get(id)
