/** What becomes of an organisation's offices when it is given up: its accounts go along, roles in it end. */
import { sql } from 'kysely'
import type { Act } from '../db/index.ts'
import { moveAccounts } from './people.ts'

type HandOver = { fromIds: readonly string[]; toId: string; toPath: string; people: readonly { personId: string }[] }

/** Accounts go to the organisation that takes over: teachers with their role; roles in the offices that are given up end. */
export async function handOver<T>(
  act: Act<T>,
  { fromIds, toId, toPath, people }: HandOver,
): Promise<{ accounts: number; roles: number }> {
  await moveAccounts(
    act,
    people.map(({ personId }) => ({ personId, orgId: toId, orgPath: toPath })),
  )
  const { numAffectedRows: roles } =
    await sql`update access.assignment s set during = daterange(lower(s.during), db.today())
    where s.org_id = any(${fromIds}::uuid[]) and s.role <> 'teacher' and s.during @> db.today() and (lower_inf(s.during) or lower(s.during) < db.today())`.execute(
      act.tx,
    )
  const { numAffectedRows: accounts } =
    await sql`update access.account a set org_id = ${toId}, org_path = ${toPath}::ltree where a.org_id = any(${fromIds}::uuid[])`.execute(
      act.tx,
    )
  return { accounts: people.length + Number(accounts ?? 0), roles: Number(roles ?? 0) }
}
