/** A requirement set as it is edited: the parts of a declaration that a form changes, and changes to them. Pure. */
export type Bilingual = { zh: string; en: string }
export type Clause = { document: string; number?: string; article?: string; words?: string }
export type Exception = { id: string; says: Bilingual; clause: Clause; when: string; gives: 'met' | 'unmet' }
export type Condition = {
  id: string
  says: Bilingual
  clause?: Clause
  confidence: string
  note?: string
  test: string
  cure?: Bilingual
  exceptions?: Exception[]
}
type Says = { says?: Bilingual }
export type Group = Says & ({ all: Node[] } | { any: Node[] } | { at_least: number; of: Node[] })
export type Node = Condition | Group
export type SetVersion = {
  from: string
  applies?: string
  needs: Group
  grades?: { id: string; title: Bilingual; when: Group }[]
  consequences?: { says: Bilingual; clause: Clause }[]
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

/** The same parts, combined otherwise. */
export function combined(group: Group, how: How, parts: Node[] = partsOf(group), least = 1): Group {
  const says = group.says ? { says: group.says } : {}
  if (how === 'at_least') return { ...says, at_least: Math.max(1, Math.min(least, parts.length)), of: parts }
  return how === 'all' ? { ...says, all: parts } : { ...says, any: parts }
}
export const leastOf = (group: Group): number => ('at_least' in group ? group.at_least : 1)

export const withParts = (group: Group, parts: Node[]): Group => combined(group, howOf(group), parts, leastOf(group))

/** Ids of all conditions, wherever they stand. */
export const idsIn = (node: Node): string[] => (isCondition(node) ? [node.id] : partsOf(node).flatMap(idsIn))

/** An empty condition under a name that no other has. */
export function newCondition(taken: readonly string[]): Condition {
  let nth = taken.length + 1
  while (taken.includes(`condition_${nth}`)) nth++
  return { id: `condition_${nth}`, says: { zh: '', en: '' }, confidence: 'S', clause: { document: '' }, test: '' }
}

/** What a pack could declare: optional texts that are empty are left out. */
export function tidied(set: EditedSet): EditedSet {
  const text = (given: string | undefined) => given?.trim() || undefined
  const clause = (given: Clause | undefined): Clause | undefined => {
    const document = text(given?.document)
    if (!given || document === undefined) return undefined
    return {
      document,
      ...(text(given.number) ? { number: text(given.number)! } : {}),
      ...(text(given.article) ? { article: text(given.article)! } : {}),
      ...(text(given.words) ? { words: text(given.words)! } : {}),
    }
  }
  const node = (given: Node): Node => (isCondition(given) ? condition(given) : group(given))
  const group = (given: Group): Group => withParts(given, partsOf(given).map(node))
  const condition = ({ clause: source, note, cure, exceptions = [], ...rest }: Condition): Condition => ({
    ...rest,
    ...(clause(source) ? { clause: clause(source)! } : {}),
    ...(text(note) ? { note: text(note)! } : {}),
    ...(cure && (text(cure.zh) || text(cure.en)) ? { cure } : {}),
    ...(exceptions.length > 0
      ? { exceptions: exceptions.map((one) => ({ ...one, clause: clause(one.clause) ?? one.clause })) }
      : {}),
  })
  const { extends: over, ...rest } = set
  const permission = clause(over?.permission)
  return {
    ...rest,
    ...(over ? { extends: { how: over.how, ...(permission ? { permission } : {}) } } : {}),
    versions: set.versions.map(({ applies, needs, grades, ...version }) => ({
      ...version,
      ...(text(applies) ? { applies: applies! } : {}),
      needs: group(needs),
      ...(grades ? { grades: grades.map((grade) => ({ ...grade, when: group(grade.when) })) } : {}),
    })),
  }
}
