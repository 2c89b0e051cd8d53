/** What falls due on a day: keys that turn, contracts that run out, the yearly clean-up, and what has expired. */
import { sql } from 'kysely'
import type { Act } from '../db/index.ts'
import { type NewItem, notify } from '../inbox/index.ts'

/** An owner hears this long before a contract ends. */
const CONTRACT_AHEAD = '60 days'
/** From this day of the year on, what nobody has looked at stands on the list of those who decide. */
const CLEAN_UP_FROM = '-11-01'
const AT_ONCE = 10_000

export const ssoDaily = { name: 'sso', permission: 'sso.platform.review', run: daily }

async function daily(act: Act): Promise<void> {
  const { rows: ending } = await sql<{
    id: string
    name: string
    ownerId: string
    contractUntil: string
  }>`select p.id, p.name, p.owner_id, p.contract_until
    from sso.platform p where p.state = 'active' and p.contract_until between db.today() and db.today() + ${CONTRACT_AHEAD}::interval`.execute(
    act.tx,
  )
  const items: NewItem[] = ending.map(({ id, name, ownerId, contractUntil }) => ({
    accountId: ownerId,
    kind: 'todo',
    code: 'sso.todo.contract_ends',
    data: { name, until: contractUntil },
    link: `/platforms/${id}`,
    due: contractUntil,
    key: `sso-contract:${id}`,
  }))
  const year = act.today.slice(0, 4)
  if (act.today >= `${year}${CLEAN_UP_FROM}`) {
    const { rows: waiting } = await sql<{
      orgId: string
      count: number
    }>`select p.org_id, count(*)::int as count from sso.platform p
      where p.state <> 'ended' and not exists (select from sso.review r where r.platform_id = p.id and r.year = ${Number(year)}) group by p.org_id`.execute(
      act.tx,
    )
    for (const { orgId, count } of waiting)
      items.push({
        role: 'administrator',
        orgId,
        kind: 'todo',
        code: 'sso.todo.clean_up',
        data: { year, count },
        link: '/platforms/clean-up',
        due: `${year}-12-31`,
        key: `sso-clean-up:${orgId}:${year}`,
      } as NewItem)
  }
  await notify(act, items)
  await sql`select sso.sweep(${AT_ONCE})`.execute(act.tx)
}
