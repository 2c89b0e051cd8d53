/** Instants as the protocol writes them, to the thousandth of a second: what was told once is not told again by `gt`. */
import { type RawBuilder, sql } from 'kysely'

export const instant = (value: RawBuilder<unknown>): RawBuilder<string> =>
  sql<string>`to_char((${value}) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
