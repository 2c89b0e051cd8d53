/** Endpoints and what was sent to them. */
import { sql } from 'kysely'
import { notFound } from '../../../base/errors.ts'
import type { Act } from '../../db/index.ts'
import type { DeliveryRow, EndpointRow } from '../contract.ts'

/** Ended ones stand last. */
export async function endpointsInScope(act: Act): Promise<EndpointRow[]> {
  const { rows } =
    await sql<EndpointRow>`select e.id, e.platform_id, p.name as platform, e.url, e.types, e.state, e.reason,
      (select coalesce(jsonb_agg(jsonb_build_object('id', o.id, 'name', o.short_name) order by o.path), '[]') from provisioning.endpoint_org x
        join directory.organisation o on o.id = x.org_id where x.endpoint_id = e.id) as orgs,
      (select count(*)::int from provisioning.delivery d where d.endpoint_id = e.id and d.state = 'waiting') as waiting,
      (select count(*)::int from provisioning.delivery d where d.endpoint_id = e.id and d.state = 'dead') as dead,
      (select max(d.last_at) from provisioning.delivery d where d.endpoint_id = e.id) as last_at,
      (select max(s.ends_at) from provisioning.secret s where s.endpoint_id = e.id and s.ends_at > now()) as old_secret_until
    from provisioning.endpoint e join sso.platform p on p.id = e.platform_id
    where e.org_path <@ any (db.scope()) order by e.state = 'ended', p.name collate "zh-x-icu", e.made_at, e.id limit 500`.execute(
      act.tx,
    )
  return rows
}

export type DeliveriesAsk = {
  endpointId: string
  state?: DeliveryRow['state'] | undefined
  cursor?: string | undefined
  limit: number
}

/** @throws Refusal `not_found` */
export async function deliveriesOf(
  act: Act,
  { endpointId, state, cursor, limit }: DeliveriesAsk,
): Promise<{ rows: DeliveryRow[]; next: string | null; total: number }> {
  const before = cursor && /^\d{1,18}$/.test(cursor) ? Number(cursor) : null
  const { rows: counted } = await sql<{ total: number }>`select
      (select count(*)::int from provisioning.delivery d where d.endpoint_id = e.id and (${state ?? null}::text is null or d.state = ${state ?? null})) as total
    from provisioning.endpoint e where e.id = ${endpointId} and e.org_path <@ any (db.scope())`.execute(act.tx)
  if (!counted[0]) throw notFound('endpoint')
  const { rows } = await sql<
    DeliveryRow & { position: number }
  >`select d.id, d.position, d.type, d.body, d.state, d.attempts, d.status, d.failure, d.made_at, d.last_at,
      case when d.state = 'waiting' then d.next_at end as next_at
    from provisioning.delivery d where d.endpoint_id = ${endpointId} and (${state ?? null}::text is null or d.state = ${state ?? null})
      and (${before}::bigint is null or d.position < ${before}) order by d.position desc limit ${limit + 1}`.execute(
    act.tx,
  )
  const shown = rows.slice(0, limit)
  return {
    rows: shown.map(({ position: _, ...row }) => row),
    next: rows.length > limit ? String(shown.at(-1)!.position) : null,
    total: counted[0].total,
  }
}
