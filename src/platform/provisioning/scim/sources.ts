/** What modules know about people beyond the directory, told to platforms: as rows of a query, so that it is asked of thousands at once. */
import type { RawBuilder } from 'kysely'

/**
 * Several values under one name, such as the subjects somebody teaches. `rows` gives `value` and `display`, at most one row a value, of the
 * person whose id stands where `person` does; under the row-level security of whoever asks.
 */
export type RosterSource = {
  /** What a platform must be let to learn: one of the scopes of the one sign-in. */
  scope: string
  /** The attribute in the extension of the house: `subjects`. */
  name: string
  /** For whoever reads the schema. */
  description: string
  rows: (person: RawBuilder<unknown>) => RawBuilder<unknown>
}
