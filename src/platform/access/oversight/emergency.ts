/** Breaking the glass: a role that somebody takes by themselves for a reason, for hours; reported at once, marked in the trail, ended by itself. */
import { sql } from 'kysely'
import { invalid, notFound, Refusal } from '../../../base/errors.ts'
import { newId } from '../../../base/ids.ts'
import { record } from '../../audit/index.ts'
import type { Act } from '../../db/index.ts'
import { notify } from '../../inbox/index.ts'
import { EMERGENCY_MARK } from '../actors.ts'
import type { House } from '../house.ts'
import { pathInScope } from '../places.ts'
import { isApart, ROLES, type Role } from '../roles.ts'

/** What the parameter says, or this many where the authority says nothing. */
const MOST_HOURS = { parameter: 'access.emergency_hours', otherwise: 4 }

/** Offices over other people's data; administrators of any kind are not among them. */
const canBeTaken = (role: string): role is Role =>
  Object.hasOwn(ROLES, role) && ROLES[role as Role].reach === 'subtree' && !isApart(role as Role)

/** @throws Refusal `not_found`, `access.emergency_role`, `access.emergency_long`, `access.emergency_held` */
export async function takeEmergency<T>(
  act: Act<T>,
  house: House,
  input: { role: string; orgId: string; hours: number; reason: string },
): Promise<{ emergencyId: string; endsAt: string }> {
  const { role, orgId, hours, reason } = input
  const orgPath = await pathInScope(act, orgId)
  if (!canBeTaken(role)) throw invalid('access.emergency_role')
  const most = (await house.parameter?.(act, orgId, MOST_HOURS.parameter)) ?? MOST_HOURS.otherwise
  if (hours > most) throw new Refusal('refused', 'access.emergency_long', { most })
  const { rows: held } = await sql`select from access.emergency e where e.account_id = ${act.actor.account}
    and e.ended_at is null and e.ends_at > now() and e.role = ${role} and e.org_id = ${orgId}`.execute(act.tx)
  if (held.length > 0) throw invalid('access.emergency_held')
  const id = newId()
  const { rows } = await sql<{
    endsAt: string
  }>`insert into access.emergency (account_id, id, role, org_id, org_path, reason, ends_at)
    values (${act.actor.account}, ${id}, ${role}, ${orgId}, ${orgPath}::ltree, ${reason}, now() + make_interval(hours => ${hours}))
    returning ends_at`.execute(act.tx)
  await record(act, {
    action: 'access.emergency_taken',
    subject: { kind: 'account', id: act.actor.account! },
    orgPath,
    after: { role, orgId, hours, reason },
  })
  await report(act, orgPath, 'access.message.emergency_taken', { role, hours })
  return { emergencyId: id, endsAt: rows[0]!.endsAt }
}

/** Security administrators and auditors over the place are told; who it was stands on the page that the message leads to. */
async function report<T>(act: Act<T>, orgPath: string, code: string, data: Record<string, unknown>): Promise<void> {
  const { rows } = await sql<{ role: string; orgId: string }>`select w.role, w.org_id
    from access.watchers(${orgPath}::ltree, '{security,auditor}') w`.execute(act.tx)
  await notify(
    act,
    rows.map((office) => ({ ...office, kind: 'message' as const, code, data, link: '/accounts/safety' })),
  )
}

/** Ends it before its time: by whoever took it, or by a security administrator. @throws Refusal `not_found` */
export async function endEmergency<T>(
  act: Act<T>,
  { accountId, emergencyId }: { accountId: string; emergencyId: string },
): Promise<void> {
  const { rows } = await sql<{
    orgPath: string
    role: string
  }>`update access.emergency e set ended_at = now(), ended_by = ${act.actor.account}
    where e.account_id = ${accountId} and e.id = ${emergencyId} and e.ended_at is null and e.ends_at > now()
      and (e.org_path <@ any (db.scope()) or e.account_id = ${act.actor.account}) returning e.org_path::text, e.role`.execute(
    act.tx,
  )
  if (!rows[0]) throw notFound('emergency')
  await record(act, {
    action: 'access.emergency_ended',
    subject: { kind: 'account', id: accountId },
    orgPath: rows[0].orgPath,
    before: { role: rows[0].role },
  })
}

type EmergencyRow = {
  id: string
  accountId: string
  name: string
  role: string
  orgName: string
  reason: string
  begunAt: string
  endsAt: string
  endedAt: string | null
  acts: number
}

/** The latest first, with how many acts the trail holds under the mark. */
export async function emergenciesInScope<T>(act: Act<T>): Promise<EmergencyRow[]> {
  const { rows } =
    await sql<EmergencyRow>`select e.id, e.account_id, coalesce(a.name, '—') as name, e.role, o.short_name as org_name, e.reason,
      e.begun_at, e.ends_at, case when e.ended_at is null and e.ends_at <= now() then e.ends_at else e.ended_at end as ended_at,
      (select count(*)::int from audit.event v where v.account_id = e.account_id and v.actor like ${`%${EMERGENCY_MARK}`}
        and v.wall between e.begun_at and coalesce(e.ended_at, e.ends_at)) as acts
    from access.emergency e join directory.organisation o on o.id = e.org_id left join access.account a on a.id = e.account_id
    where e.org_path <@ any (db.scope()) order by e.begun_at desc limit 200`.execute(act.tx)
  return rows
}
