/** What one pack says otherwise than another: figures by date, sets, conditions and clauses. Pure. */
import { isDeepStrictEqual } from 'node:util'
import type { CivilDate } from '../../../base/dates.ts'
import type { DatedValue, ParameterDeclaration } from '../pack-schema.ts'
import { placesIn } from '../requirements/read.ts'
import type { Condition, Group, Node, SetDeclaration, SetVersion } from '../rules/requirements/declared.ts'
import type { Pack } from './pack.ts'

type Bilingual = { zh: string; en: string }
export type How = 'added' | 'removed' | 'changed'

/** From `from` to below `until` (null: for good) one value stands in the place of another; null where there is none. */
export type ValueChange = {
  from: CivilDate
  until: CivilDate | null
  before: DatedValue | null
  after: DatedValue | null
  /** What of it differs. */
  fields: ('value' | 'clause' | 'confidence' | 'note' | 'review')[]
}
export type ParameterChange = {
  id: string
  title: Bilingual
  unit: string
  how: How
  /** What differs apart from values. */
  fields: ('title' | 'unit' | 'below' | 'permission')[]
  values: ValueChange[]
}

export type FieldChange = { field: string; before: unknown; after: unknown }
/** `clause` and `confidence` are those of the later one. */
export type ConditionChange = Pick<Condition, 'id' | 'says' | 'confidence'> & {
  clause: Condition['clause'] | null
  how: How
  fields: FieldChange[]
}
export type VersionChange = {
  from: CivilDate
  how: How
  /** `applies`, `structure` (how conditions are joined), `grades`, `consequences`. */
  fields: FieldChange[]
  conditions: ConditionChange[]
}
export type SetChange = { id: string; title: Bilingual; how: How; fields: FieldChange[]; versions: VersionChange[] }

export type PackDiff = {
  before: { authority: string; version: string }
  after: { authority: string; version: string }
  /** `name`, `extends`. */
  fields: FieldChange[]
  parameters: ParameterChange[]
  sets: SetChange[]
  /** Worked cases by name. */
  cases: { name: string; set: string; how: How }[]
}

export function diffPacks(a: Pack, b: Pack): PackDiff {
  const head = ({ authority, version }: Pack) => ({ authority, version })
  const caseName = ({ set, name, on }: Pack['cases'][number]) => `${set} ${on} ${name}`
  return {
    before: head(a),
    after: head(b),
    fields: fieldsOf(a, b, ['name', 'extends']),
    parameters: paired(a.parameters, b.parameters, ({ id }) => id).flatMap(parameterChange),
    sets: paired(a.requirements, b.requirements, ({ id }) => id).flatMap(setChange),
    cases: paired(a.cases, b.cases, caseName).flatMap(({ before, after }) => {
      const { name, set } = (after ?? before)!
      return same(before, after) ? [] : [{ name, set, how: howOf(before, after) }]
    }),
  }
}

type Pair<T> = { before: T | undefined; after: T | undefined }

/** Items of the same name side by side, in the order of names. */
function paired<T>(a: readonly T[], b: readonly T[], name: (item: T) => string): Pair<T>[] {
  const [before, after] = [a, b].map((list) => new Map(list.map((item) => [name(item), item]))) as [
    Map<string, T>,
    Map<string, T>,
  ]
  const names = [...new Set([...before.keys(), ...after.keys()])].sort()
  return names.map((each) => ({ before: before.get(each), after: after.get(each) }))
}

const howOf = (before: unknown, after: unknown): How =>
  before === undefined ? 'added' : after === undefined ? 'removed' : 'changed'

/** Keys that are absent and keys that are undefined are the same; their order does not count. */
const same = (a: unknown, b: unknown): boolean => isDeepStrictEqual(bare(a), bare(b))
const bare = (given: unknown): unknown =>
  Array.isArray(given)
    ? given.map(bare)
    : given !== null && typeof given === 'object'
      ? Object.fromEntries(
          Object.entries(given)
            .filter(([, held]) => held !== undefined)
            .map(([key, held]) => [key, bare(held)]),
        )
      : given

