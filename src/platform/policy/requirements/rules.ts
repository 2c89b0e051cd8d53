/** The requirement sets that hold for one authority: its own and those above it, as they stand on a day. */
import type { CivilDate } from '../../../base/dates.ts'
import { Refusal, refused } from '../../../base/errors.ts'
import type { Nature } from '../contract.ts'
import type { Scope } from '../expression/read.ts'
import { factsOf, parametersOf } from '../rules/expression/term.ts'
import type { Type } from '../rules/expression/value.ts'
import { parameterValue } from '../rules/parameter-type.ts'
import type { Found, Parameters } from '../rules/reader.ts'
import type { About, SetDeclaration, SetVersion } from '../rules/requirements/declared.ts'
import { bindRequirement, type Requirement, termsOf } from '../rules/requirements/requirement.ts'
import { readRequirement } from './read.ts'

/** A set as one authority declares it; `depth` 0 is the authority asked for, 1 the one above it. */
export type DeclaredSet = { depth: number; authority: string; packVersion: string; declared: SetDeclaration }

/** One authority's part of a set on a day. */
export type Layer = { authority: string; packVersion: string; version: SetVersion }

export type InForce = {
  id: string
  title: { zh: string; en: string }
  about: About
  /** Null where it is a goal. */
  nature: Nature | null
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
  /** By set, the days between which nothing of it changes. */
  readonly #changes = new Map<string, readonly CivilDate[]>()
  readonly #made = new Map<string, InForce | undefined>()
  readonly #read = new Map<SetVersion, ReturnType<typeof readRequirement>>()

  /** @param factType types of the house's facts */
  constructor(parameters: Parameters, sets: readonly DeclaredSet[], factType: (id: string) => Type | undefined) {
    this.parameters = parameters
    this.#declared = Map.groupBy(
      [...sets].sort((a, b) => a.depth - b.depth),
      ({ declared }) => declared.id,
    )
    this.#scope = { fact: factType, parameter: (id) => parameters.typeOf(id), axes: (id) => parameters.axesOf(id) }
  }

  /** What expressions may name. */
  get scope(): Scope {
    return this.#scope
  }

  /** A set as the authorities of the chain declare it, the nearest first. */
  declared(id: string): readonly DeclaredSet[] {
    return this.#declared.get(id) ?? []
  }

  /** The same rules under other values of parameters. */
  changed(values: Readonly<Record<string, unknown>>, place: number): Rules {
    return new Rules(this.parameters.changed(values, place), [...this.#declared.values()].flat(), this.#scope.fact)
  }

  /** All sets that hold on the day. */
  list(asOf: CivilDate): InForce[] {
    return [...this.#declared.keys()].sort().flatMap((id) => this.find(id, asOf) ?? [])
  }

  find(id: string, asOf: CivilDate): InForce | undefined {
    const key = `${id} ${this.changes(id).findLast((day) => day <= asOf) ?? ''}`
    if (!this.#made.has(key)) this.#made.set(key, this.#make(id, asOf))
    return this.#made.get(key)
  }

  /** The days on which a set changes, or a parameter that it uses. */
  changes(id: string): readonly CivilDate[] {
    const known = this.#changes.get(id)
    if (known) return known
    const versions = this.declared(id).flatMap(({ declared }) => declared.versions)
    const terms = versions.flatMap((version) => [...termsOf(this.#readOnce(version).requirement)])
    const used = new Set(terms.flatMap((term) => [...parametersOf(term)]))
    const days = [...new Set([...this.parameters.changes(used), ...versions.map(({ from }) => from)])].sort()
    this.#changes.set(id, days)
    return days
  }

  /** One version of a set by itself, with the parameters of a day. */
  bound(version: SetVersion, asOf: CivilDate): Requirement {
    return this.#bind(this.#readOnce(version).requirement, asOf)
  }

  #bind(requirement: Requirement, asOf: CivilDate): Requirement {
    return bindRequirement(requirement, (parameter) => {
      const found = this.parameters.find(parameter, asOf)
      return found ? parameterValue(this.parameters.typeOf(parameter)!, found.value) : null
    })
  }

  #readOnce(version: SetVersion): ReturnType<typeof readRequirement> {
    const known = this.#read.get(version)
    if (known) return known
    const read = readRequirement(version, this.#scope)
    this.#read.set(version, read)
    return read
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
    let about: About = 'person'
    let nature: Nature | null = null
    for (const { authority, packVersion, declared } of this.#declared.get(id) ?? []) {
      // What an authority adopted, or drafts, stands in the place of what its own file says.
      if (layers.at(-1)?.authority === authority) continue
      const version = declared.versions.findLast(({ from }) => from <= asOf)
      if (!version) continue
      title ??= declared.title
      about = declared.about
      nature ??= declared.nature ?? null
      layers.push({ authority, packVersion, version })
      if (declared.extends?.how === 'replaces') break
    }
    if (!title) return undefined
    const parameters = new Map<string, Found>()
    const read = layers.map(({ version }) => {
      const { requirement, mistakes } = this.#readOnce(version)
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
    const requirement = this.#bind(whole, asOf)
    return { id, title, about, nature, layers, requirement, facts, parameters: [...parameters.values()] }
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
