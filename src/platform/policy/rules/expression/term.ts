/** A checked expression: every part has its type and its place in the text, and only what the subset allows is in it. */
import type { Operation } from './functions.ts'
import type { Type, Value } from './value.ts'

/** From the first character to after the last, counted from 0 in the expression's text. */
export type Place = { start: number; end: number }

export type Term = { type: Type; at: Place } /** `parameter`: whose value of a day it is. */ & (
  | { op: 'literal'; value: Value; parameter?: string }
  | { op: 'fact'; id: string }
  | { op: 'parameter'; id: string }
  | { op: 'and' | 'or'; parts: readonly Term[] }
  | { op: 'not'; of: Term }
  /** Whether the value is there at all; for a parameter, whether it sets a limit. Never unknown. */
  | { op: 'known'; of: Term }
  | { op: 'choose'; when: Term; yes: Term; no: Term }
  | { op: 'call'; name: string; operation: Operation; given: readonly Term[] }
)

/** Every term in it, itself first. */
export function* parts(term: Term): Generator<Term> {
  yield term
  for (const part of below(term)) yield* parts(part)
}

export function below(term: Term): readonly Term[] {
  switch (term.op) {
    case 'and':
    case 'or':
      return term.parts
    case 'not':
    case 'known':
      return [term.of]
    case 'choose':
      return [term.when, term.yes, term.no]
    case 'call':
      return term.given
    default:
      return []
  }
}

/** Ids of the facts and parameters it asks for; also of those whose values stand in it already. */
export const factsOf = (term: Term): Set<string> => idsOf(term, 'fact')
export const parametersOf = (term: Term): Set<string> => idsOf(term, 'parameter')

function idsOf(term: Term, op: 'fact' | 'parameter'): Set<string> {
  const ids = new Set<string>()
  for (const part of parts(term)) {
    if (part.op === op) ids.add(part.id)
    if (op === 'parameter' && part.op === 'literal' && part.parameter !== undefined) ids.add(part.parameter)
  }
  return ids
}

/** The same with values in the place of parameters; a parameter that is not given stays unknown. */
export function bind(term: Term, parameter: (id: string) => Value): Term {
  const again = (part: Term) => bind(part, parameter)
  switch (term.op) {
    case 'parameter':
      return { type: term.type, at: term.at, op: 'literal', value: parameter(term.id), parameter: term.id }
    case 'and':
    case 'or':
      return { ...term, parts: term.parts.map(again) }
    case 'not':
    case 'known':
      return { ...term, of: again(term.of) }
    case 'choose':
      return { ...term, when: again(term.when), yes: again(term.yes), no: again(term.no) }
    case 'call':
      return { ...term, given: term.given.map(again) }
    default:
      return term
  }
}
