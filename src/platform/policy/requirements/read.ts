/** Reads the expressions of a declared requirement set; whatever is wrong is told with its path. */
import { Misread, readExpression, type Scope } from '../expression/read.ts'
import type { Term } from '../rules/expression/term.ts'
import type { Condition, Group, Node, SetVersion } from '../rules/requirements/declared.ts'
import type { ReadCondition, ReadGroup, ReadNode, Requirement } from '../rules/requirements/requirement.ts'

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

/** Where each condition stands in a version, by its id. */
export function placesIn({ needs, grades = [] }: SetVersion): Map<string, PropertyKey[]> {
  const inside = (node: Node, path: PropertyKey[]): [string, PropertyKey[]][] => {
    if ('test' in node) return [[node.id, path]]
    const [key, inner] = partsOf(node)
    return inner.flatMap((one, nth) => inside(one, [...path, key, nth]))
  }
  return new Map([
    ...inside(needs, ['needs']),
    ...grades.flatMap(({ when }, nth) => inside(when, ['grades', nth, 'when'])),
  ])
}

const partsOf = (declared: Group): ['all' | 'any' | 'of', Node[]] =>
  'all' in declared ? ['all', declared.all] : 'any' in declared ? ['any', declared.any] : ['of', declared.of]
