/** The second time axis: by what people knew. */
import { type RawBuilder, sql } from 'kysely'

/** A civil day means all of it, as it was in China. */
export const knownAt = (knownOn: string): RawBuilder<string> =>
  /^\d{4}-\d\d-\d\d$/.test(knownOn)
    ? sql<string>`((${knownOn}::date + 1)::timestamp at time zone 'Asia/Shanghai' - interval '1 microsecond')`
    : sql<string>`${knownOn}::timestamptz`
