/** New parts of a set, and parts that move: among their like, into a group of their own, and out of one. Pure but for the keys. */
import {
  type Clause,
  type Condition,
  type Consequence,
  conditionsOf,
  type EditedSet,
  type Exception,
  type Grade,
  type Group,
  isCondition,
  type Node,
  partsOf,
  withParts,
} from './set.ts'

let made = 0
const newKey = (): string => `part-${++made}`

/** The set with a key at every part that has none. */
export function keyed(set: EditedSet): EditedSet {
  const mark = <T extends { key?: string }>(one: T): T => ({ ...one, key: one.key ?? newKey() })
  const node = (one: Node): Node => (isCondition(one) ? condition(one) : group(one))
  const group = (one: Group): Group => mark(withParts(one, partsOf(one).map(node)))
  const condition = ({ exceptions, ...one }: Condition): Condition =>
    mark({ ...one, ...(exceptions ? { exceptions: exceptions.map(mark) } : {}) })
  return {
    ...set,
    versions: set.versions.map(({ needs, grades, consequences, ...version }) => ({
      ...version,
      needs: group(needs),
      ...(grades ? { grades: grades.map((one) => ({ ...mark(one), when: group(one.when) })) } : {}),
      ...(consequences ? { consequences: consequences.map(mark) } : {}),
    })),
  }
}

/** The first name of its kind that is not taken. */
function free(kind: string, taken: readonly string[]): string {
  let nth = taken.length + 1
  while (taken.includes(`${kind}_${nth}`)) nth++
  return `${kind}_${nth}`
}

const nothing = () => ({ zh: '', en: '' })

/** An empty condition under a name that no other has. */
export const newCondition = (taken: readonly string[], clause: Clause = { document: '' }): Condition => ({
  ...{ key: newKey(), id: free('condition', taken), says: nothing(), confidence: 'S', clause, test: '' },
})
export const newGroup = (parts: Node[]): Group => ({ key: newKey(), any: parts })
export const newException = (before: readonly Exception[], clause: Clause = { document: '' }): Exception => ({
  key: newKey(),
  id: free(
    'exception',
    before.map(({ id }) => id),
  ),
  ...{ says: nothing(), clause, when: '', gives: 'met' },
})
export const newGrade = (before: readonly Grade[], taken: readonly string[], clause?: Clause): Grade => ({
  key: newKey(),
  id: free(
    'grade',
    before.map(({ id }) => id),
  ),
  ...{ title: nothing(), when: { key: newKey(), all: [newCondition(taken, clause)] } },
})
export const newConsequence = (clause: Clause = { document: '' }): Consequence => ({
  ...{ key: newKey(), says: nothing(), clause },
})

/** A set that nobody has yet, with one condition to be filled in. */
export const newSet = (from: string, clause: Clause | undefined): EditedSet =>
  keyed({
    ...{ id: '', title: nothing(), about: 'person' },
    versions: [{ from, needs: { all: [newCondition([], clause)] } }],
  })

export const takenIn = (set: EditedSet): string[] => conditionsOf(set).map(({ id }) => id)

/** The list with one of it a place earlier (-1) or later (1). */
export function moved<T>(list: readonly T[], nth: number, by: -1 | 1): T[] {
  const to = nth + by
  if (to < 0 || to >= list.length) return [...list]
  const next = [...list]
  next.splice(to, 0, ...next.splice(nth, 1))
  return next
}

export const put = <T>(list: readonly T[], nth: number, one: T): T[] =>
  list.map((held, at) => (at === nth ? one : held))
export const without = <T>(list: readonly T[], nth: number): T[] => list.filter((_, at) => at !== nth)

/** A part of a group in a group of its own, in its place. */
export const wrapped = (parts: readonly Node[], nth: number): Node[] => put(parts, nth, newGroup([parts[nth]!]))

/** A part of an inner group stands after it; an inner group that is then empty is gone. */
export function lifted(outer: readonly Node[], nth: number, inner: Group, part: number): Node[] {
  const rest = without(partsOf(inner), part)
  return outer.flatMap((one, at) =>
    at === nth ? [...(rest.length > 0 ? [withParts(inner, rest)] : []), partsOf(inner)[part]!] : [one],
  )
}

/** A name from words of the English title: small letters, digits, underscores. */
export const nameFrom = (title: string): string =>
  title
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replace(/^[^a-z]+/, '')
    .replace(/_+$/, '')
    .slice(0, 60)
