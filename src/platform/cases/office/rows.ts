/** A case as lists show it: columns, and the part of its sight that every list of an office begins with. */
import { sql } from 'kysely'
import type { Held } from '../../inbox/index.ts'
import type { Listed } from '../contract/office.ts'
import { isAsked } from '../flow/sign.ts'

/** Titles stand in the definition of the call: of a stage, of a track. */
export const titled = (list: 'stages' | 'tracks', id: ReturnType<typeof sql.ref>) =>
  sql`(select s -> 'title' from jsonb_array_elements(c.definition -> ${sql.lit(list)}) s where s ->> 'id' = ${id})`

/** Of a page `p` of cases `a`, joined with their call `c` and organisation `o`. */
export const columns = (
  held: readonly Held[],
) => sql`a.id, a.name, a.org_id, o.short_name as org_name, o.name_en as org_name_en,
  ${titled('tracks', sql.ref('a.track'))} as track, a.state, a.stage, ${titled('stages', sql.ref('a.stage'))} as stage_title, a.since, a.due_on,
  coalesce(a.due_on < db.today() and a.state = 'waiting', false) as overdue, a.submitted_at, a.score, a.rank, a.revision,
  exists (select from cases.task t where t.application_id = a.id and t.stage = a.stage and a.state = 'waiting' and ${isAsked(held)}) as asked`

/** Only what an office sees through its reach: what somebody sees because it is their own is for the pages of applicants. */
export const inReach = sql`a.org_path <@ any ((select db.scope())::ltree[])`

/** Text of a person as part of a pattern. */
const pattern = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`

export const named = (search: string | undefined) => (search ? sql`and a.name like ${pattern(search)}` : sql``)

/** Cases `a` of a call under these filters. Drafts are with their applicants. */
export const listedWhere = ({
  callId,
  stage,
  state,
  orgId,
  overdue,
  search,
}: Listed) => sql`a.call_id = ${callId} and ${inReach}
  and a.state <> 'draft'
  ${stage === undefined ? sql`` : sql`and a.stage = ${stage}`}
  ${state === undefined ? sql`` : sql`and a.state = ${state}`}
  ${overdue ? sql`and a.state = 'waiting' and a.due_on < db.today()` : sql``}
  ${orgId === undefined ? sql`` : sql`and a.org_path <@ (select x.path from directory.organisation x where x.id = ${orgId})`}
  ${named(search)}`
