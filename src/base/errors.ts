/** The eight kinds of failure the product knows. Modules add codes (`training.quota_full`), never kinds. */
export const KINDS = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  refused: 422,
  limited: 429,
  fault: 500,
} as const

export type Kind = keyof typeof KINDS

/** Values that a message needs: shown to people, so never personal data beyond what the asker may see. */
export type RefusalData = Record<string, unknown>

/**
 * A command or a query that cannot be answered, in words: `code` is a key of the message catalogs, `data` fills it.
 * Rules that find several reasons put them into `reasons`, so that a person sees all of them at once.
 */
export class Refusal extends Error {
  readonly kind: Kind
  readonly code: string
  readonly data: RefusalData
  constructor(kind: Kind, code: string, data: RefusalData = {}) {
    super(`${kind}: ${code}`)
    this.name = 'Refusal'
    this.kind = kind
    this.code = code
    this.data = data
  }
}

/** The answer to everything outside one's scope: existence does not leak. */
export const notFound = (what: string): Refusal => new Refusal('not_found', 'not_found', { what })

/** A policy says no; `data` carries the figures and the clause. */
export const refused = (code: string, data?: RefusalData): Refusal => new Refusal('refused', code, data)

/** The input does not make sense. */
export const invalid = (code: string, data?: RefusalData): Refusal => new Refusal('invalid', code, data)

/** Somebody else changed it first, or the state no longer allows it. */
export const conflict = (code: string, data?: RefusalData): Refusal => new Refusal('conflict', code, data)
