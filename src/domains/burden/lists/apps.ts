/** Apps that schools are told to use: every year each is kept for a reason, or ended. */
import { sql } from 'kysely'
import { notFound, refused } from '../../../base/errors.ts'
import { record } from '../../../platform/audit/index.ts'
import type { Act } from '../../../platform/db/index.ts'
import { finish, type NewItem, notify } from '../../../platform/inbox/index.ts'
import type { ItemRow } from '../contract.ts'
import { officeRow } from '../register/queries.ts'

type Verdict = 'keep' | 'end'
type Row = ItemRow & { review: { verdict: Verdict; reason: string } | null }

export async function cleanUp<T>(act: Act<T>, year: number): Promise<Row[]> {
  const { rows } =
    await sql<Row>`select ${officeRow(act)}, case when v.item_id is not null then jsonb_build_object('verdict', v.verdict, 'reason', v.reason) end as review
    from burden.item i join directory.organisation o on o.id = i.org_id left join burden.listed l on l.id = i.listed_id
      left join burden.review v on v.item_id = i.id and v.year = ${year}
    where i.kind = 'app' and i.org_path <@ any (db.scope()) and (i.state = 'open' or v.item_id is not null)
    order by v.item_id is not null, i.from_on, i.id`.execute(act.tx)
  return rows
}

/** @throws Refusal `burden.settled` where it has been looked at this year or is in use no more */
export async function review<T>(act: Act<T>, itemId: string, verdict: Verdict, reason: string): Promise<void> {
  const { rows } = await sql<{
    title: string
    state: string
    path: string
    orgId: string
    open: number
  }>`select i.title, i.state, i.org_path::text as path, i.org_id
    from burden.item i where i.id = ${itemId} and i.kind = 'app' and i.org_path <@ any (db.scope()) for update`.execute(
    act.tx,
  )
  const app = rows[0]
  if (!app) throw notFound('item')
  const year = Number(act.today.slice(0, 4))
  if (app.state !== 'open') throw refused('burden.settled')
  const { numAffectedRows } = await sql`insert into burden.review (item_id, year, verdict, reason, account_id, at)
    values (${itemId}, ${year}, ${verdict}, ${reason}, ${act.actor.account}, ${act.now}) on conflict do nothing`.execute(
    act.tx,
  )
  if (numAffectedRows === 0n) throw refused('burden.settled')
  if (verdict === 'end') {
    await sql`update burden.item i set state = 'ended', decided = ${reason}, until_on = greatest(i.from_on, least(i.until_on, db.today())) where i.id = ${itemId}`.execute(
      act.tx,
    )
    const { rows: schools } = await sql<{
      orgId: string
    }>`select r.org_id from burden.reached r where r.item_id = ${itemId}`.execute(act.tx)
    await notify(
      act,
      schools.map(({ orgId }) => ({
        role: 'clerk',
        orgId,
        kind: 'message' as const,
        code: 'burden.message.app_ended',
        data: { title: app.title, reason },
        link: '/burden/mine',
      })),
    )
  }
  if ((await cleanUp(act, year)).every(({ review: done }) => done))
    await finish(act, `burden-clean-up:${app.orgId}:${year}`, null)
  await record(act, {
    action: 'burden.app_reviewed',
    subject: { kind: 'burden_item', id: itemId },
    orgPath: app.path,
    after: { verdict, reason },
  })
}

/** From this day of the year on, what nobody has looked at is asked for. */
const FROM = '-11-01'

export const burdenDaily = { name: 'burden', permission: 'burden.review', run: daily }

async function daily(act: Act): Promise<void> {
  const year = act.today.slice(0, 4)
  if (act.today < `${year}${FROM}`) return
  const { rows } = await sql<{
    orgId: string
    count: number
  }>`select i.org_id, count(*)::int as count from burden.item i
    where i.kind = 'app' and i.state = 'open' and not exists (select from burden.review v where v.item_id = i.id and v.year = ${Number(year)}) group by i.org_id`.execute(
    act.tx,
  )
  await notify(
    act,
    rows.map(
      ({ orgId, count }): NewItem => ({
        role: 'commission',
        orgId,
        kind: 'todo',
        code: 'burden.todo.clean_up',
        data: { year, count },
        link: '/burden/apps',
        due: `${year}-12-31`,
        key: `burden-clean-up:${orgId}:${year}`,
      }),
    ),
  )
}
