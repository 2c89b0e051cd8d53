/** The groups as data, each item with what it is used for: the facts that read it, and the requirement sets in force that ask for those. */
import type { Act } from '../../../platform/db/index.ts'
import { authorityOf, type FactBook, rulesOf } from '../../../platform/policy/index.ts'
import { type Field, fieldsOf, type Group, SECTIONS } from './group.ts'
import { groups } from './groups.ts'

type Bilingual = { zh: string; en: string }
export type Use = { kind: 'rule' | 'fact' | 'work'; id: string | null; says: Bilingual }
export type FieldToShow = Omit<Field, 'facts' | 'uses'> & { uses: Use[] }
export type GroupToShow = Omit<Group, 'fields' | 'section' | 'dated' | 'table' | 'says' | 'unique'> & {
  says: string[]
  unique: string[]
  section: { id: string; title: Bilingual }
  /** `from` for spans, the field that dates a row, or null. */
  datedBy: string | null
  /** Whether the record keeps it itself; else it is read from what others keep. */
  kept: boolean
  fields: FieldToShow[]
}

/** @param book facts of the house; @param orgId whose policy is asked */
export async function groupsToShow<T>(act: Act<T>, book: FactBook, orgId: string | null): Promise<GroupToShow[]> {
  const rules = await readers(act, book, orgId)
  const usesOf = ({ facts = [], uses = [] }: Field): Use[] => {
    const sets = new Map<string, Use>()
    for (const fact of facts)
      for (const { id, title } of rules.get(fact) ?? []) sets.set(id, { kind: 'rule', id, says: title })
    const said = facts.flatMap((id): Use[] => {
      const declared = book.declared(id)
      return declared && !rules.has(id) ? [{ kind: 'fact', id, says: declared.title }] : []
    })
    return [...sets.values(), ...said, ...uses.map((says): Use => ({ kind: 'work', id: null, says }))]
  }
  return groups.map(({ section, dated, table, says, unique = [], ...group }) => ({
    ...group,
    section: { id: section, title: SECTIONS[section] },
    datedBy: dated === 'span' ? 'from' : dated === 'none' ? null : dated.on,
    kept: table !== null,
    says: [...says],
    unique: [...unique],
    fields: fieldsOf({ dated, fields: group.fields }).map(({ facts, uses, ...field }) => ({
      ...field,
      uses: usesOf({ ...field, ...(facts ? { facts } : {}), ...(uses ? { uses } : {}) }),
    })),
  }))
}

/** Requirement sets of the authority by the facts that they ask for; none where nobody's policy holds. */
async function readers<T>(act: Act<T>, book: FactBook, orgId: string | null) {
  const found = new Map<string, { id: string; title: Bilingual }[]>()
  if (orgId === null) return found
  const authority = await authorityOf(act, orgId).catch(() => null)
  if (authority === null) return found
  for (const { id, title, facts } of (await rulesOf(act, authority, book)).list(act.today))
    for (const fact of facts) found.set(fact, [...(found.get(fact) ?? []), { id, title }])
  return found
}
