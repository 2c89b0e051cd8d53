/** Forms by what they are: the hash of their content is their version, and a version once published stays readable. */
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { notFound, Refusal } from '../../base/errors.ts'
import type { Act } from '../db/index.ts'
import { readForm } from './language/check.ts'
import type { Form } from './language/walk.ts'

/** SHA-256 of the content; the order of keys makes no difference. */
export const formVersion = (json: unknown): string => createHash('sha256').update(ordered(json)).digest('hex')

function ordered(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(ordered).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined)
  entries.sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${ordered(inner)}`).join(',')}}`
}

/** Forms read lately, by version: they never change, so they are read and checked against their version once. */
const read = new Map<string, Form>()
const MOST_READ = 200

function remember(version: string, form: Form): Form {
  if (read.size >= MOST_READ) read.delete(read.keys().next().value!)
  read.set(version, frozen(form))
  return form
}

/** Everybody is handed the same form: nobody may change it. */
function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    for (const inner of Object.values(value)) frozen(inner)
  }
  return value
}

/**
 * Keeps a form and returns its version; one that is kept already stays as it is.
 * @throws Refusal `forms.not_fit` with `problems`
 */
export async function keepForm<T>(act: Act<T>, json: unknown): Promise<string> {
  const form = readForm(json)
  const version = formVersion(form)
  await sql`insert into forms.form (version, definition) values (${version}, ${JSON.stringify(form)}::jsonb)
    on conflict (version) do nothing`.execute(act.tx)
  return version
}

/** @throws Refusal `not_found`; `fault` where the stored form is not what its version says */
export async function formOf<T>(act: Act<T>, version: string): Promise<Form> {
  const known = read.get(version)
  if (known) return known
  const { rows } = await sql<{
    definition: unknown
  }>`select f.definition from forms.form f where f.version = ${version}`.execute(act.tx)
  if (!rows[0]) throw notFound('form')
  if (formVersion(rows[0].definition) !== version) throw new Refusal('fault', 'forms.changed', { version })
  // Checked when it was kept; a law that grew stricter since does not make it unreadable.
  return remember(version, rows[0].definition as Form)
}
