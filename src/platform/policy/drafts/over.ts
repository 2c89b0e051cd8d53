/** A draft over what higher authorities say, checked as a pack file is: figures that are not left open, rules not provably as strict, exceptions that contradict. */
import type { CivilDate } from '../../../base/dates.ts'
import { refused } from '../../../base/errors.ts'
import type { Act } from '../../db/index.ts'
import type { Bilingual } from '../contract.ts'
import type { FactBook } from '../facts.ts'
import { declaredBy, declaredIn, parametersIn, rulesIn, versionsOf } from '../queries.ts'
import { contradictions, type Looser, looser } from '../requirements/over.ts'
import { placesIn } from '../requirements/read.ts'
import { type DeclaredSet, Rules } from '../requirements/rules.ts'
import { type Below, brokenBelow } from '../rules/below.ts'
import { type Declared, Parameters } from '../rules/reader.ts'
import type { Condition, SetDeclaration } from '../rules/requirements/declared.ts'
import { authoritiesCalled, type Called, conditionsCalled, dayCalled, listed, titlesIn } from './called.ts'
import { type Wrong, wrongSet } from './check.ts'
import { authorityIn, type DraftLayer, withDraft } from './layer.ts'
import { keptOpen } from './place.ts'

/** What an authority above leaves open of a figure, and what it says of it by day: adopted over its file. */
export type Left = {
  id: string
  title: Bilingual
  authority: string
  below: Below
  values: { from: CivilDate; value: unknown }[]
}

/** A figure that the authority above does not leave open: needed is the clause that permits it. `held` is what that one says. */
export type Unpermitted = Omit<Left, 'values'> & { held: { from: CivilDate; value: unknown } }

type Over = Pick<DraftLayer, 'authority' | 'from' | 'basis' | 'parameters' | 'sets'>

/** What holds of a parameter over time where these layers are all there is. */
export function valuesOver(id: string, declared: readonly Declared[]): Left['values'] {
  const reader = new Parameters('', declared)
  return [...new Set(reader.changes([id]))].sort().flatMap((from) => {
    const found = reader.find(id, from)
    return found ? [{ from, value: found.value }] : []
  })
}

/** What authorities above this one leave open of these figures, where that is not everything; the nearest first. */
export async function leftOpen<T>(act: Act<T>, authority: string, ids: readonly string[]): Promise<Left[]> {
  const kept = await keptOpen(act, authority, ids)
  if (kept.length === 0) return []
  const declared = await declaredIn(act, await versionsOf(act, authority))
  return kept.map((one) => ({
    ...one,
    values: valuesOver(
      one.id,
      declared.filter((value) => value.authority === one.authority),
    ),
  }))
}

/** Figures of a draft that need the clause which permits them, and do not name it; each once. */
export function unpermitted(left: readonly Left[], { from, parameters }: Pick<Over, 'from' | 'parameters'>) {
  const found = new Map<string, Unpermitted>()
  for (const { values, ...one } of left) {
    const figure = parameters[one.id]
    if (!figure || figure.permission || found.has(one.id)) continue
    const [broken] = brokenBelow(one.below, values, [{ from, value: figure.value }])
    if (broken) found.set(one.id, { ...one, held: broken.above })
  }
  return [...found.values()]
}

/**
 * A higher authority is not loosened in silence: what is not its to change, or not provably as strict, names the clause that permits it.
 * @throws Refusal `policy.draft_not_left_open`, `policy.draft_set_invalid`, `policy.draft_loosens`
 */
export async function assertOver<T>(act: Act<T>, book: FactBook, layer: Over): Promise<void> {
  const needs = unpermitted(await leftOpen(act, layer.authority, Object.keys(layer.parameters)), layer)
  if (needs.length > 0) throw notLeftOpen(needs, await authoritiesCalled(act))
  await assertStrict(act, book, layer)
}

function notLeftOpen(needs: readonly Unpermitted[], called: Called) {
  const [{ id, title, authority, below, held }] = needs as [Unpermitted]
  const value = held.value !== null && typeof held.value === 'object' ? '…' : JSON.stringify(held.value)
  const told = needs.map((one) => ({ id: one.id, title: one.title, authority: one.authority, below: one.below }))
  const [whose, since] = [called(authority), dayCalled(held.from)]
  return refused('policy.draft_not_left_open', {
    zh: `${whose.zh}的“${title.zh}”自${since.zh}起为 ${value}`,
    en: `“${title.en}” of ${whose.en} is ${value} from ${since.en}`,
    parameter: id,
    authority,
    below,
    value,
    since: held.from,
    others: needs.length - 1,
    needs: told,
  })
}

async function assertStrict<T>(act: Act<T>, book: FactBook, layer: Over): Promise<void> {
  const versions = await versionsOf(act, layer.authority)
  const said = { values: await declaredIn(act, versions), sets: await declaredBy(act, versions) }
  const touched = Object.values(layer.sets)
  const others = setsNaming(said.sets, layer)
  if (touched.length === 0 && others.length === 0) return
  const over = withDraft(versions, said, layer, layer.from)
  const type = (id: string) => book.declared(id)?.type
  const own = new Rules(new Parameters(layer.authority, over.values), over.sets, type)
  const upper = await rulesAbove(act, book, layer.authority, versions)
  const called = await authoritiesCalled(act)
  for (const set of touched) {
    const problems = [...contrary(set, own), ...(upper ? notAsStrict(set, { own, upper, called }) : [])]
    if (problems.length > 0) throw wrongSet(problems)
  }
  if (!upper || others.length === 0) return
  const now = await rulesIn(act, await parametersIn(act, layer.authority, versions), versions, book)
  for (const set of others) {
    const found = looser(set, own, upper)
    if (found && !looser(set, now, upper)) {
      const figures = listed(Object.keys(layer.parameters), await parametersCalled(act, versions, layer))
      const told = saidOfLooser(set, found, { own, upper, called })
      throw refused('policy.draft_loosens', {
        zh: `改动${figures.zh}后，《${set.title.zh}》${told.zh}`,
        en: `With ${figures.en} changed, “${set.title.en}” ${told.en}`,
        set: set.id,
        conditions: found.missing.join(', '),
        authority: found.than.join(', '),
        from: found.from,
        parameters: Object.keys(layer.parameters).join(', '),
      })
    }
  }
}

