/** Where an office says that a group is complete: only there does nothing recorded mean that there is nothing. */
import { sql } from 'kysely'
import { invalid, notFound } from '../../../base/errors.ts'
import { record } from '../../../platform/audit/index.ts'
import type { Act } from '../../../platform/db/index.ts'
import { keptGroup } from './read.ts'

export type Complete = { orgId: string; orgName: string; groupId: string; since: string }

/** Of organisations in scope, and of those above them that cover them. */
export async function completeGroups<T>(act: Act<T>): Promise<Complete[]> {
  const { rows } =
    await sql<Complete>`select c.org_id, o.short_name as org_name, c.group_id, c.since from records.complete c
    join directory.organisation o on o.id = c.org_id
    where c.org_path <@ any (db.scope()) or c.org_path @> any (db.scope()) order by o.path, c.group_id`.execute(act.tx)
  return rows
}

/** @param since null takes it back */
export async function declareComplete<T>(
  act: Act<T>,
  { orgId, groupId, since }: { orgId: string; groupId: string; since: string | null },
): Promise<void> {
  keptGroup(groupId)
  if (since !== null && since > act.today) throw invalid('records.in_future', { today: act.today })
  const { rows } = await sql<{ path: string }>`select o.path::text from directory.organisation o
    where o.id = ${orgId} and o.path <@ any (db.scope())`.execute(act.tx)
  if (!rows[0]) throw notFound('organisation')
  if (since === null)
    await sql`delete from records.complete c where c.org_id = ${orgId} and c.group_id = ${groupId}`.execute(act.tx)
  else
    await sql`insert into records.complete (org_id, org_path, group_id, since, declared_by)
      values (${orgId}, ${rows[0].path}::ltree, ${groupId}, ${since}, ${act.actor.account})
      on conflict (org_id, group_id) do update set since = excluded.since, declared_by = excluded.declared_by`.execute(
      act.tx,
    )
  await record(act, {
    action: 'records.group_complete',
    subject: { kind: 'organisation', id: orgId },
    orgPath: rows[0].path,
    after: { group: groupId, since },
  })
}
