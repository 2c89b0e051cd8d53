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
import { inChinese, type Problem } from '../yaml-file.ts'

/** `condition` is the one it stands in; line and column count from 1 in the text at `path`. */
export type SetProblem = Problem & { condition: string | null }

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

/**
 * The set with only what the draft changes of it: its version from the draft's day.
 * @param declared what somebody sent
 * @param rules those in force for the authority
 * @throws Refusal `policy.draft_set_undated`, `policy.draft_set_invalid` with `problems`
 */
export function checkedSet(
  declared: unknown,
  { from, authority, rules, book }: { from: CivilDate; authority: string; rules: Rules; book: FactBook },
): SetDeclaration {
  const parsed = RequirementsFile.safeParse({ requirements: [declared] }, { reportInput: true })
  if (!parsed.success)
    throw wrongSet(
      parsed.error.issues.map((issue) => {
        const path = issue.path.slice(2)
        return { path, at: 0, zh: inChinese(issue), en: issue.message, within: declared }
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
  const above = known.find((one) => one.authority !== authority)
  if (above && !set.extends)
    problems.push({
      path: ['extends'],
      at: 0,
      zh: `${above.authority} 已有同名条件集：须写明是加严还是取代`,
      en: `${above.authority} has a set of this id: say whether this one tightens or replaces it`,
      within: set,
    })
  if (known[0] && known[0].declared.about !== set.about)
    problems.push({
      path: ['about'],
      at: 0,
      zh: `须与现行条件集相同：${known[0].declared.about}`,
      en: `must be as in force: ${known[0].declared.about}`,
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
    const text = path.reduce((held, key) => (held as Record<PropertyKey, unknown> | null)?.[key], within)
    const before = typeof text === 'string' ? text.slice(0, at).split('\n') : ['']
    return {
      file: '',
      line: before.length,
      column: before.at(-1)!.length + 1,
      path: path.map(String).join('.'),
      condition: condition ?? conditionAt(within, path),
      zh,
      en,
    }
  })
  return invalid('policy.draft_set_invalid', { count: problems.length, problems })
}

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
