/** What only shows between packs and between the parts of one: what is named and is not there, what stands over another's rule. */
import type { Scope } from '../expression/read.ts'
import type { FactBook } from '../facts.ts'
import { readRequirement } from '../requirements/read.ts'
import { axesOf, parameterType } from '../rules/parameter-type.ts'
import type { About } from '../rules/requirements/declared.ts'
import type { Problem } from '../yaml-file.ts'
import { checkFigures, checkSets } from './over.ts'
import { type Draft, problem } from './pack.ts'

/** What only shows between packs: a parent that is missing, a circle, one parameter in two units, a rule over another. */
export function checkTogether(drafts: Draft[], facts: FactBook, problems: Problem[]): void {
  const byAuthority = new Map(drafts.map((draft) => [draft.authority, draft]))
  for (const draft of drafts) {
    const chain = chainOf(draft, byAuthority, problems)
    if (!chain) continue
    checkUnits(draft, chain, problems)
    checkFigures(draft, chain, problems)
    checkRequirements(draft, chain, facts, problems)
  }
  if (problems.length > 0) return
  for (const draft of drafts) checkSets(draft, chainOf(draft, byAuthority, problems)!, facts, problems)
}

function checkUnits(draft: Draft, chain: readonly Draft[], problems: Problem[]): void {
  for (const ancestor of chain.slice(1)) {
    for (const { item, at } of draft.parameters) {
      const above = ancestor.parameters.find(({ item: { id } }) => id === item.id)?.item
      if (!above) continue
      const axes = (one: typeof item) => axesOf(one.unit, one.values[0]!.value)?.join()
      if (above.unit !== item.unit)
        problems.push(
          problem(
            at(['id']),
            item.id,
            `单位应与 ${ancestor.authority} 相同：${above.unit}`,
            `the unit must be that of ${ancestor.authority}: ${above.unit}`,
          ),
        )
      else if (axes(above) !== axes(item))
        problems.push(
          problem(
            at(['axes']),
            item.id,
            `表的维度应与 ${ancestor.authority} 相同`,
            `the axes must be like those of ${ancestor.authority}`,
          ),
        )
    }
  }
}

function chainOf(draft: Draft, byAuthority: Map<string, Draft>, problems: Problem[]): Draft[] | undefined {
  const chain = [draft]
  for (let up = draft.extends; up !== null; ) {
    const parent = byAuthority.get(up)
    if (!parent || chain.includes(parent)) {
      const [zh, en] = parent
        ? ['上级参数包互相循环', 'the packs extend each other in a circle']
        : [`没有参数包 ${up}`, `there is no pack ${up}`]
      problems.push(problem(draft.place, 'extends', zh, en))
      return undefined
    }
    chain.push(parent)
    up = parent.extends
  }
  return chain
}

/** Expressions that name what is not there, and rules that stand over a higher authority's without saying how. */
function checkRequirements(draft: Draft, chain: Draft[], facts: FactBook, problems: Problem[]): void {
  const scopes = { person: scopeOf(chain, facts, 'person'), organisation: scopeOf(chain, facts, 'organisation') }
  for (const { item, at } of draft.requirements) {
    const above = chain.slice(1).find(({ requirements }) => requirements.some(({ item: { id } }) => id === item.id))
    if (above && !item.extends)
      problems.push(
        problem(
          at(['id']),
          item.id,
          `${above.authority} 已有同名条件集：须用 extends 写明是加严还是取代`,
          `${above.authority} has a set of this id: say under extends whether this one tightens or replaces it`,
        ),
      )
    for (const [nth, version] of item.versions.entries()) {
      const previous = item.versions[nth - 1]
      if (previous && previous.from >= version.from)
        problems.push(
          problem(
            at(['versions', nth, 'from']),
            item.id,
            '版本须按日期先后排列',
            'versions must follow each other by date',
          ),
        )
      for (const { path, error } of readRequirement(version, scopes[item.about]).mistakes)
        problems.push(
          problem(
            at(['versions', nth, ...path], error.at.start),
            [item.id, ...path].map(String).join('.'),
            error.zh,
            error.message,
          ),
        )
    }
  }
  const known = new Set(chain.flatMap(({ requirements }) => requirements.map(({ item: { id } }) => id)))
  for (const { item, at } of draft.cases) {
    if (!known.has(item.set))
      problems.push(
        problem(at(['set']), item.name, `没有条件集 ${item.set}`, `there is no requirement set ${item.set}`),
      )
    for (const fact of Object.keys(item.facts))
      if (!facts.declared(fact))
        problems.push(problem(at(['facts', fact]), item.name, `没有事实 ${fact}`, `there is no fact ${fact}`))
  }
}

/** What expressions of a pack may name: all facts, and the parameters of its chain. */
function scopeOf(chain: readonly Draft[], facts: FactBook, about: About): Scope {
  const declared = Map.groupBy(
    chain.flatMap(({ parameters }) => parameters.map(({ item }) => item)),
    ({ id }) => id,
  )
  return {
    fact: (id) => facts.declared(id, about)?.type,
    parameter: (id) => {
      const found = declared.get(id)
      return (
        found &&
        parameterType(
          found[0]!.unit,
          found.flatMap(({ values }) => values.map(({ value }) => value)),
        )
      )
    },
    axes: (id) => {
      const found = declared.get(id)?.[0]
      return found && axesOf(found.unit, found.values[0]!.value)
    },
  }
}
