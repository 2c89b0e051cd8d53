/** What the product knows of an applicant and a form may ask for: facts of the house by their ids, and a few names of the directory. */
import { sql } from 'kysely'
import type { Act } from '../../db/index.ts'
import type { Form } from '../../forms/index.ts'
import { prefilled } from '../../forms/index.ts'
import { codeWords, type FactBook, parameters, plain, valuesOf } from '../../policy/index.ts'
import type { Call } from '../tables.ts'
import type { Applicant } from './applicant.ts'

/** What `from` in a form may name beside facts. */
export const KNOWN_FIELDS = ['person.name', 'person.number', 'org.name', 'org.short_name', 'org.above'] as const

/** By fact or field; what is unknown is not there. Codes are given as codes where the question has choices, else in words. */
export async function knownOf<T>(
  act: Act<T>,
  book: FactBook,
  { authority, judgedOn }: Pick<Call, 'authority' | 'judgedOn'>,
  applicant: Applicant,
  form: Form,
): Promise<Record<string, unknown>> {
  const wanted = new Set(prefilled(form))
  if (wanted.size === 0) return {}
  const facts = new Set([...wanted].filter((id) => book.declared(id, applicant.kind)?.held))
  const values = await valuesOf(act, book, facts, {
    about: { kind: applicant.kind, id: applicant.id },
    asOf: judgedOn,
    parameters: await parameters(act, authority),
  })
  const words = await codeWords(act, book, facts)
  const chosen = askedByChoice(form)
  const known: Record<string, unknown> = {}
  for (const [id, value] of values) {
    if (value === null) continue
    const said = plain(value)
    known[id] = chosen.has(id) ? said : inWords(said, words.get(id) ?? [])
  }
  return { ...known, ...(await fieldsOf(act, applicant, wanted)) }
}

/** Facts that a question with choices asks for: these are codes. */
function askedByChoice(form: Form): Set<string> {
  const found = new Set<string>()
  const visit = (one: unknown): void => {
    if (typeof one !== 'object' || one === null) return
    const { from, choices, elements } = one as { from?: string; choices?: unknown; elements?: unknown[] }
    if (from !== undefined && choices !== undefined) found.add(from)
    for (const inner of elements ?? []) visit(inner)
  }
  for (const page of form.pages) visit(page)
  return found
}

function inWords(value: unknown, words: readonly { code: string; zh: string }[]): unknown {
  const word = (code: unknown) => words.find((one) => one.code === code)?.zh ?? code
  return Array.isArray(value) ? value.map(word).join('、') : word(value)
}

async function fieldsOf<T>(act: Act<T>, { personId, orgId }: Applicant, wanted: ReadonlySet<string>) {
  const { rows } = await sql<
    Record<string, string | null>
  >`select p.name as "person.name", p.number as "person.number", o.name as "org.name",
      o.short_name as "org.short_name", (select u.name from directory.organisation u where u.id = o.parent_id) as "org.above"
    from directory.organisation o left join directory.person p on p.id = ${personId}::uuid where o.id = ${orgId}`.execute(
    act.tx,
  )
  return Object.fromEntries(Object.entries(rows[0] ?? {}).filter(([id, value]) => wanted.has(id) && value !== null))
}
