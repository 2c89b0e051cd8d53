/** Which organisation may stand under which, and the label of an organisation in the paths of the tree. */
export const KINDS = ['municipality', 'district', 'school', 'institution', 'department'] as const
export type OrganisationKind = (typeof KINDS)[number]

/** Schools and institutions may be run by a district or directly by the municipality; departments are parts of anything. */
const UNDER: Record<OrganisationKind, readonly (OrganisationKind | null)[]> = {
  municipality: [null],
  district: [null, 'municipality'],
  school: ['municipality', 'district'],
  institution: ['municipality', 'district'],
  department: ['municipality', 'district', 'school', 'institution', 'department'],
}

export const mayStandUnder = (kind: OrganisationKind, parent: OrganisationKind | null): boolean => UNDER[kind].includes(parent)

/** Ten hexadecimal digits of the identifier: short in the index, unique in the random part of the identifier. */
export const labelOf = (id: string): string => id.replaceAll('-', '').slice(-10)

export const pathUnder = (parent: string | null, id: string): string => (parent === null ? labelOf(id) : `${parent}.${labelOf(id)}`)
