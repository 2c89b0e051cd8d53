/** What cannot be answered, in the form of the protocol (RFC 7644, 3.12). */

export const ERROR_SCHEMA = 'urn:ietf:params:scim:api:messages:2.0:Error'

export type ScimType =
  | 'invalidFilter'
  | 'invalidPath'
  | 'invalidSyntax'
  | 'invalidValue'
  | 'mutability'
  | 'tooMany'
  | 'noTarget'

export class ScimError extends Error {
  override readonly name = 'ScimError'
  readonly status: number
  readonly scimType: ScimType | undefined
  /** @param detail for whoever writes the program that asks: never what it asked with */
  constructor(status: number, detail: string, scimType?: ScimType) {
    super(detail)
    this.status = status
    this.scimType = scimType
  }
}

export const errorBody = (status: number, detail: string, scimType?: ScimType) => ({
  schemas: [ERROR_SCHEMA],
  status: String(status),
  ...(scimType ? { scimType } : {}),
  detail,
})

export const invalidFilter = (detail: string): ScimError => new ScimError(400, detail, 'invalidFilter')
export const notThere = (what: string): ScimError => new ScimError(404, `${what} not found`)
