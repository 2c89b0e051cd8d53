/** Notices whose last day is past: they are closed, and cases without an open objection go on. */
import { sql } from 'kysely'
import { Refusal } from '../../../base/errors.ts'
import { record } from '../../audit/index.ts'
import type { Act } from '../../db/index.ts'
import { notify } from '../../inbox/index.ts'
import { titleAt } from '../flow/enter.ts'
import { moveAll } from '../flow/move.ts'
import { lockedApplications, openCall } from '../flow/rows.ts'
import { stageAt } from '../rules/flow.ts'
import { stillListed } from './listing.ts'

type Ripe = { noticeId: string; callId: string; stage: string; orgId: string; ids: string[] }

/** Returns how many cases went on. */
export async function closeNotices<T>(act: Act<T>): Promise<number> {
  const { rows } = await sql<{ id: string; orgPath: string }>`update cases.notice n set state = 'over'
    where n.state = 'open' and n.until_on < db.today() returning n.id, n.org_path::text`.execute(act.tx)
  await record(
    act,
    ...rows.map(({ id, orgPath }) => ({ action: 'cases.notice_ended', subject: { kind: 'notice', id }, orgPath })),
  )
  return passOver(act)
}

/**
 * Cases that stand in a notice that is over go on, those of one notice together; where places lack they stay, and the office is told.
 * @param only this case, or all
 */
export async function passOver<T>(act: Act<T>, only: string | null = null): Promise<number> {
  const { rows } = await sql<Ripe>`select n.id as notice_id, n.call_id, n.stage, n.org_id, array_agg(a.id) as ids
    from cases.notice n join cases.call c on c.id = n.call_id and c.state = 'published' join cases.notice_entry e on e.notice_id = n.id
      join cases.application a on a.id = e.application_id and a.state = 'waiting'
    where n.state = 'over' and (${only}::uuid is null or a.id = ${only}::uuid) and ${stillListed}
      and not exists (select from cases.objection o where o.application_id = a.id and o.kind = 'notice' and o.state = 'open')
    group by n.id order by n.id`.execute(act.tx)
  let passed = 0
  for (const ripe of rows) if (await passOne(act, ripe)) passed += ripe.ids.length
  return passed
}

async function passOne<T>(act: Act<T>, { noticeId, callId, stage, orgId, ids }: Ripe): Promise<boolean> {
  const call = await openCall(act, callId)
  await sql`savepoint notice_over`.execute(act.tx)
  try {
    await moveAll(act, call, await lockedApplications(act, ids), { act: 'pass' }, { byItself: true })
    await sql`release savepoint notice_over`.execute(act.tx)
    return true
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    await sql`rollback to savepoint notice_over`.execute(act.tx)
    const here = stageAt(call.definition, stage)
    if (here?.kind === 'notice')
      await notify(act, [
        {
          role: here.by.role,
          orgId,
          kind: 'message',
          code: 'cases.told.notice_stuck',
          data: titleAt(call, here),
          link: `/cases/${callId}?stage=${stage}`,
          key: `cases.stuck:${noticeId}`,
        },
      ])
    return false
  }
}

export const noticesDaily = {
  name: 'cases.notices',
  permission: 'cases.notice.publish',
  run: async <T>(act: Act<T>): Promise<void> => void (await closeNotices(act)),
}
