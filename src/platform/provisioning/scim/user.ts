/** Somebody as the protocol writes it. What is not told is not there, not empty. */
import { ROLES, type Role } from '../../access/index.ts'
import type { Extra, Person } from './roster.ts'
import type { RosterSource } from './sources.ts'
import { ENTERPRISE, MOUNT, TEACHER, USER } from './urns.ts'

export type Resource = { schemas: string[]; id: string; meta: Record<string, unknown> } & Record<string, unknown>

const present = (values: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null && value !== undefined))

export function userOf(person: Person & Extra, sources: readonly RosterSource[], publicUrl: string): Resource {
  const { id, name, number, orgId, orgName, department, district, roles, groupName } = person
  const base = `${publicUrl}${MOUNT}`
  const enterprise = present({ employeeNumber: number, organization: orgName, division: district, department })
  const teacher = present(Object.fromEntries(sources.map((source) => [source.name, person[keyOf(source.name)]])))
  return {
    schemas: [
      USER,
      ...(Object.keys(enterprise).length > 0 ? [ENTERPRISE] : []),
      ...(Object.keys(teacher).length > 0 ? [TEACHER] : []),
    ],
    id,
    userName: number ?? id,
    ...present({
      // Where a Chinese name is parted nobody but its bearer knows: it is told whole.
      name: name === null ? null : { formatted: name },
      displayName: name,
      preferredLanguage: person.locale,
      active: person.active,
      roles: roles?.map((value) => ({ value, display: ROLES[value as Role]?.zh ?? value })),
      groups: orgId ? [{ value: orgId, $ref: `${base}/Groups/${orgId}`, display: groupName, type: 'direct' }] : null,
    }),
    ...(Object.keys(enterprise).length > 0 ? { [ENTERPRISE]: enterprise } : {}),
    ...(Object.keys(teacher).length > 0 ? { [TEACHER]: teacher } : {}),
    meta: { resourceType: 'User', lastModified: person.lastModified, location: `${base}/Users/${id}` },
  }
}

/** As the columns of sources come out of the database: `x_stages` as `xStages`. */
const keyOf = (name: string): string => `x${name[0]!.toUpperCase()}${name.slice(1)}`
