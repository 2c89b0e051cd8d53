/** Names of the protocol. */
export const USER = 'urn:ietf:params:scim:schemas:core:2.0:User'
export const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group'
export const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'
/** What only schools know of people. */
export const TEACHER = 'urn:ietf:params:scim:schemas:extension:qiangshi:2.0:User'
/** What kind of organisation a group is. */
export const ORGANISATION = 'urn:ietf:params:scim:schemas:extension:qiangshi:2.0:Group'
export const LIST = 'urn:ietf:params:scim:api:messages:2.0:ListResponse'
export const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp'
export const SEARCH = 'urn:ietf:params:scim:api:messages:2.0:SearchRequest'
export const CONFIG = 'urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'
export const TYPE = 'urn:ietf:params:scim:schemas:core:2.0:ResourceType'
export const SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:Schema'

export const MOUNT = '/scim/v2'