/** The authority's own sets that stand over one above without a clause that permits it, and name a figure that the draft changes. */
function setsNaming(sets: readonly DeclaredSet[], { authority, from, parameters, sets: drafted }: Over) {
  const named = Object.keys(parameters).map((id) => `param.${id}`)
  const own = sets.filter((one) => one.authority === authority).sort((a, b) => a.depth - b.depth)
  const nearest = new Map(own.toReversed().map(({ declared }) => [declared.id, declared]))
  return [...nearest.values()]
    .filter((set) => !(set.id in drafted) && set.extends && !set.extends.permission)
    .filter((set) => named.some((name) => JSON.stringify(set).includes(name)))
    .map((set): SetDeclaration => ({ ...set, versions: fromOn(set.versions, from) }))
    .filter(({ versions }) => versions.length > 0)
}

/** Versions from the day on, the one that holds on it beginning then. */
function fromOn(versions: SetDeclaration['versions'], day: CivilDate): SetDeclaration['versions'] {
  const held = versions.findLast(({ from }) => from <= day)
  return [...(held ? [{ ...held, from: day }] : []), ...versions.filter(({ from }) => from > day)]
}

/** The rules of the authority above; undefined where there is none. */
async function rulesAbove<T>(act: Act<T>, book: FactBook, authority: string, versions: readonly string[]) {
  const above = versions.filter((version) => authorityIn(version) !== authority)
  if (above.length === 0) return undefined
  const nearest = authorityIn(above[0]!)
  return rulesIn(act, await parametersIn(act, nearest, above), above, book)
}

type Compared = { own: Rules; upper: Rules; called: Called }

/** From when, whose rule it cannot be proved to reach, and in which conditions, as the end of a sentence. */
function saidOfLooser(
  set: SetDeclaration,
  { from, than, missing }: Looser,
  { own, upper, called }: Compared,
): Bilingual {
  const [since, whose] = [dayCalled(from), than.map(called)]
  const [zh, en] = [whose.map((one) => one.zh).join('、'), whose.map((one) => one.en).join(', ')]
  if (missing[0] === 'applies')
    return {
      zh: `自${since.zh}起，适用人员不能证明不少于${zh}的规定`,
      en: `cannot be proved from ${since.en} to be about everybody whom that of ${en} is about`,
    }
  const words = conditionsCalled(upper.find(set.id, from)?.requirement, own.find(set.id, from)?.requirement)
  const which = listed(missing, words)
  return {
    zh: `自${since.zh}起，不能证明不低于${zh}的规定（条件${which.zh}）`,
    en: `cannot be proved from ${since.en} to be as strict as that of ${en} (${missing.length === 1 ? 'condition' : 'conditions'} ${which.en})`,
  }
}

async function parametersCalled<T>(act: Act<T>, versions: string[], { parameters }: Over): Promise<Called> {
  const titles = await titlesIn(act, Object.keys(parameters), versions)
  return (id) => titles.get(id) ?? { zh: id, en: id }
}

function notAsStrict(set: SetDeclaration, compared: Compared): Wrong[] {
  const found = set.extends?.permission ? undefined : looser(set, compared.own, compared.upper)
  if (!found) return []
  const told = saidOfLooser(set, found, compared)
  const first = found.missing[0] ?? ''
  const [zh, en] = first === 'applies' ? ['请改回适用范围', 'widen it'] : ['请改严该条件', 'make it stricter']
  return [
    {
      path: ['extends', 'permission'],
      at: 0,
      within: set,
      condition: first === 'applies' ? null : first,
      zh: `${told.zh}：${zh}，或写明准许的出处（文件、文号、条款）`,
      en: `it ${told.en}: ${en}, or state the clause that permits it (document, number, article)`,
    },
  ]
}

/** Exceptions that can hold at once and disagree, told where the second stands. */
const contrary = (set: SetDeclaration, rules: Rules): Wrong[] =>
  contradictions(set, rules).map(({ version, condition, first, second, day }) => {
    const place = placesIn(version).get(condition)!
    const declared = place.reduce<unknown>((inside, key) => (inside as Record<PropertyKey, unknown>)[key], version)
    const exceptions = (declared as Condition).exceptions!
    const nth = exceptions.findIndex(({ id }) => id === second.id)
    const [one, other, on] = [first.says, second.says, dayCalled(day)]
    return {
      path: ['versions', set.versions.indexOf(version), ...place, 'exceptions', nth, 'when'],
      at: 0,
      within: set,
      zh: `例外“${one.zh}”与“${other.zh}”可同时成立而结论相反（${on.zh}）：请在后一例外中排除前一例外的情形`,
      en: `the exceptions “${one.en}” and “${other.en}” can hold at once and disagree (${on.en}): let the second one leave out the cases of the first`,
    }
  })
