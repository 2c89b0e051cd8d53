/** A meeting as it sits: who came, who leaves which case, who signed its minutes. */
import { sql } from 'kysely'
import { conflict, invalid, notFound, refused } from '../../../base/errors.ts'
import { record } from '../../audit/index.ts'
import type { Act } from '../../db/index.ts'
import { finish } from '../../inbox/index.ts'
import { leastOf, reaches } from '../rules/quorum.ts'
import { lockedMeeting, meetingOf } from './convene.ts'

const subject = (panelId: string) => ({ kind: 'panel', id: panelId })

/**
 * Who is present is fixed with this.
 * @throws Refusal as `lockedMeeting`, `cases.attendance_short`, `not_found` for whoever is no member
 */
export async function openSitting<T>(
  act: Act<T>,
  { panelId, present, revision }: { panelId: string; present: readonly string[]; revision: number },
): Promise<void> {
  const { stage } = await lockedMeeting(act, panelId, 'open', revision)
  const { rows } = await sql<{
    accountId: string
  }>`update cases.seat s set present = s.account_id = any (${present}::uuid[])
    where s.panel_id = ${panelId} returning s.account_id`.execute(act.tx)
  const came = new Set(present)
  if ([...came].some((id) => !rows.some(({ accountId }) => accountId === id))) throw notFound('member')
  if (!reaches(came.size, rows.length, stage.attendance))
    throw refused('cases.attendance_short', {
      present: came.size,
      members: rows.length,
      least: leastOf(rows.length, stage.attendance),
    })
  await sql`update cases.panel p set state = 'sitting', revision = p.revision + 1 where p.id = ${panelId}`.execute(
    act.tx,
  )
  await record(act, { action: 'cases.sitting_opened', subject: subject(panelId), after: { present: [...came] } })
}

/** @throws Refusal `not_found`, `cases.vote_begun` once the vote on the case is open, `cases.recused_already` */
export async function recuse<T>(
  act: Act<T>,
  {
    panelId,
    applicationId,
    accountId,
    why,
  }: { panelId: string; applicationId: string; accountId: string; why: string },
): Promise<void> {
  await meetingOf(act, panelId)
  const { rows } = await sql<{
    state: string
  }>`select g.state from cases.agenda g join cases.seat s on s.panel_id = g.panel_id and s.account_id = ${accountId}
    where g.panel_id = ${panelId} and g.application_id = ${applicationId} for no key update of g`.execute(act.tx)
  if (!rows[0]) throw notFound('agenda')
  if (rows[0].state !== 'waiting') throw conflict('cases.vote_begun')
  const { numAffectedRows } = await sql`insert into cases.recusal (panel_id, application_id, account_id, kind, why)
    values (${panelId}, ${applicationId}, ${accountId}, 'declared', ${why}) on conflict do nothing`.execute(act.tx)
  if (numAffectedRows === 0n) throw conflict('cases.recused_already')
  await record(act, { action: 'cases.member_recused', subject: subject(panelId), after: { accountId, why } })
}

const NOT_SIGNED = {
  none: 'not_found',
  open: 'cases.meeting_state',
  sitting: 'cases.meeting_state',
  signed: 'cases.signed_already',
} as const

/** @throws Refusal `not_found`, `cases.minutes_changed` where other minutes were read, `cases.signed_already`, `cases.no_seat`, `cases.meeting_state` */
export async function signMinutes<T>(
  act: Act<T>,
  panelId: string,
  digest: string,
): Promise<{ state: 'closed' | 'signed' }> {
  const { panel } = await meetingOf(act, panelId)
  if (panel.minutes && panel.minutes.digest !== digest) throw invalid('cases.minutes_changed')
  const { rows } = await sql<{
    said: 'one' | 'all' | 'not_asked' | keyof typeof NOT_SIGNED
  }>`select cases.sign_minutes(${panelId}) as said`.execute(act.tx)
  const { said } = rows[0]!
  if (said === 'not_asked') throw conflict('cases.signed_already')
  if (said !== 'one' && said !== 'all') throw conflict(NOT_SIGNED[said], { state: said })
  await finish(act, `cases.minutes:${panelId}`, act.actor.account)
  await record(act, { action: 'cases.minutes_signed', subject: subject(panelId), after: { digest } })
  return { state: said === 'all' ? 'signed' : 'closed' }
}
