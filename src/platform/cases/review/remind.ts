/** Experts who let the day pass are reminded: by the product itself once at each step after it, and by the office whenever it asks, once a day. */
import { type RawBuilder, sql } from 'kysely'
import { record } from '../../audit/index.ts'
import type { Act } from '../../db/index.ts'
import { type NewItem, notify } from '../../inbox/index.ts'
import { titleAt } from '../flow/enter.ts'
import { figureOf } from '../flow/figures.ts'
import { openCall } from '../flow/rows.ts'
import { stageAt } from '../rules/flow.ts'
import type { Call } from '../tables.ts'
import { roundOf } from './stage.ts'

/** Days between two reminders of the product, of which the first comes on the day after the last one; a later last day begins anew. */
const EVERY = 'cases.review.remind_every_days'

type Late = { callId: string; stage: string; accountId: string; n: number; dueOn: string; days: number }

/** Reviews that are late, of cases that still wait at the stage, by expert and last day. */
const lateIn = (
  where: RawBuilder<unknown>,
) => sql<Late>`select p.call_id, p.stage, r.account_id, count(*)::int as n, r.due_on,
    (db.today() - r.due_on)::int as days
  from cases.review r join cases.paper p on p.id = r.paper_id join cases.paper_of f on f.paper_id = p.id
    join cases.application a on a.id = f.application_id and a.state = 'waiting' and a.stage = p.stage and p.made_at >= a.since
    join cases.call c on c.id = p.call_id and c.state = 'published'
  where r.state = 'assigned' and r.due_on < db.today() and p.org_path <@ any (db.scope()) and ${where}
  group by p.call_id, p.stage, r.account_id, r.due_on order by p.call_id, p.stage, r.account_id, r.due_on`

const said = (call: Call, stage: string, { accountId, n, dueOn }: Late, key: string): NewItem => ({
  accountId,
  kind: 'message',
  code: 'cases.told.review_late',
  data: { ...titleAt(call, stageAt(call.definition, stage)), n, date: dueOn },
  link: '/reviews',
  key,
})

/** Whoever was told of a step is not told of it again, however often the day is run. Returns how many experts were reminded. */
export async function remindOfLate<T>(act: Act<T>): Promise<number> {
  const { rows } = await lateIn(sql`true`).execute(act.tx)
  let told = 0
  for (const group of Map.groupBy(rows, ({ callId }) => callId).values()) {
    const call = await openCall(act, group[0]!.callId)
    const { value: every } = await figureOf(act, call.authority, EVERY)
    told += await notify(
      act,
      group.map((late) => {
        const step = Math.ceil(late.days / every)
        return said(call, late.stage, late, `cases.review_late:${call.id}:${late.stage}:${late.dueOn}:${step}`)
      }),
    )
  }
  return told
}

/**
 * Everybody who is late in a round, asked by the office; who was asked today already is not asked twice.
 * @throws Refusal of `roundOf`
 */
export async function remindLate<T>(
  act: Act<T>,
  { callId, stage }: { callId: string; stage: string },
): Promise<{ reminded: number; before: number }> {
  const { call } = await roundOf(act, callId, stage)
  const { rows } = await lateIn(sql`p.call_id = ${callId} and p.stage = ${stage}`).execute(act.tx)
  // One message an expert: of all that is late, since the earliest day.
  const each = [...Map.groupBy(rows, ({ accountId }) => accountId).values()].map((own) => ({
    ...own[0]!,
    n: own.reduce((sum, { n }) => sum + n, 0),
  }))
  const key = `cases.review_urged:${callId}:${stage}:${act.today}`
  const reminded = await notify(
    act,
    each.map((late) => said(call, stage, late, key)),
  )
  if (reminded > 0)
    await record(act, {
      action: 'cases.reviews_reminded',
      subject: { kind: 'call', id: callId },
      orgPath: call.orgPath,
      after: { stage, experts: reminded },
    })
  return { reminded, before: each.length - reminded }
}

export const remindersDaily = {
  name: 'cases.review_reminders',
  permission: 'cases.review.organise',
  run: async <T>(act: Act<T>): Promise<void> => void (await remindOfLate(act)),
}
