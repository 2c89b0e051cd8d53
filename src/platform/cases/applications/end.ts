/** Withdrawing an application, appealing against its refusal, and drafts whose time is over. */
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { civilDate } from '../../../base/dates.ts'
import { conflict, refused } from '../../../base/errors.ts'
import { newId } from '../../../base/ids.ts'
import type { Act } from '../../db/index.ts'
import { notify } from '../../inbox/index.ts'
import { officeAt, titleAt } from '../flow/enter.ts'
import { figureOf, workingDaysAfter } from '../flow/figures.ts'
import { moveAll, moveOne } from '../flow/move.ts'
import { callOf, lockedApplications, openCall } from '../flow/rows.ts'
import { stageAt } from '../rules/flow.ts'
import type { Application, Call } from '../tables.ts'
import { ownLocked } from './applicant.ts'

/** @throws Refusal `not_found`, `cases.call_not_open`, `cases.not_possible` where it has ended */
export async function withdrawApplication<T>(
  act: Act<T>,
  { applicationId, words }: { applicationId: string; words?: string | undefined },
): Promise<void> {
  const application = await ownLocked(act, applicationId)
  const note = words ? { words } : {}
  await moveOne(act, await openCall(act, application.callId), application, { act: 'withdraw' }, note)
}

/** The last day on which a refusal can be appealed against, or null: the call has no appeal, or it was answered already. */
export async function appealUntil<T>(act: Act<T>, call: Call, application: Application): Promise<string | null> {
  const { appeal } = call.definition
  if (!appeal || application.state !== 'refused') return null
  const { rows } = await sql<{ act: string }>`select s.act from cases.step s
    where s.application_id = ${application.id} and s.to_state = 'refused' order by s.nth desc limit 1`.execute(act.tx)
  if (rows[0]?.act === 'dismiss') return null
  const refusedOn = civilDate(new Date(application.since))
  const until = await workingDaysAfter(
    act,
    call.authority,
    refusedOn,
    (await figureOf(act, call.authority, appeal.days)).value,
  )
  return act.today <= until ? until : null
}

/**
 * An appeal waits for the office that the call names.
 * @throws Refusal `cases.no_appeal` where there is none or its time is over, `cases.not_possible` where it is not refused
 */
export async function appealCase<T>(
  act: Act<T>,
  { applicationId, words }: { applicationId: string; words: string },
): Promise<{ dueOn: string }> {
  const application = await ownLocked(act, applicationId)
  const call = await callOf(act, application.callId)
  const { appeal } = call.definition
  if (application.state === 'appealed') throw conflict('cases.appealed_already')
  if (!appeal || (await appealUntil(act, call, application)) === null) throw refused('cases.no_appeal')
  const dueOn = await workingDaysAfter(
    act,
    call.authority,
    act.today,
    (await figureOf(act, call.authority, appeal.answer)).value,
  )
  const id = newId()
  // The applicant finds an appeal in the application; the code that anonymous objections are found by is not given out.
  const code = createHash('sha256').update(newId()).digest()
  const { rows } = await sql<{
    orgId: string
  }>`insert into cases.objection (application_id, id, kind, stage, words, code_hash, due_on, answer_role, answer_org, answer_path)
    select a.id, ${id}, 'appeal', a.stage, ${words}, ${code}, ${dueOn}::date, ${appeal.to.role}, o.id, o.path
    from cases.application a cross join lateral ${officeAt(sql`${appeal.to.at}::text`, sql`a.org_path`)} o where a.id = ${applicationId}
    returning answer_org as org_id`.execute(act.tx)
  await moveOne(act, call, application, { act: 'appeal' }, { words, data: { objectionId: id } })
  await notify(act, [
    {
      role: appeal.to.role,
      orgId: rows[0]!.orgId,
      kind: 'todo',
      code: 'cases.todo.appeal',
      data: titleAt(call, stageAt(call.definition, application.stage)),
      link: `/case-objections?open=${id}`,
      due: dueOn,
      key: `cases.appeal:${id}`,
    },
  ])
  return { dueOn }
}

/** What was received in time may still be on its way: minutes that are waited before anything lapses. */
const GRACE = 10

/** Drafts, and what was returned and never came back, once their time to be handed in is over. Returns how many lapsed. */
export async function lapseOverdue<T>(act: Act<T>): Promise<number> {
  const { rows } = await sql<{ callId: string; ids: string[] }>`
    with closing as (select distinct on (d.call_id, d.stage) d.call_id, d.stage, d.closes_at from cases.deadline d order by d.call_id, d.stage, d.nth desc)
    select a.call_id, array_agg(a.id) as ids from cases.application a join cases.call c on c.id = a.call_id and c.state = 'published'
      join closing x on x.call_id = a.call_id and x.stage = coalesce(a.stage, 'submit')
    where a.state in ('draft', 'returned') and x.closes_at < db.now() - ${GRACE} * interval '1 minute' group by a.call_id`.execute(
    act.tx,
  )
  for (const { callId, ids } of rows)
    await moveAll(
      act,
      await openCall(act, callId),
      await lockedApplications(act, ids),
      { act: 'lapse' },
      { byItself: true },
    )
  return rows.reduce((sum, { ids }) => sum + ids.length, 0)
}

export const applicationsDaily = {
  name: 'cases.lapses',
  permission: 'cases.handle',
  run: async <T>(act: Act<T>): Promise<void> => void (await lapseOverdue(act)),
}
