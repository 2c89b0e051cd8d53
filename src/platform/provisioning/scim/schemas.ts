/** What the server says about itself: what it can do, which resources there are, and what stands in them. */
import type { RosterSource } from './sources.ts'
import { CONFIG, ENTERPRISE, GROUP, MOUNT, ORGANISATION, SCHEMA, TEACHER, TYPE, USER } from './urns.ts'

/** Resources of one answer, and of a page at most. */
export const MOST = 500
export const USUAL = 100

type Declared = {
  name: string
  type: 'string' | 'boolean' | 'complex' | 'reference'
  description: string
  multiValued?: boolean
  caseExact?: boolean
  mutability?: 'readOnly' | 'readWrite'
  returned?: 'always' | 'default'
  uniqueness?: 'none' | 'server'
  subAttributes?: Declared[]
  referenceTypes?: string[]
}

const declared = ({ multiValued = false, subAttributes, ...rest }: Declared): Record<string, unknown> => ({
  multiValued,
  required: false,
  caseExact: false,
  mutability: 'readOnly',
  returned: 'default',
  uniqueness: 'none',
  ...rest,
  ...(subAttributes ? { subAttributes: subAttributes.map(declared) } : {}),
})

const text = (name: string, description: string, more: Partial<Declared> = {}): Declared => ({
  name,
  type: 'string',
  description,
  ...more,
})
const coded = (display: boolean): Declared[] => [
  text('value', 'The code', { caseExact: true }),
  ...(display ? [text('display', 'What the code means, in Chinese')] : []),
]
const links = (types: string[]): Declared[] => [
  text('value', 'The id', { caseExact: true }),
  { name: '$ref', type: 'reference', description: 'Where it stands', caseExact: true, referenceTypes: types },
  text('display', 'What it is called'),
  text('type', types.length > 1 ? 'User or Group' : 'direct'),
]

const USER_ATTRIBUTES: Declared[] = [
  text('userName', 'The staff number where the holder may know it, else the id', { uniqueness: 'server' }),
  {
    name: 'name',
    type: 'complex',
    description: 'The name, whole',
    subAttributes: [text('formatted', 'The name as it is written')],
  },
  text('displayName', 'The name as it is shown'),
  text('preferredLanguage', 'zh-CN or en'),
  {
    name: 'active',
    type: 'boolean',
    description:
      'Whether they may sign in and are in post today. With scim.write it may be set to false; to true where it was the same holder that ended it.',
    mutability: 'readWrite',
  },
  {
    name: 'groups',
    type: 'complex',
    description: 'Where they belong',
    multiValued: true,
    subAttributes: links(['Group']),
  },
  {
    name: 'roles',
    type: 'complex',
    description: 'Roles in the product',
    multiValued: true,
    subAttributes: coded(true),
  },
]
const ENTERPRISE_ATTRIBUTES = [
  text('employeeNumber', 'The staff number'),
  text('organization', 'The school or office'),
  text('division', 'The district'),
  text('department', 'The department within the organisation'),
]
const GROUP_ATTRIBUTES: Declared[] = [
  text('displayName', 'The name of the school or office'),
  {
    name: 'members',
    type: 'complex',
    description: 'Who belongs there directly, and organisations directly below',
    multiValued: true,
    subAttributes: links(['User', 'Group']),
  },
]
const ORGANISATION_ATTRIBUTES = [
  text('code', 'Its code in the region', { caseExact: true }),
  text('kind', 'municipality, district, school, institution or department', { caseExact: true }),
]

const schema = (id: string, name: string, description: string, attributes: Declared[], base: string) => ({
  schemas: [SCHEMA],
  id,
  name,
  description,
  attributes: attributes.map(declared),
  meta: { resourceType: 'Schema', location: `${base}/Schemas/${id}` },
})

export function schemasOf(publicUrl: string, sources: readonly RosterSource[]) {
  const base = `${publicUrl}${MOUNT}`
  const teacher = sources.map(
    ({ name, description }): Declared => ({
      name,
      type: 'complex',
      description,
      multiValued: true,
      subAttributes: coded(true),
    }),
  )
  return [
    schema(USER, 'User', 'Somebody who works in a school or an office', USER_ATTRIBUTES, base),
    schema(ENTERPRISE, 'EnterpriseUser', 'Where they work', ENTERPRISE_ATTRIBUTES, base),
    schema(TEACHER, 'Teacher', 'What they teach, by the national codes', teacher, base),
    schema(GROUP, 'Group', 'A school or an office', GROUP_ATTRIBUTES, base),
    schema(ORGANISATION, 'Organisation', 'What kind of organisation it is', ORGANISATION_ATTRIBUTES, base),
  ]
}

export const typesOf = (publicUrl: string) => {
  const base = `${publicUrl}${MOUNT}`
  const type = (name: string, endpoint: string, description: string, core: string, extensions: string[]) => ({
    schemas: [TYPE],
    id: name,
    name,
    endpoint,
    description,
    schema: core,
    schemaExtensions: extensions.map((one) => ({ schema: one, required: false })),
    meta: { resourceType: 'ResourceType', location: `${base}/ResourceTypes/${name}` },
  })
  return [
    type('User', '/Users', 'People', USER, [ENTERPRISE, TEACHER]),
    type('Group', '/Groups', 'Schools and offices', GROUP, [ORGANISATION]),
  ]
}

export const configOf = (publicUrl: string) => ({
  schemas: [CONFIG],
  patch: { supported: true },
  bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
  filter: { supported: true, maxResults: MOST },
  changePassword: { supported: false },
  sort: { supported: true },
  etag: { supported: true },
  authenticationSchemes: [
    {
      type: 'oauthbearertoken',
      name: 'Bearer token',
      description:
        'A token made in the product, shown once. The record is kept in the product: nothing is made, replaced or deleted here (501). With scim.write, PATCH of a User replaces active, and nothing else.',
      specUri: 'https://www.rfc-editor.org/info/rfc6750',
      primary: true,
    },
  ],
  meta: { resourceType: 'ServiceProviderConfig', location: `${publicUrl}${MOUNT}/ServiceProviderConfig` },
})
