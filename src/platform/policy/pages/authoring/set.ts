/** A requirement set as it is edited: the parts of a declaration that a form changes. `key` tells parts apart while they move and are renamed. Pure. */
export type Bilingual = { zh: string; en: string }
export type Clause = { document: string; number?: string; article?: string; words?: string }
type Keyed = { key?: string }
export type Exception = Keyed & { id: string; says: Bilingual; clause: Clause; when: string; gives: 'met' | 'unmet' }
export type Condition = Keyed & {
  id: string
  says: Bilingual
  clause?: Clause
  confidence: string
  note?: string
  test: string
  cure?: Bilingual
  exceptions?: Exception[]
}
type Says = Keyed & { says?: Bilingual }
export type Group = Says & ({ all: Node[] } | { any: Node[] } | { at_least: number; of: Node[] })
export type Node = Condition | Group
export type Grade = Keyed & { id: string; title: Bilingual; when: Group }
export type Consequence = Keyed & { says: Bilingual; clause: Clause }
export type SetVersion = {
  from: string
  applies?: string
  needs: Group
  grades?: Grade[]
  consequences?: Consequence[]
}
export type EditedSet = {
  id: string
  title: Bilingual
  about: string
  nature?: 'status'
  extends?: { how: 'tightens' | 'replaces'; permission?: Clause }
  versions: SetVersion[]
}

export const isCondition = (node: Node): node is Condition => 'test' in node

export type How = 'all' | 'any' | 'at_least'
export const howOf = (group: Group): How => ('all' in group ? 'all' : 'any' in group ? 'any' : 'at_least')
export const partsOf = (group: Group): Node[] => ('all' in group ? group.all : 'any' in group ? group.any : group.of)
/** Under which key of its declaration the parts of a group stand. */
export const placeOfParts = (group: Group): 'all' | 'any' | 'of' =>
  'all' in group ? 'all' : 'any' in group ? 'any' : 'of'

/** The same parts, combined otherwise. */
export function combined(group: Group, how: How, parts: Node[] = partsOf(group), least = 1): Group {
  const kept = {
    ...(group.key === undefined ? {} : { key: group.key }),
    ...(group.says ? { says: group.says } : {}),
  }
  if (how === 'at_least') return { ...kept, at_least: Math.max(1, Math.min(least, parts.length)), of: parts }
  return how === 'all' ? { ...kept, all: parts } : { ...kept, any: parts }
}
export const leastOf = (group: Group): number => ('at_least' in group ? group.at_least : 1)

export const withParts = (group: Group, parts: Node[]): Group => combined(group, howOf(group), parts, leastOf(group))

/** All conditions below, wherever they stand. */
export const conditionsIn = (node: Node): Condition[] =>
  isCondition(node) ? [node] : partsOf(node).flatMap(conditionsIn)
export const conditionsOf = ({ versions }: EditedSet): Condition[] =>
  versions.flatMap(({ needs, grades = [] }) => [needs, ...grades.map(({ when }) => when)].flatMap(conditionsIn))

const text = (given: string | undefined) => given?.trim() || undefined
const said = (given: Bilingual | undefined) => (text(given?.zh) || text(given?.en) ? given : undefined)

function clauseOf(given: Clause | undefined): Clause | undefined {
  const document = text(given?.document)
  if (!given || document === undefined) return undefined
  return {
    document,
    ...(text(given.number) ? { number: text(given.number)! } : {}),
    ...(text(given.article) ? { article: text(given.article)! } : {}),
    ...(text(given.words) ? { words: text(given.words)! } : {}),
  }
}

const tidyNode = (given: Node): Node => (isCondition(given) ? tidyCondition(given) : tidyGroup(given))

function tidyGroup(given: Group): Group {
  const { key: _key, says, ...group } = withParts(given, partsOf(given).map(tidyNode))
  return { ...group, ...(said(says) ? { says: says! } : {}) } as Group
}

function tidyCondition({ key: _key, clause, note, cure, exceptions = [], ...rest }: Condition): Condition {
  return {
    ...rest,
    ...(clauseOf(clause) ? { clause: clauseOf(clause)! } : {}),
    ...(text(note) ? { note: text(note)! } : {}),
    ...(said(cure) ? { cure: cure! } : {}),
    ...(exceptions.length > 0 ? { exceptions: exceptions.map(tidyClaused) } : {}),
  }
}

const tidyClaused = <T extends Keyed & { clause: Clause }>({ key: _key, ...one }: T) => ({
  ...one,
  clause: clauseOf(one.clause) ?? one.clause,
})

/** What a pack could declare: optional texts that are empty are left out. */
export function tidied(set: EditedSet): EditedSet {
  const { extends: over, ...rest } = set
  const permission = clauseOf(over?.permission)
  return {
    ...rest,
    ...(over ? { extends: { how: over.how, ...(permission ? { permission } : {}) } } : {}),
    versions: set.versions.map(({ from, applies, needs, grades = [], consequences = [] }) => ({
      from,
      ...(applies === undefined ? {} : { applies }),
      needs: tidyGroup(needs),
      ...(grades.length > 0
        ? { grades: grades.map(({ id, title, when }) => ({ id, title, when: tidyGroup(when) })) }
        : {}),
      ...(consequences.length > 0 ? { consequences: consequences.map(tidyClaused) } : {}),
    })),
  }
}
