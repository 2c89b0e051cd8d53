/** A requirement set that has been read: every condition a term with its types, its parameters bound to a day's values. */
import type { Condition, Exception, Group, Node, SetVersion } from '../../requirement-schema.ts'
import { Misread, readExpression, type Scope } from '../expression/read.ts'
import { bind, type Term } from '../expression/term.ts'
import type { Value } from '../expression/value.ts'

export type ReadException = Exception & { term: Term }
export type ReadCondition = { kind: 'condition'; declared: Condition; test: Term; exceptions: readonly ReadException[] }
export type ReadGroup = { kind: 'group'; says?: Group['says']; least: number; parts: readonly ReadNode[] }
export type ReadNode = ReadCondition | ReadGroup
export type ReadGrade = { id: string; title: { zh: string; en: string }; when: ReadGroup }
/** What holds from a day on. `applies` is absent where it holds for everybody. */
export type Requirement = { applies?: Term; needs: ReadGroup; grades: readonly ReadGrade[] }

/** Something wrong in an expression: the path to it in the version, and where in its text. */
export type Mistake = { path: PropertyKey[]; error: Misread }

/** Reads every expression of a version; whatever is wrong is collected with its path. */
export function readRequirement(version: SetVersion, scope: Scope): { requirement: Requirement; mistakes: Mistake[] } {
  const mistakes: Mistake[] = []
  const ids = new Set<string>()
  const read = (text: string, path: PropertyKey[]): Term => {
    try {
      return readExpression(text, scope, 'bool')
    } catch (error) {
      if (!(error instanceof Misread)) throw error
      mistakes.push({ path, error })
      return { op: 'literal', type: 'bool', value: null, at: error.at }
    }
  }
  const wrong = (path: PropertyKey[], zh: string, en: string) =>
    mistakes.push({ path, error: new Misread({ start: 0, end: 0 }, zh, en) })
  const condition = (declared: Condition, path: PropertyKey[]): ReadCondition => {
    if (ids.has(declared.id))
      wrong([...path, 'id'], `条件重复：${declared.id}`, `this condition is there twice: ${declared.id}`)
    ids.add(declared.id)
    if (declared.clause === undefined && declared.confidence !== 'U')
      wrong(
        [...path, 'confidence'],
        '没有出处的条件只能标为 U（未核实）',
        'a condition without a clause is unverified: give the clause or mark it U',
      )
    return {
      kind: 'condition',
      declared,
      test: read(declared.test, [...path, 'test']),
      exceptions: (declared.exceptions ?? []).map((one, nth) => ({
        ...one,
        term: read(one.when, [...path, 'exceptions', nth, 'when']),
      })),
    }
  }
  const group = (declared: Group, path: PropertyKey[]): ReadGroup => {
    const [key, inner] = partsOf(declared)
    const least = 'at_least' in declared ? declared.at_least : key === 'any' ? 1 : inner.length
    if (least > inner.length) wrong([...path, 'at_least'], `只有 ${inner.length} 项`, `there are only ${inner.length}`)
    const parts = inner.map((one, nth): ReadNode => node(one, [...path, key, nth]))
    return { kind: 'group', least, parts, ...(declared.says ? { says: declared.says } : {}) }
  }
  const node = (declared: Node, path: PropertyKey[]): ReadNode =>
    'test' in declared ? condition(declared, path) : group(declared, path)
  const requirement: Requirement = {
    ...(version.applies === undefined ? {} : { applies: read(version.applies, ['applies']) }),
    needs: group(version.needs, ['needs']),
    grades: (version.grades ?? []).map(({ id, title, when }, nth) => ({
      id,
      title,
      when: group(when, ['grades', nth, 'when']),
    })),
  }
  return { requirement, mistakes }
}

const partsOf = (declared: Group): ['all' | 'any' | 'of', Node[]] =>
  'all' in declared ? ['all', declared.all] : 'any' in declared ? ['any', declared.any] : ['of', declared.of]

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

/** How many conditions it has. */
export function conditionsIn({ needs, grades }: Requirement): number {
  const inside = (one: ReadNode): number =>
    one.kind === 'condition' ? 1 : one.parts.reduce((sum, part) => sum + inside(part), 0)
  return [needs, ...grades.map(({ when }) => when)].reduce((sum, group) => sum + inside(group), 0)
}
