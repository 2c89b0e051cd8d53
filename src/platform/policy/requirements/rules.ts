/** The requirement sets that hold for one authority: its own and those above it, as they stand on a day. */
import type { CivilDate } from '../../../base/dates.ts'
import { Refusal, refused } from '../../../base/errors.ts'
import type { Scope } from '../expression/read.ts'
import { factsOf, parametersOf } from '../rules/expression/term.ts'
import type { Type } from '../rules/expression/value.ts'
import { parameterValue } from '../rules/parameter-type.ts'
import type { Found, Parameters } from '../rules/reader.ts'
import type { SetDeclaration, SetVersion } from '../rules/requirements/declared.ts'
import { bindRequirement, type Requirement, termsOf } from '../rules/requirements/requirement.ts'
import { readRequirement } from './read.ts'

/** A set as one authority declares it; `depth` 0 is the authority asked for, 1 the one above it. */
export type DeclaredSet = { depth: number; authority: string; packVersion: string; declared: SetDeclaration }

/** One authority's part of a set on a day. */
export type Layer = { authority: string; packVersion: string; version: SetVersion }

export type InForce = {
  id: string
  title: { zh: string; en: string }
  /** Whose rules make it up, nearest first. */
  layers: readonly Layer[]
  /** Read, with the day's values of the parameters in it. */
  requirement: Requirement
  /** What it asks for. */
  facts: ReadonlySet<string>
  /** The parameters it uses, as they hold on the day. */
  parameters: readonly Found[]
}

export class Rules {
  readonly parameters: Parameters
  readonly #declared: ReadonlyMap<string, DeclaredSet[]>
  readonly #scope: Scope
  /** Between two of these days nothing changes. */
  readonly #changes: readonly CivilDate[]
  readonly #made = new Map<string, InForce | undefined>()

  /** @param factType types of the house's facts */
  constructor(parameters: Parameters, sets: readonly DeclaredSet[], factType: (id: string) => Type | undefined) {
    this.parameters = parameters
    this.#declared = Map.groupBy(
      [...sets].sort((a, b) => a.depth - b.depth),
      ({ declared }) => declared.id,
    )
    const begins = sets.flatMap(({ declared }) => declared.versions.map(({ from }) => from))
    this.#changes = [...new Set([...parameters.changes(), ...begins])].sort()
    this.#scope = { fact: factType, parameter: (id) => parameters.typeOf(id) }
  }

  /** The same rules under other values of parameters. */
  changed(values: Readonly<Record<string, unknown>>): Rules {
    return new Rules(this.parameters.changed(values), [...this.#declared.values()].flat(), this.#scope.fact)
  }

  /** All sets that hold on the day. */
  list(asOf: CivilDate): InForce[] {
    return [...this.#declared.keys()].sort().flatMap((id) => this.find(id, asOf) ?? [])
  }

  find(id: string, asOf: CivilDate): InForce | undefined {
    const key = `${id} ${this.#changes.findLast((day) => day <= asOf) ?? ''}`
    if (!this.#made.has(key)) this.#made.set(key, this.#make(id, asOf))
    return this.#made.get(key)
  }

  /** @throws Refusal `policy.set_absent` */
  get(id: string, asOf: CivilDate): InForce {
    const found = this.find(id, asOf)
    if (!found) throw refused('policy.set_absent', { set: id, authority: this.parameters.authority, asOf })
    return found
  }

  #make(id: string, asOf: CivilDate): InForce | undefined {
    const layers: Layer[] = []
    let title: InForce['title'] | undefined
    for (const { authority, packVersion, declared } of this.#declared.get(id) ?? []) {
      const version = declared.versions.findLast(({ from }) => from <= asOf)
      if (!version) continue
      title ??= declared.title
      layers.push({ authority, packVersion, version })
      if (declared.extends?.how === 'replaces') break
    }
    if (!title) return undefined
    const parameters = new Map<string, Found>()
    const read = layers.map(({ version }) => {
      const { requirement, mistakes } = readRequirement(version, this.#scope)
      if (mistakes.length > 0)
        throw new Refusal('fault', 'policy.set_unreadable', { set: id, why: mistakes[0]!.error.message })
      return requirement
    })
    const whole = together(read)
    const facts = new Set<string>()
    for (const term of termsOf(whole)) {
      for (const fact of factsOf(term)) facts.add(fact)
      for (const parameter of parametersOf(term)) {
        const found = this.parameters.find(parameter, asOf)
        if (found) parameters.set(parameter, found)
      }
    }
    const requirement = bindRequirement(whole, (parameter) => {
      const found = parameters.get(parameter)
      return found ? parameterValue(this.parameters.typeOf(parameter)!, found.value) : null
    })
    return { id, title, layers, requirement, facts, parameters: [...parameters.values()] }
  }
}

/** What several authorities ask for, all of it: that is at least as strict as each of them. */
function together(read: readonly Requirement[]): Requirement {
  const [first, ...above] = read
  if (!first || above.length === 0) return first!
  const parts = read.map(({ needs }) => needs)
  const applies = read.find((one) => one.applies)?.applies
  return {
    ...(applies ? { applies } : {}),
    needs: { kind: 'group', least: parts.length, parts },
    grades: read.toReversed().flatMap(({ grades }) => grades),
  }
}
