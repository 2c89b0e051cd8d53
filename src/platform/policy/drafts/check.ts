/** What a draft may say by itself: figures of the form that they have, sets that a pack could declare. What is wrong is told with condition and place. */
import type { CivilDate } from '../../../base/dates.ts'
import { invalid } from '../../../base/errors.ts'
import type { DraftFigures } from '../contract/drafts.ts'
import type { FactBook } from '../facts.ts'
import { RequirementsFile } from '../requirement-schema.ts'
import { readRequirement } from '../requirements/read.ts'
import type { Rules } from '../requirements/rules.ts'
import type { Parameters } from '../rules/reader.ts'
import type { SetDeclaration } from '../rules/requirements/declared.ts'
import { UNITS, type Unit } from '../units.ts'
import type { Problem } from '../yaml-file.ts'
import type { Called } from './called.ts'
import { deepest, worded } from './issues.ts'

/** `condition` is the one it stands in; line and column count from 1 in the text at `path`. `missing`: nothing is there yet. */
export type SetProblem = Problem & { condition: string | null; missing: boolean }

/** @throws Refusal `policy.draft_no_parameter`, `policy.bad_value` */
export function checkFigures(held: Parameters, figures: DraftFigures): void {
  for (const [id, { value }] of Object.entries(figures)) {
    const unit = held.unitOf(id)
    if (unit === undefined) throw invalid('policy.draft_no_parameter', { parameter: id })
    const formed = UNITS[unit as Unit]?.safeParse(value).success ?? false
    if (!formed || held.changed({ [id]: value }, 0).typeOf(id) !== held.typeOf(id))
      throw invalid('policy.bad_value', { parameter: id })
  }
}

export type Against = {
  from: CivilDate
  authority: string
  rules: Rules
  book: FactBook
  called: Called
  added?: boolean | undefined
}

/**
 * The set with only what the draft changes of it: its version from the draft's day.
 * @param declared what somebody sent
 * @param rules those in force for the authority
 * @param called names of authorities
 * @param added nobody has a set of this id yet
 * @throws Refusal `policy.draft_set_undated`, `policy.draft_set_invalid` with `problems`
 */
export function checkedSet(
  declared: unknown,
  { from, authority, rules, book, called, added = false }: Against,
): SetDeclaration {
  const parsed = RequirementsFile.safeParse({ requirements: [declared] }, { reportInput: true })
  if (!parsed.success)
    throw wrongSet(
      parsed.error.issues.flatMap(deepest).map((issue) => {
        const path = issue.path.slice(2)
        return { path, at: 0, ...worded(issue, standingAt(declared, path)), within: declared }
      }),
    )
  const set = parsed.data.requirements[0]!
  const nth = set.versions.findIndex((version) => version.from === from)
  const version = set.versions[nth]
  if (!version) throw invalid('policy.draft_set_undated', { set: set.id, from })
  const facts = { ...rules.scope, fact: (id: string) => book.declared(id, set.about)?.type }
  const problems: Wrong[] = readRequirement(version, facts).mistakes.map(({ path, error }) => ({
    path: ['versions', nth, ...path],
    at: error.at.start,
    zh: error.zh,
    en: error.message,
    within: set,
  }))
  const known = rules.declared(set.id)
  if (added && known[0]) {
    const { zh, en } = known[0].declared.title
    problems.push({
      path: ['id'],
      at: 0,
      zh: `已有这个编号的规定：《${zh}》，请换一个编号`,
      en: `“${en}” has this identifier: choose another one`,
      within: set,
    })
  }
  const above = added ? undefined : known.find((one) => one.authority !== authority)
  if (above && !set.extends)
    problems.push({
      path: ['extends'],
      at: 0,
      zh: `${called(above.authority).zh}已有同名规定：请选择在其之外加严，还是取代它`,
      en: `${called(above.authority).en} has a rule of this id: say whether this one stands beside it or in its place`,
      within: set,
    })
  if (known[0] && known[0].declared.about !== set.about)
    problems.push({
      path: ['about'],
      at: 0,
      zh: `须与现行规定相同：${known[0].declared.about === 'person' ? '针对教师' : '针对学校'}`,
      en: `must be as in force: about ${known[0].declared.about === 'person' ? 'people' : 'schools'}`,
      within: set,
    })
  if (problems.length > 0) throw wrongSet(problems)
  return { ...set, versions: [version] }
}

/** `condition` where the path leads into none. */
export type Wrong = {
  path: PropertyKey[]
  at: number
  zh: string
  en: string
  within: unknown
  condition?: string | null
}

/** The refusal of a set, each problem with the condition that its path leads into. */
export function wrongSet(found: readonly Wrong[]) {
  const problems = found.map(({ path, at, zh, en, within, condition }): SetProblem => {
    const text = standingAt(within, path)
    const before = typeof text === 'string' ? text.slice(0, at).split('\n') : ['']
    return {
      file: '',
      line: before.length,
      column: before.at(-1)!.length + 1,
      path: path.map(String).join('.'),
      condition: condition ?? conditionAt(within, path),
      missing: text === undefined || text === '' || (Array.isArray(text) && text.length === 0),
      zh,
      en,
    }
  })
  return invalid('policy.draft_set_invalid', { count: problems.length, problems })
}

const standingAt = (within: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce((held, key) => (held as Record<PropertyKey, unknown> | null | undefined)?.[key], within)

/** The condition that the path leads into, by its id. */
function conditionAt(within: unknown, path: readonly PropertyKey[]): string | null {
  let held: unknown = within
  let found: string | null = null
  for (const key of path) {
    if (isCondition(held)) found = held.id
    held = (held as Record<PropertyKey, unknown> | null | undefined)?.[key]
  }
  return found
}

const isCondition = (held: unknown): held is { id: string } =>
  typeof held === 'object' && held !== null && 'test' in held && typeof (held as { id?: unknown }).id === 'string'
