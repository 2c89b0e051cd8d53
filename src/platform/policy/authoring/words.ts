/** What an expression may name, for completion, and whether a text can be read as one. */
import type { Act } from '../../db/index.ts'
import { codeWords } from '../code-words.ts'
import type { CheckedExpression, PolicyWords } from '../contract/authoring.ts'
import { titlesIn } from '../drafts/called.ts'
import { Misread, readExpression } from '../expression/read.ts'
import type { FactBook } from '../facts.ts'
import { declaredIn } from '../queries.ts'
import { OPERATIONS } from '../rules/expression/functions.ts'
import { factsOf, parametersOf } from '../rules/expression/term.ts'
import type { About } from '../rules/requirements/declared.ts'
import { placeOf, type Where } from './place.ts'

/** Read by the reader itself, not called: each takes anything that is named. */
const SPECIAL: PolicyWords['functions'] = [
  { name: 'known', forms: [{ takes: ['any'], gives: 'bool' }] },
  { name: 'date', forms: [{ takes: ['text'], gives: 'date' }] },
]

export async function policyWords<T>(act: Act<T>, book: FactBook, where: Where): Promise<PolicyWords> {
  const { versions, then, day } = await placeOf(act, book, where)
  const ids = [...new Set((await declaredIn(act, versions)).map(({ id }) => id))].sort()
  const titles = await titlesIn(act, ids, versions)
  const codes = await codeWords(
    act,
    book,
    book.list().map(({ id }) => id),
  )
  return {
    facts: book.list().map(({ id, declared: { type, title, unit = null, ask } }) => ({
      ...{ id, type, title, unit, ask },
      ofSchools: book.declared(id, 'organisation') !== undefined,
      codes: codes.get(id) ?? null,
    })),
    parameters: ids.flatMap((id) => {
      const type = then.scope.parameter(id)
      const unit = then.parameters.unitOf(id) ?? ''
      return type ? [{ id, type, title: titles.get(id)!, unit, value: then.parameters.find(id, day)?.value }] : []
    }),
    functions: [
      ...Object.entries(OPERATIONS)
        .filter(([name]) => /^[a-z]/.test(name) && name !== 'in')
        .map(([name, forms]) => ({ name, forms: forms.map(({ takes, gives }) => ({ takes: [...takes], gives })) })),
      ...SPECIAL,
    ].sort((a, b) => (a.name < b.name ? -1 : 1)),
  }
}

type Ask = Where & { expression: string; about: string }

/** Reads a condition: the first thing that is wrong with its place, or what it names. */
export async function checkExpression<T>(
  act: Act<T>,
  book: FactBook,
  { expression, about, ...where }: Ask,
): Promise<CheckedExpression> {
  const { then } = await placeOf(act, book, where)
  const scope = { ...then.scope, fact: (id: string) => book.declared(id, about as About)?.type }
  try {
    const term = readExpression(expression, scope, 'bool')
    return { problems: [], type: term.type, facts: [...factsOf(term)], parameters: [...parametersOf(term)] }
  } catch (error) {
    if (!(error instanceof Misread)) throw error
    const { at, zh, message } = error
    return { problems: [{ ...at, zh, en: message }], type: null, facts: [], parameters: [] }
  }
}
