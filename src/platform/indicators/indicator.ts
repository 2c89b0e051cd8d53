/** How a domain declares an indicator. */
import type { RawBuilder } from 'kysely'
import type { CivilDate } from '../../base/dates.ts'
import type { Clause } from '../policy/contract.ts'

/** The time that is measured, the end not included. `id` is what people call it: `2023`, `2023-2024-1`. */
export type Span = { id: string; from: CivilDate; until: CivilDate }

/** A query that gives rows `(org_path ltree, value numeric)`, in any number and at any depth of the tree: they are added up. */
type Amounts = (span: Span) => RawBuilder<unknown>

/** A query that gives rows `(person_id uuid, org_path ltree, counted boolean)`, one a person: the denominator’s people. */
type People = (span: Span) => RawBuilder<unknown>

export type Indicator = {
  /** `training.participation_rate` */
  id: string
  name: { zh: string; en: string }
  unit: 'share' | 'count' | 'hour' | 'credit' | 'ratio'
  clause?: Clause
  numerator: Amounts
  /** Absent for a plain count. */
  denominator?: Amounts
  people?: People
  /**
   * The data is sensitive: groups smaller than this are held back, and what would give them away. The denominator (for a
   * count: the numerator) must then count people, and nobody is shown by name.
   */
  minimumGroup?: number
}

/** @throws Error where a sensitive indicator offers its people */
export function defineIndicator(indicator: Indicator): Indicator {
  if (!/^[a-z_]+\.[a-z0-9_]+$/.test(indicator.id)) throw new Error(`an indicator is named module.what: ${indicator.id}`)
  if (indicator.minimumGroup !== undefined && indicator.people)
    throw new Error(`${indicator.id} is sensitive: it cannot show people`)
  return indicator
}
