/** What waits for a meeting, a decision or filing, call by call: where the work of those who organise begins. */
import { sql } from 'kysely'
import type { Act } from '../../db/index.ts'
import { type Held, holds } from '../../inbox/index.ts'
import type { Definition } from '../contract/definition.ts'
import { officeAt } from '../flow/enter.ts'
import { stageAt } from '../rules/flow.ts'

type Row = { callId: string; definition: Definition; stage: string; waiting: number; since: string }
const KINDS = ['panel', 'decide', 'file'] as const
type Kind = (typeof KINDS)[number]

/** Stages at which the actor holds the office, the longest wait first. */
export async function decisionsWaiting<T>(act: Act<T>, held: readonly Held[]) {
  const { rows } = await sql<Row>`
    select a.call_id, c.definition, a.stage, count(*)::int as waiting, min(a.since) as since
    from cases.application a join cases.call c on c.id = a.call_id
      cross join lateral (select s ->> 'kind' as kind, s -> 'by' ->> 'role' as role, s -> 'by' ->> 'at' as at
        from jsonb_array_elements(c.definition -> 'stages') s where s ->> 'id' = a.stage) s
    where a.state = 'waiting' and c.state = 'published' and s.kind = any (${[...KINDS]}::text[])
      and ${holds(held, sql`s.role`, sql`(select w.id from ${officeAt(sql`s.at`, sql`a.org_path`)} w)`)}
    group by a.call_id, c.definition, a.stage order by since, a.call_id, a.stage`.execute(act.tx)
  return rows.map(({ definition, ...row }) => {
    const stage = stageAt(definition, row.stage)!
    return { ...row, kind: stage.kind as Kind, callTitle: definition.title, stageTitle: stage.title }
  })
}
