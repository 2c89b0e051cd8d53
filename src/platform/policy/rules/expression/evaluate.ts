/** Runs a bound expression here, for one person, with every value that led to the result. */
import { below, type Term } from './term.ts'
import type { Value } from './value.ts'

export type Facts = (id: string) => Value
export type Run = (facts: Facts) => Value

/** A function that gives the value; made once, called for many. @throws Error where a parameter is not bound */
export function compile(term: Term): Run {
  switch (term.op) {
    case 'literal': {
      const { value } = term
      return () => value
    }
    case 'fact': {
      const { id } = term
      return (facts) => facts(id)
    }
    case 'parameter':
      throw new Error(`parameter ${term.id} is not bound`)
    case 'and':
      return joined(term.parts.map(compile), false)
    case 'or':
      return joined(term.parts.map(compile), true)
    case 'not': {
      const of = compile(term.of)
      return (facts) => {
        const value = of(facts)
        return value === null ? null : !value
      }
    }
    case 'known': {
      const of = compile(term.of)
      return (facts) => of(facts) !== null
    }
    case 'choose': {
      const [when, yes, no] = [compile(term.when), compile(term.yes), compile(term.no)]
      return (facts) => {
        const value = when(facts)
        return value === null ? null : value ? yes(facts) : no(facts)
      }
    }
    case 'call':
      return called(term.operation.run as (...given: Value[]) => Value, term.given.map(compile), term.name === 'in')
  }
}

/** Kleene's and, or: one part that decides is enough, whatever is unknown beside it. */
function joined(parts: readonly Run[], decides: boolean): Run {
  return (facts) => {
    let unknown = false
    for (const part of parts) {
      const value = part(facts)
      if (value === decides) return decides
      if (value === null) unknown = true
    }
    return unknown ? null : !decides
  }
}

function called(run: (...given: Value[]) => Value, parts: readonly Run[], isIn: boolean): Run {
  const [first, second] = parts
  if (parts.length === 1)
    return (facts) => {
      const a = first!(facts)
      return a === null ? null : run(a)
    }
  if (parts.length > 2)
    return (facts) => {
      const given = parts.map((part) => part(facts))
      return given.includes(null) ? null : run(...given)
    }
  return (facts) => {
    const [a, b] = [first!(facts), second!(facts)]
    // Nothing is in an empty list, not even what is unknown: as SQL has it.
    if (isIn && Array.isArray(b) && b.length === 0) return false
    return a === null || b === null ? null : run(a, b)
  }
}

/** The value of a term and of everything in it, for telling how it came about. */
export type Traced = { term: Term; value: Value; parts: readonly Traced[] }

export function trace(term: Term, facts: Facts): Traced {
  return { term, value: compile(term)(facts), parts: below(term).map((part) => trace(part, facts)) }
}
