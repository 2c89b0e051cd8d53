/** Of a resource only what is wanted (RFC 7644, 3.9): `attributes` names what is, `excludedAttributes` what is not. */
import { normalPath } from './attributes.ts'
import type { Resource } from './user.ts'

const ALWAYS = new Set(['id', 'schemas'])
const MOST = 100

export type Wanted = { only: ReadonlySet<string> | null; without: ReadonlySet<string> }

const listed = (text: string | undefined, core: string): string[] =>
  (text ?? '')
    .split(',')
    .map((path) => normalPath(path.trim(), core))
    .filter((path) => path !== '')
    .slice(0, MOST)

/** Where both are given, `attributes` counts. */
export const wantedOf = (attributes: string | undefined, excluded: string | undefined, core: string): Wanted => {
  const only = listed(attributes, core)
  return {
    only: only.length > 0 ? new Set(only) : null,
    without: new Set(only.length > 0 ? [] : listed(excluded, core)),
  }
}

/** Whether an attribute of the first level is wanted at all: what is not need not be asked for. */
export const wants = ({ only, without }: Wanted, name: string): boolean =>
  only ? [...only].some((path) => path === name || path.startsWith(`${name}.`)) : !without.has(name)

export function projected(resource: Resource, wanted: Wanted): Resource {
  if (!wanted.only && wanted.without.size === 0) return resource
  const kept = Object.entries(resource).flatMap(([name, value]): [string, unknown][] => {
    if (ALWAYS.has(name)) return [[name, value]]
    const left = part(name.toLowerCase(), value, wanted, name.includes(':') ? ':' : '.')
    return left === undefined ? [] : [[name, left]]
  })
  return Object.fromEntries(kept) as Resource
}

function part(path: string, value: unknown, { only, without }: Wanted, sign: string): unknown {
  if (only ? only.has(path) : !inside(without, path, sign)) return value
  if (only ? !inside(only, path, sign) : without.has(path)) return undefined
  const named = only ?? without
  const each = (one: unknown): unknown => {
    if (typeof one !== 'object' || one === null) return only ? undefined : one
    const left = Object.entries(one).filter(
      ([name]) => named.has(`${path}${sign}${name.toLowerCase()}`) === (only !== null),
    )
    return left.length > 0 ? Object.fromEntries(left) : undefined
  }
  if (!Array.isArray(value)) return each(value)
  const left = value.map(each).filter((one) => one !== undefined)
  return left.length > 0 ? left : undefined
}

/** Whether a part of this attribute, or itself, is named. */
const inside = (paths: ReadonlySet<string>, path: string, sign: string): boolean =>
  [...paths].some((one) => one === path || one.startsWith(`${path}${sign}`))
