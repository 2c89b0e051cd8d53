/** Reminders of health and safety checks: to the person before the day, to the school by the month; settled once a later check is on record. */
import { sql } from 'kysely'
import { addDays } from '../../../base/dates.ts'
import { Refusal } from '../../../base/errors.ts'
import type { Act } from '../../../platform/db/index.ts'
import { finishAll, type NewItem, notify } from '../../../platform/inbox/index.ts'
import { parameters } from '../../../platform/policy/index.ts'
import type { Group } from './group.ts'
import type { Stored } from './values.ts'

const NOTICE = 'records.check.notice_days'
/** Told in parts, so that a whole city fits. */
const AT_ONCE = 5_000

/** How many days before; null where no pack says so. */
export async function noticeDays<T>(act: Act<T>): Promise<number | null> {
  try {
    const { value } = (await parameters(act, 'national')).value(NOTICE, act.today)
    return typeof value === 'number' ? value : null
  } catch (error) {
    if (error instanceof Refusal) return null
    throw error
  }
}

const keyOf = (kind: string, dueOn: string): string => `records.check:${kind}:${dueOn}`

/** The last check of each kind of everybody who works in scope: `l` with person `p` and school `o`. */
export const LAST = sql`(select distinct on (c.person_id, c.kind) c.person_id, c.id, c.kind, c.done_on, c.due_on from records.safety_check c
      order by c.person_id, c.kind, c.done_on desc) l
    join directory.person p on p.id = l.person_id join directory.organisation o on o.id = p.org_id`
export const working = (today: string) =>
  sql`p.org_path <@ any ((select db.scope())::ltree[]) and exists (select from directory.employment e
    where e.person_id = p.id and e.kind = 'main' and e.during @> ${today}::date)`

type Due = { personId: string; kind: string; dueOn: string; zh: string; en: string | null }

/** Once a day; the same is told once. What was due longer ago than the notice has been told before. */
export async function remindOfChecks(act: Act): Promise<void> {
  const days = await noticeDays(act)
  if (days === null) return
  const due = sql`${LAST} where l.due_on between ${addDays(act.today, -days)}::date and ${addDays(act.today, days)}::date and ${working(act.today)}`
  const { rows } =
    await sql<Due>`select l.person_id, l.kind, l.due_on, k.zh, k.en from (select l.person_id, l.kind, l.due_on from ${due}) l
    join records.code k on k."table" = 'CYZL' and k.code = l.kind order by l.due_on, l.person_id`.execute(act.tx)
  for (let i = 0; i < rows.length; i += AT_ONCE)
    await notify(
      act,
      rows.slice(i, i + AT_ONCE).map(
        ({ personId, kind, dueOn, zh, en }): NewItem => ({
          personId,
          kind: 'todo',
          code: 'records.todo.check',
          data: { zh, en: en ?? zh, on: dueOn },
          link: '/my/record?group=check',
          due: dueOn,
          key: keyOf(kind, dueOn),
        }),
      ),
    )
  const { rows: schools } = await sql<{
    orgId: string
    n: number
  }>`select p.org_id, count(*)::int as n from ${due} group by 1`.execute(act.tx)
  await notify(
    act,
    schools.map(({ orgId, n }) => ({
      role: 'clerk',
      orgId,
      kind: 'message',
      code: 'records.message.checks_due',
      data: { n, days },
      link: '/people/checks',
      key: `records.checks:${orgId}:${act.today.slice(0, 7)}`,
    })),
  )
}

/** After a check was entered or corrected: what was reminded of and is due no more is done. */
export async function settleChecks<T>(act: Act<T>, group: Group, personId: string, before: Readonly<Stored> = {}) {
  if (group.id !== 'check') return
  const { rows } = await sql<{ kind: string; dueOn: string; last: boolean }>`
    select c.kind, c.due_on, row_number() over (partition by c.kind order by c.done_on desc) = 1 as last
    from records.safety_check c where c.person_id = ${personId} and c.due_on is not null`.execute(act.tx)
  const open = new Set(rows.filter(({ last }) => last).map(({ kind, dueOn }) => keyOf(kind, dueOn)))
  const past = rows.map(({ kind, dueOn }) => keyOf(kind, dueOn))
  if (typeof before.kind === 'string' && typeof before.dueOn === 'string') past.push(keyOf(before.kind, before.dueOn))
  const done = [...new Set(past)].filter((key) => !open.has(key))
  if (done.length > 0)
    await finishAll(
      act,
      done.map((key) => ({ key, whose: personId })),
    )
}
