/** Which organisation may stand under which. */
export type OrganisationKind = 'municipality' | 'district' | 'school' | 'institution' | 'department'

/** Schools and institutions may be run by a district or directly by the municipality; departments are parts of anything. */
const UNDER: Record<OrganisationKind, readonly OrganisationKind[]> = {
  municipality: [],
  district: ['municipality'],
  school: ['municipality', 'district'],
  institution: ['municipality', 'district'],
  department: ['municipality', 'district', 'school', 'institution', 'department'],
}

export const mayStandUnder = (kind: string, parent: string): boolean =>
  (UNDER[kind as OrganisationKind] ?? []).includes(parent as OrganisationKind)
