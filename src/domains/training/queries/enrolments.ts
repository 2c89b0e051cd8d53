/** The people of a class for offices, in the order asked for. */
import { sql } from 'kysely'
import type { Act } from '../../../platform/db/index.ts'
import type { EnrolmentSort } from '../contract/orders.ts'
import { besideTotal, byFigure, byText, keyset, type Order, pageOf, type SortKey } from './keyset.ts'

export type EnrolmentRow = {
  personId: string
  name: string
  number: string
  orgId: string
  orgName: string
  state: string
  seated: boolean
  term: number
  reason: string | null
  fairShare: string | null
  attended: number | null
  required: number | null
  credits: string | null
  present: number
  onLeave: number
}
export type EnrolmentAsk = {
  classId: string
  state?: string | undefined
  orgId?: string | undefined
  search?: string | undefined
} & Order<EnrolmentSort>

/** Attended as decided, before that as it stands. */
const KEYS: Record<EnrolmentSort, SortKey> = {
  number: byText(sql`v.number`),
  name: byText(sql`v.name`),
  school: byText(sql`v.org_name`),
  state: byText(sql`v.state`),
  term: byFigure(sql`v.term`),
  fair: byFigure(sql`coalesce(v.fair_share, -1)`),
  present: byFigure(sql`coalesce(v.attended, v.present)`),
  leave: byFigure(sql`v.on_leave`),
  credits: byFigure(sql`coalesce(v.credits, -1)`),
}

/** People of a class in scope with how many there are on all pages; without a limit all of them. */
export async function enrolmentsOf<T>(
  act: Act<T>,
  ask: EnrolmentAsk & { limit: number | null },
): Promise<{ rows: EnrolmentRow[]; next: string | null; total: number }> {
  const { key, after, by } = keyset(KEYS[ask.sort ?? 'number'], ask)
  const { rows } = await sql<EnrolmentRow & { key: string; total: number }>`
    with people as (
      select p.id as person_id, p.name, p.number, e.org_id, o.short_name as org_name, e.state, e.seated, e.term, e.reason, e.fair_share, e.attended, e.required, e.credits,
        coalesce(a.present, 0)::int as present, coalesce(a.on_leave, 0)::int as on_leave
      from training.enrolment e join directory.person p on p.id = e.person_id join directory.organisation o on o.id = e.org_id
      left join (
        select x.person_id, count(*) filter (where x.state = 'present') as present, count(*) filter (where x.state = 'leave') as on_leave
        from training.attendance x where x.class_id = ${ask.classId} group by x.person_id
      ) a on a.person_id = e.person_id
      where e.class_id = ${ask.classId} and (${ask.state ?? null}::text is null or e.state = any(string_to_array(${ask.state ?? ''}, ',')))
        and (${ask.orgId ?? null}::uuid is null or e.org_id = ${ask.orgId ?? null})
        and (${ask.search ?? null}::text is null or p.name like '%' || ${ask.search ?? ''} || '%' or p.number = ${ask.search ?? ''})
    ), found as materialized (select v.*, ${key} as key from people v)
    select v.*, v.key::text as key, n.total
    from ${besideTotal(sql`found`, sql`select v.* from found v where ${after} order by ${by} limit ${ask.limit === null ? null : ask.limit + 1}`)}
    order by ${by}`.execute(act.tx)
  return pageOf(rows, ask.limit)
}
