/** The table of an office: every signature that is asked of the roles one holds, what is due first on top. */
import { sql } from 'kysely'
import type { Act } from '../../db/index.ts'
import type { Held } from '../../inbox/index.ts'
import type { Bilingual } from '../../policy/contract.ts'
import type { TaskRow } from '../contract/office.ts'
import { isAsked } from '../flow/sign.ts'
import { cut, readCursor } from './cursor.ts'
import { columns, inReach, named } from './rows.ts'

type Ask = {
  callId?: string | undefined
  stage?: string | undefined
  overdue?: boolean | undefined
  search?: string | undefined
  cursor?: string | undefined
  limit: number
}

/** Open tasks of cases that stand where the task is. */
const open = (held: readonly Held[]) => sql`cases.task t join cases.application a on a.id = t.application_id
  and a.stage = t.stage and a.state = 'waiting' where ${isAsked(held)} and ${inReach}`

/** What has no term is never due: it stands after everything else. */
const DUE = sql`coalesce(t.due_on, 'infinity')`

export async function myTasks<T>(
  act: Act<T>,
  held: readonly Held[],
  { callId, stage, overdue, search, cursor, limit }: Ask,
): Promise<{ rows: TaskRow[]; next: string | null; total: number }> {
  const which = sql`${open(held)} ${callId === undefined ? sql`` : sql`and a.call_id = ${callId}`}
    ${stage === undefined ? sql`` : sql`and t.stage = ${stage}`} ${overdue ? sql`and t.due_on < db.today()` : sql``} ${named(search)}`
  const [due = null, task = null] = cursor ? readCursor(cursor, 2) : []
  const { rows } = await sql<TaskRow>`with p as materialized (
      select t.application_id, t.id as task_id, t.role, t.added, t.opened_at, t.urged_at, t.due_on from ${which}
        ${cursor ? sql`and (${DUE}, t.id) > (${due ?? 'infinity'}::date, ${task}::uuid)` : sql``}
      order by ${DUE}, t.id limit ${limit + 1})
    select ${columns(held)}, p.task_id, a.call_id, c.title as call_title, p.role, p.added, p.opened_at, p.urged_at, p.due_on,
      coalesce(p.due_on < db.today(), false) as overdue
    from p join cases.application a on a.id = p.application_id join cases.call c on c.id = a.call_id
      join directory.organisation o on o.id = a.org_id
    order by coalesce(p.due_on, 'infinity'), p.task_id`.execute(act.tx)
  const { rows: count } = await sql<{ total: number }>`select count(*)::int as total from ${which}`.execute(act.tx)
  return { ...cut(rows, limit, (row) => [row.dueOn, row.taskId]), total: count[0]!.total }
}

export type TaskCount = {
  callId: string
  title: Bilingual
  stage: string
  stageTitle: Bilingual
  n: number
  overdue: number
  oldestDue: string | null
}

export async function taskCounts<T>(act: Act<T>, held: readonly Held[]): Promise<TaskCount[]> {
  const { rows } =
    await sql<TaskCount>`select n.call_id, c.title, n.stage, s.value -> 'title' as stage_title, n.n, n.overdue, n.oldest_due
    from (select a.call_id, t.stage, count(distinct a.id)::int as n, (count(distinct a.id) filter (where t.due_on < db.today()))::int as overdue,
        min(t.due_on) as oldest_due from ${open(held)} group by a.call_id, t.stage) n
      join cases.call c on c.id = n.call_id
      cross join lateral jsonb_array_elements(c.definition -> 'stages') with ordinality s (value, nth)
    where s.value ->> 'id' = n.stage order by n.oldest_due nulls last, n.call_id, s.nth`.execute(act.tx)
  return rows
}