function fieldsOf<T extends object>(
  a: T | undefined,
  b: T | undefined,
  fields: readonly (keyof T & string)[],
): FieldChange[] {
  return fields.flatMap((field) => {
    const [before, after] = [a?.[field] ?? null, b?.[field] ?? null]
    return same(before, after) ? [] : [{ field, before, after }]
  })
}

function parameterChange({ before, after }: Pair<ParameterDeclaration>): ParameterChange[] {
  const { id, title, unit } = (after ?? before)!
  const fields = (['title', 'unit', 'below', 'permission'] as const).filter(
    (field) => before && after && !same(before[field], after[field]),
  )
  const values = valueChanges(before?.values ?? [], after?.values ?? [])
  return fields.length + values.length === 0 ? [] : [{ id, title, unit, how: howOf(before, after), fields, values }]
}

function valueChanges(a: readonly DatedValue[], b: readonly DatedValue[]): ValueChange[] {
  const days = [...new Set([...a, ...b].map(({ from }) => from))].sort()
  const held = (list: readonly DatedValue[], day: string) => list.findLast(({ from }) => from <= day) ?? null
  const changes: ValueChange[] = []
  for (const [nth, from] of days.entries()) {
    const [before, after] = [held(a, from), held(b, from)]
    const fields = (['value', 'clause', 'confidence', 'note', 'review'] as const).filter(
      (field) => (before === null) !== (after === null) || !same(before?.[field], after?.[field]),
    )
    if (fields.length > 0) changes.push({ from, until: days[nth + 1] ?? null, before, after, fields })
  }
  return changes
}

/** What one set says otherwise than another of the same id; undefined where nothing. */
export const diffSets = (before: SetDeclaration | undefined, after: SetDeclaration): SetChange | undefined =>
  setChange({ before, after })[0]

function setChange({ before, after }: Pair<SetDeclaration>): SetChange[] {
  const { id, title } = (after ?? before)!
  const fields = before && after ? fieldsOf(before, after, ['title', 'about', 'extends']) : []
  const versions = paired(before?.versions ?? [], after?.versions ?? [], ({ from }) => from).flatMap(versionChange)
  return fields.length + versions.length === 0 ? [] : [{ id, title, how: howOf(before, after), fields, versions }]
}

function versionChange({ before, after }: Pair<SetVersion>): VersionChange[] {
  if (same(before, after)) return []
  const conditions = paired(conditionsIn(before), conditionsIn(after), ({ id }) => id).flatMap(conditionChange)
  const structure = (one: SetVersion | undefined) => one && { structure: shape(one.needs) }
  const grades = (one: SetVersion | undefined) =>
    one && { grades: (one.grades ?? []).map(({ id, title, when }) => ({ id, title, when: shape(when) })) }
  const fields = [
    ...fieldsOf(before, after, ['applies', 'consequences']),
    ...fieldsOf(structure(before), structure(after), ['structure']),
    ...fieldsOf(grades(before), grades(after), ['grades']),
  ]
  return [{ from: (after ?? before)!.from, how: howOf(before, after), fields, conditions }]
}

function conditionChange({ before, after }: Pair<Condition>): ConditionChange[] {
  const { id, says, clause = null, confidence } = (after ?? before)!
  const fields = fieldsOf(before, after, ['says', 'test', 'clause', 'confidence', 'note', 'cure', 'exceptions'])
  return fields.length === 0 ? [] : [{ id, says, clause, confidence, how: howOf(before, after), fields }]
}

function conditionsIn(version: SetVersion | undefined): Condition[] {
  if (!version) return []
  return [...placesIn(version).values()].map(
    (path) =>
      path.reduce<unknown>((inside, key) => (inside as Record<PropertyKey, unknown>)[key], version) as Condition,
  )
}

/** How conditions are joined, by their ids. */
function shape(node: Node): unknown {
  if ('test' in node) return node.id
  const says = node.says ? { says: node.says } : {}
  if ('all' in node) return { ...says, all: node.all.map(shape) }
  return 'any' in node
    ? { ...says, any: node.any.map(shape) }
    : { ...says, at_least: node.at_least, of: (node as Group & { of: Node[] }).of.map(shape) }
}
