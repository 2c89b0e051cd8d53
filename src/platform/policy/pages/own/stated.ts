/** What a person may state of themselves: facts that nobody has on record and that decide. Pure. */
import { conditionsIn } from '../../../../ui/why-answer.ts'
import type { Explanation, Outcomes } from '../../contract.ts'

export type Fact = Explanation['facts'][number]
export type Given = Readonly<Record<string, unknown>>

/** Lists without a table, and amounts, cannot be asked for in a field. */
export const fieldOf = ({
  type,
  codes,
}: Pick<Fact, 'type' | 'codes'>): 'yes_no' | 'number' | 'date' | 'text' | 'choice' | 'choices' | null => {
  switch (type) {
    case 'bool':
      return 'yes_no'
    case 'number':
      return 'number'
    case 'date':
      return 'date'
    case 'text':
      return codes.length > 0 ? 'choice' : 'text'
    case 'texts':
      return codes.length > 0 ? 'choices' : null
    default:
      return null
  }
}

/**
 * First those that conditions wait for which cannot be said, with what was stated already; then whatever else is not on record and may decide
 * whether the rule applies at all.
 */
export function factsToState({ facts, needs, grades, outcome }: Explanation): { first: Fact[]; more: Fact[] } {
  const open = new Set(
    [needs, ...grades.map(({ when }) => when)]
      .flatMap(conditionsIn)
      .filter(({ holds }) => holds === null)
      .flatMap(({ facts: asked }) => asked),
  )
  const asked = facts.filter(({ ask, stated }) => ask !== null || stated)
  const first = asked.filter(({ id, stated }) => stated || open.has(id))
  const more = outcome === 'met' || outcome === 'exempt' ? [] : asked.filter((fact) => !first.includes(fact))
  return first.length > 0 ? { first, more } : { first: more, more: [] }
}

/** What a field holds as text, as the fact's type wants it; undefined where nothing or nothing readable is in it. */
export function read(fact: Pick<Fact, 'type' | 'codes'>, typed: string | readonly string[] | undefined): unknown {
  if (typed === undefined || typed.length === 0) return undefined
  switch (fieldOf(fact)) {
    case 'yes_no':
      return typed === 'yes'
    case 'number':
      return isAmount(String(typed)) ? typed : undefined
    case 'choices':
      return typeof typed === 'string' ? [typed] : [...typed]
    default:
      return typed
  }
}

/** What was stated, as the field holds it. */
export const typedOf = (value: unknown): string | readonly string[] =>
  value === true ? 'yes' : value === false ? 'no' : Array.isArray(value) ? value.map(String) : String(value ?? '')

/** Something stands in the field that is no number though one is asked for. */
export const unreadable = (fact: Pick<Fact, 'type' | 'codes'>, typed: string | readonly string[]): boolean =>
  fieldOf(fact) === 'number' && typed.length > 0 && !isAmount(String(typed))

const isAmount = (typed: string): boolean => /^\d{1,9}(\.\d{1,6})?$/.test(typed)

/** How many of the rules that apply are met, and how many cannot be decided. */
export function sumOf(rows: Outcomes['rows']): { all: number; met: number; unknown: number } {
  const goals = rows.filter(({ nature }) => nature === null)
  const count = (wanted: string) => goals.filter(({ outcome }) => outcome === wanted).length
  return { all: goals.length - count('exempt'), met: count('met'), unknown: count('unknown') }
}
