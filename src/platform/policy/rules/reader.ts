/** Which value of a parameter holds: that of the nearest authority in the chain that says anything for the day. */
import type { z } from 'zod'
import type { CivilDate } from '../../../base/dates.ts'
import { Refusal, refused } from '../../../base/errors.ts'
import type { Clause, Confidence } from '../contract.ts'
import { cellOf, readTable } from './expression/table.ts'
import { amount, decimal, type Type } from './expression/value.ts'
import { axesOf, parameterType } from './parameter-type.ts'

/** One dated value as declared by one authority; `depth` 0 is the authority asked for, 1 the one above it. */
export type Declared = {
  depth: number
  authority: string
  packVersion: string
  id: string
  unit: string
  from: CivilDate
  until: CivilDate | null
  value: unknown
  clause: Clause | null
  confidence: Confidence
}

export type Found<T = unknown> = {
  id: string
  value: T
  unit: string
  clause: Clause | null
  confidence: Confidence
  authority: string
  packVersion: string
  from: CivilDate
}

/** Answers what holds for one authority. Every question names its day. */
export class Parameters {
  readonly authority: string
  readonly #declared: Map<string, Declared[]>
  constructor(authority: string, declared: readonly Declared[]) {
    this.authority = authority
    this.#declared = Map.groupBy(
      [...declared].sort((a, b) => a.depth - b.depth),
      ({ id }) => id,
    )
  }

  /** Its type in expressions; undefined where no authority of the chain has it, or expressions cannot use it. */
  typeOf(id: string): Type | undefined {
    const declared = this.#declared.get(id)
    return (
      declared &&
      parameterType(
        declared[0]!.unit,
        declared.map(({ value }) => value),
      )
    )
  }

  /** Types of the axes of a table. */
  axesOf(id: string): readonly Type[] | undefined {
    const declared = this.#declared.get(id)?.[0]
    return declared && axesOf(declared.unit, declared.value)
  }

  /** What it is measured in; undefined where no authority of the chain has it. */
  unitOf(id: string): string | undefined {
    return this.#declared.get(id)?.[0]?.unit
  }

  /**
   * The same with other values, for trying them out: they hold on every day and have no clause.
   * @param place how many layers are nearer than that of the authority that changes them
   */
  changed(values: Readonly<Record<string, unknown>>, place: number): Parameters {
    const tried = Object.entries(values).map(
      ([id, value]): Declared => ({
        // Over a draft as well, which stands half a layer above the authority's own.
        depth: place - 0.75,
        authority: this.authority,
        packVersion: 'trial',
        id,
        unit: this.#declared.get(id)?.[0]?.unit ?? '',
        from: '0001-01-01',
        until: null,
        value,
        clause: null,
        confidence: 'U',
      }),
    )
    return new Parameters(this.authority, [...[...this.#declared.values()].flat(), ...tried])
  }

  /** The days on which any value of these parameters begins or ends. */
  changes(ids: Iterable<string>): CivilDate[] {
    return [...ids]
      .flatMap((id) => this.#declared.get(id) ?? [])
      .flatMap(({ from, until }) => (until === null ? [from] : [from, until]))
  }

  /** What holds on the day, or undefined. */
  find(id: string, asOf: CivilDate): Found | undefined {
    const held = this.#declared.get(id)?.find(({ from, until }) => from <= asOf && (until === null || asOf < until))
    if (!held) return undefined
    const { value, unit, clause, confidence, authority, packVersion, from } = held
    return { id, value, unit, clause, confidence, authority, packVersion, from }
  }

  /** @throws Refusal `policy.parameter_absent` */
  value(id: string, asOf: CivilDate): Found {
    const found = this.find(id, asOf)
    if (!found) throw refused('policy.parameter_absent', { parameter: id, authority: this.authority, asOf })
    return found
  }

  /** A figure that must be there. @throws Refusal where it is absent, or null (“no limit”), or a table */
  number(id: string, asOf: CivilDate): Found<number> {
    const found = this.value(id, asOf)
    if (typeof found.value !== 'number') throw new Refusal('fault', 'policy.parameter_shape', { parameter: id })
    return { ...found, value: found.value }
  }

  /**
   * A cell of a table, by a key for each axis in order; null where nothing is laid down for these keys.
   * @throws Refusal where the parameter is absent or no table
   */
  cell(id: string, asOf: CivilDate, keys: readonly (number | string)[]): Found<number | null> {
    const found = this.value(id, asOf)
    if (found.unit !== 'table') throw new Refusal('fault', 'policy.parameter_shape', { parameter: id })
    const asked = keys.map((key) => (typeof key === 'number' ? amount(key) : key))
    const cell = cellOf(readTable(found.value), asked)
    return { ...found, value: cell === null ? null : Number(decimal(cell)) }
  }

  /** A value of a known shape, for instance `HoursPerCredit`. */
  as<T>(id: string, asOf: CivilDate, shape: z.ZodType<T>): Found<T> {
    const found = this.value(id, asOf)
    const parsed = shape.safeParse(found.value)
    if (!parsed.success) throw new Refusal('fault', 'policy.parameter_shape', { parameter: id })
    return { ...found, value: parsed.data }
  }
}
