/** A pack: whose figures, rules and worked cases, under a name that its content gives. */
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { ParameterDeclaration } from '../pack-schema.ts'
import type { Case, SetDeclaration } from '../rules/requirements/declared.ts'
import type { Problem } from '../yaml-file.ts'

/** The packs that come with the product. */
export const PACKS = join(import.meta.dirname, '..', '..', '..', '..', 'packs')

/** `version` names the content: the same figures, rules and clauses give the same name, whatever their layout. */
export type Pack = {
  authority: string
  name: { zh: string; en: string }
  extends: string | null
  parameters: ParameterDeclaration[]
  requirements: SetDeclaration[]
  cases: Case[]
  version: string
}

export type Place = { file: string; line: number; column: number }
/** Where something of an item stands: a path inside it, and characters into a text. */
export type Locate = (path?: PropertyKey[], within?: number) => Place
export type Placed<T> = { item: T; at: Locate }
export type Draft = Omit<Pack, 'parameters' | 'requirements' | 'cases'> & {
  place: Place
  parameters: Placed<ParameterDeclaration>[]
  requirements: Placed<SetDeclaration>[]
  cases: Placed<Case>[]
}

export const problem = (place: Place, path: string, zh: string, en: string): Problem => ({ ...place, path, zh, en })

/** Twelve hexadecimal digits of SHA-256 over the content with sorted keys. */
export const hash = (content: unknown): string =>
  createHash('sha256').update(canonical(content)).digest('hex').slice(0, 12)

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value ?? null)
  const entries = Object.entries(value).filter(([, held]) => held !== undefined)
  return `{${entries
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, held]) => `${JSON.stringify(key)}:${canonical(held)}`)
    .join(',')}}`
}
