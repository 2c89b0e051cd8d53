/** What may be asked for by a filter or an order: the attribute as the protocol names it, and where it stands in the database. Nothing else can be asked for. */
import type { RawBuilder } from 'kysely'

export type Kind = 'string' | 'boolean' | 'dateTime'

/** One value of a resource. */
export type Single = {
  kind: Kind
  /** Whether capitals count; texts only. */
  exact?: boolean
  /** Null where the resource has none. */
  sql: RawBuilder<unknown>
}
/** Several values: rows of a query with these columns. */
export type Several = {
  rows: RawBuilder<unknown>
  columns: Record<string, { exact?: boolean }>
}
export type Attribute = Single | Several

/** By the lower-case path: `username`, `name.formatted`, `urn:…:user:organization`; of several values by the name without its parts. */
export type Attributes = ReadonlyMap<string, Attribute>

export const isSeveral = (attribute: Attribute): attribute is Several => 'rows' in attribute

/** `urn:…:User:employeeNumber`, `name.familyName`: lower-case, without the core schema in front. */
export function normalPath(path: string, core: string): string {
  const lower = path.toLowerCase()
  return lower.startsWith(`${core.toLowerCase()}:`) ? lower.slice(core.length + 1) : lower
}

/** The attribute of a path and the part of it that is meant: `groups.value`, `groups`, `userName`. */
export function find(
  attributes: Attributes,
  path: string,
): { attribute: Single; part: null } | { attribute: Several; part: string } | undefined {
  const whole = attributes.get(path)
  if (whole) return isSeveral(whole) ? { attribute: whole, part: 'value' } : { attribute: whole, part: null }
  const dot = path.lastIndexOf('.')
  const several = dot > 0 ? attributes.get(path.slice(0, dot)) : undefined
  const part = path.slice(dot + 1)
  if (several && isSeveral(several) && Object.hasOwn(several.columns, part)) return { attribute: several, part }
  return undefined
}
