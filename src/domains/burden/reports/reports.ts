/** The monitoring channel: what a school is asked is done there, what reached it past the register is reported, by name or without. */
import { sql } from 'kysely'
import { invalid, notFound } from '../../../base/errors.ts'
import { newId } from '../../../base/ids.ts'
import { record } from '../../../platform/audit/index.ts'
import type { Act } from '../../../platform/db/index.ts'
import { finish, notify } from '../../../platform/inbox/index.ts'
import type { ReportRow } from '../contract.ts'

export async function markDone<T>(act: Act<T>, itemId: string, schoolId: string): Promise<void> {
  const { numAffectedRows } =
    await sql`update burden.reached r set done_at = ${act.now} where r.item_id = ${itemId} and r.org_id = ${schoolId}
    and r.org_path <@ any (db.scope()) and r.done_at is null
    and exists (select from burden.item i where i.id = r.item_id and i.state = 'open')`.execute(act.tx)
  if (numAffectedRows === 0n) throw notFound('item')
  await finish(act, `burden-item:${itemId}`, schoolId)
  await record(act, { action: 'burden.done', subject: { kind: 'burden_item', id: itemId } })
}

const school = sql`(select o.id, o.path from directory.organisation o where o.path = any (db.scope()) and o.kind = 'school' order by o.path limit 1)`

export async function places<T>(act: Act<T>) {
  const { rows } = await sql<{
    id: string
    name: string
  }>`select o.id, o.name from ${school} s join directory.organisation o on o.path @> s.path and o.id <> s.id
    and o.kind in ('municipality', 'district') order by nlevel(o.path) desc`.execute(act.tx)
  return rows
}

type ToReport = Pick<ReportRow, 'kind' | 'title' | 'asker' | 'words' | 'cameOn'> & { toId: string; named: boolean }

/** @throws Refusal `burden.report_ahead`, `not_found` where nobody there looks into it */
export async function report<T>(act: Act<T>, input: ToReport): Promise<{ reportId: string }> {
  if (input.cameOn > act.today) throw invalid('burden.report_ahead')
  if (!(await places(act)).some(({ id }) => id === input.toId)) throw notFound('organisation')
  const reportId = newId()
  await sql`insert into burden.report (id, org_id, org_path, to_id, to_path, named, kind, title, asker, words, came_on, account_id, at)
    select ${reportId}, s.id, s.path, t.id, t.path, ${input.named}, ${input.kind}, ${input.title}, ${input.asker}, ${input.words}, ${input.cameOn}, ${act.actor.account}, ${act.now}
    from ${school} s, directory.organisation t where t.id = ${input.toId}`.execute(act.tx)
  await notify(act, [
    {
      role: 'commission',
      orgId: input.toId,
      kind: 'todo',
      code: 'burden.todo.report',
      data: { title: input.title, asker: input.asker },
      link: '/burden/reports',
      key: `burden-report:${reportId}`,
    },
  ])
  await record(act, { action: 'burden.reported', after: { kind: input.kind, named: input.named } })
  return { reportId }
}

const COLUMNS = sql`r.id, r.kind, r.title, r.asker, r.words, r.came_on, r.state, r.answer, r.at, r.answered_at`

export async function ownReports<T>(act: Act<T>) {
  const { rows } = await sql<
    Omit<ReportRow, 'schoolName'> & { named: boolean }
  >`select ${COLUMNS}, r.named from burden.report r
    where r.org_path = any (db.scope()) order by r.at desc limit 200`.execute(act.tx)
  return rows
}

/** Those without a name come without their school. */
export async function reports<T>(act: Act<T>) {
  const { rows } = await sql<ReportRow>`select ${COLUMNS}, r.org_name as school_name from burden.reports() r
    order by r.state = 'open' desc, r.at desc limit 500`.execute(act.tx)
  return rows
}

export async function answerReport<T>(
  act: Act<T>,
  reportId: string,
  state: 'stopped' | 'registered' | 'groundless',
  answer: string,
): Promise<void> {
  const { rows } = await sql<{
    orgId: string | null
  }>`select burden.settle_report(${reportId}, ${state}, ${answer}) as org_id`.execute(act.tx)
  const orgId = rows[0]?.orgId
  if (!orgId) throw notFound('report')
  await finish(act, `burden-report:${reportId}`, null)
  await notify(act, [
    {
      role: 'clerk',
      orgId,
      kind: 'message',
      code: 'burden.message.report_answered',
      data: { answer },
      link: '/burden/mine',
    },
  ])
  await record(act, {
    action: 'burden.report_answered',
    subject: { kind: 'burden_report', id: reportId },
    after: { state, answer },
  })
}
