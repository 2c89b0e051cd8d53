/** Health and safety checks that are due: of everybody who works in scope, the last of each kind. */
import { sql } from 'kysely'
import { addDays } from '../../../base/dates.ts'
import type { Act } from '../../../platform/db/index.ts'
import { LAST, noticeDays, working } from './checks.ts'

export type Due = {
  personId: string
  name: string
  number: string
  orgName: string
  kind: string
  doneOn: string
  dueOn: string
  overdue: boolean
}

/** @param within days from today, by the policy where absent; what is overdue is always shown */
export async function checksDue<T>(
  act: Act<T>,
  {
    within,
    kind,
    cursor,
    limit,
  }: { within?: number | undefined; kind?: string | undefined; cursor?: string | undefined; limit: number },
): Promise<{ rows: Due[]; next: string | null; total: number }> {
  const [day = '', id = ''] = (cursor ?? '').split('~')
  const days = within ?? (await noticeDays(act)) ?? 0
  const found = sql`${LAST} where l.due_on <= ${addDays(act.today, days)}::date and ${working(act.today)}
      and (${kind ?? null}::text is null or l.kind = ${kind ?? null})`
  const after = cursor ? sql`and (l.due_on, l.id) > (${day}::date, ${id}::uuid)` : sql``
  const { rows } = await sql<
    Due & { id: string; total: number }
  >`select l.id, p.id as person_id, p.name, p.number, o.short_name as org_name, l.kind, l.done_on, l.due_on,
      l.due_on < ${act.today}::date as overdue, (select count(*)::int from ${found}) as total
    from ${found} ${after} order by l.due_on, l.id limit ${limit + 1}`.execute(act.tx)
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return {
    rows: shown.map(({ id: _, total: __, ...row }) => row),
    next: rows.length > limit && last ? `${last.dueOn}~${last.id}` : null,
    total: rows[0]?.total ?? 0,
  }
}
