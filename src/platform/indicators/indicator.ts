/** How a domain declares an indicator. */
import type { RawBuilder } from 'kysely'
import type { CivilDate } from '../../base/dates.ts'
import type { Clause } from '../policy/contract.ts'

/** The time that is measured, the end not included. `id` is what people call it: `2023`, `2023-2024-1`. */
export type Span = { id: string; from: CivilDate; until: CivilDate }

/** A query about what is measured: the span, and whatever else the domain’s own span names (a plan, a pace). */
type Asking<S extends Span> = (span: S) => RawBuilder<unknown>

/** Where the figure comes from. Rows may come in any number and at any depth of the tree: they are added up. */
type Amounts<S extends Span> =
  | {
      /** Rows `(org_path ltree, value numeric)`. */
      numerator: Asking<S>
      /** Rows of the same form; absent for a plain count. */
      denominator?: Asking<S>
    }
  | {
      /** Both in one pass over the same facts: rows `(org_path ltree, numerator numeric, denominator numeric)`. */
      ratio: Asking<S>
    }

export type Indicator<S extends Span = Span> = {
  /** `training.participation` */
  id: string
  name: { zh: string; en: string }
  /** What is counted, over what. */
  definition?: { zh: string; en: string }
  unit: 'share' | 'count' | 'hour' | 'credit' | 'ratio'
  clause?: Clause
  /** A query that gives rows `(person_id uuid, org_path ltree, counted boolean)`, one a person: the denominator’s people. */
  people?: Asking<S>
  /**
   * The data is sensitive: groups smaller than this are held back, and what would give them away. The denominator (for a
   * count: the numerator) must then count people, and nobody is shown by name.
   */
  minimumGroup?: number
} & Amounts<S>

/** True where there is something to divide by. */
export const isShared = <S extends Span>(indicator: Indicator<S>): boolean =>
  'ratio' in indicator || indicator.denominator !== undefined

/** @throws Error where a sensitive indicator offers its people */
export function defineIndicator<S extends Span = Span>(indicator: Indicator<S>): Indicator<S> {
  if (!/^[a-z_]+\.[a-z0-9_]+$/.test(indicator.id)) throw new Error(`an indicator is named module.what: ${indicator.id}`)
  if (indicator.minimumGroup !== undefined && indicator.people)
    throw new Error(`${indicator.id} is sensitive: it cannot show people`)
  return indicator
}
