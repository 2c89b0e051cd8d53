/** A requirement set that has been read: every condition a term with its types, its parameters bound to a day's values. */

import { bind, type Term } from '../expression/term.ts'
import type { Value } from '../expression/value.ts'
import type { Condition, Exception, Group } from './declared.ts'

export type ReadException = Exception & { term: Term }
export type ReadCondition = { kind: 'condition'; declared: Condition; test: Term; exceptions: readonly ReadException[] }
export type ReadGroup = { kind: 'group'; says?: Group['says']; least: number; parts: readonly ReadNode[] }
export type ReadNode = ReadCondition | ReadGroup
export type ReadGrade = { id: string; title: { zh: string; en: string }; when: ReadGroup }
/** What holds from a day on. `applies` is absent where it holds for everybody. */
export type Requirement = { applies?: Term; needs: ReadGroup; grades: readonly ReadGrade[] }

/** The same with the parameters' values of a day in it. */
export function bindRequirement(
  { applies, needs, grades }: Requirement,
  parameter: (id: string) => Value,
): Requirement {
  const node = (one: ReadNode): ReadNode => (one.kind === 'group' ? group(one) : condition(one))
  const condition = (one: ReadCondition): ReadCondition => ({
    ...one,
    test: bind(one.test, parameter),
    exceptions: one.exceptions.map((exception) => ({ ...exception, term: bind(exception.term, parameter) })),
  })
  const group = (one: ReadGroup): ReadGroup => ({ ...one, parts: one.parts.map(node) })
  return {
    ...(applies ? { applies: bind(applies, parameter) } : {}),
    needs: group(needs),
    grades: grades.map((grade) => ({ ...grade, when: group(grade.when) })),
  }
}

/** All terms in it, for what it asks. */
export function* termsOf({ applies, needs, grades }: Requirement): Generator<Term> {
  if (applies) yield applies
  const inside = function* (one: ReadNode): Generator<Term> {
    if (one.kind === 'group') for (const part of one.parts) yield* inside(part)
    else {
      yield one.test
      for (const { term } of one.exceptions) yield term
    }
  }
  yield* inside(needs)
  for (const { when } of grades) yield* inside(when)
}
