/** Addresses that are told what happens: registered, changed, paused, tried; and what was sent, sent again. */
import { sql } from 'kysely'
import { conflict, invalid, notFound } from '../../../base/errors.ts'
import { newId } from '../../../base/ids.ts'
import type { House } from '../../access/index.ts'
import { record } from '../../audit/index.ts'
import type { Act } from '../../db/index.ts'
import { finish } from '../../inbox/index.ts'
import { Outbound } from '../../outbound/index.ts'
import type { EndpointRow } from '../contract.ts'
import { OVERLAP_HOURS, settingOf } from '../settings.ts'
import { assertWithin, holderInScope } from '../tokens/queries.ts'
import { beginToWatch } from '../tokens/service.ts'
import { newSecret } from './secrets.ts'
import { pausedKey } from './send.ts'
import { TEST, TYPES } from './types.ts'

type Wanted = { url: string; types: string[]; orgIds: string[] }

/** @throws Refusal for an address that may not be sent to, `provisioning.type_unknown`, `.outside_holder` */
async function checked(act: Act, house: House, { url, types, orgIds }: Wanted, orgPath: string): Promise<Wanted> {
  const address = new Outbound(house.settings.outbound).assertSendable(url).href
  const known: readonly string[] = TYPES
  for (const type of types) if (!known.includes(type)) throw invalid('provisioning.type_unknown', { type })
  return { url: address, types: [...new Set(types)], orgIds: await assertWithin(act, orgIds, orgPath) }
}

async function place(act: Act, endpointId: string, orgIds: readonly string[]): Promise<void> {
  await sql`delete from provisioning.endpoint_org where endpoint_id = ${endpointId}`.execute(act.tx)
  await sql`insert into provisioning.endpoint_org (endpoint_id, org_id, org_path)
    select ${endpointId}, o.id, o.path from directory.organisation o where o.id = any (${orgIds}::uuid[])`.execute(
    act.tx,
  )
}

/** What the trail keeps: of the address the host, since the rest may open a door. */
const told = ({ url, types, orgIds }: Wanted) => ({ host: new URL(url).host, types, orgIds })

export async function makeEndpoint(
  act: Act,
  house: House,
  { platformId, ...wanted }: Wanted & { platformId: string },
): Promise<{ endpointId: string; secret: string }> {
  const platform = await holderInScope(act, 'platform', platformId)
  if (!platform.open) throw invalid('provisioning.not_in_use', { name: platform.name })
  const entered = await checked(act, house, wanted, platform.orgPath)
  const endpointId = newId()
  await beginToWatch(act)
  await sql`insert into provisioning.endpoint (id, platform_id, org_id, org_path, url, types, made_by)
    values (${endpointId}, ${platform.id}, ${platform.orgId}, ${platform.orgPath}::ltree, ${entered.url}, ${entered.types}::text[], ${act.actor.account})`.execute(
    act.tx,
  )
  await place(act, endpointId, entered.orgIds)
  await record(act, {
    action: 'provisioning.endpoint_made',
    subject: { kind: 'endpoint', id: endpointId },
    orgPath: platform.orgPath,
    after: { platform: platform.name, ...told(entered) },
  })
  return { endpointId, secret: await newSecret(act, house, endpointId, 0) }
}

type There = { id: string; orgId: string; orgPath: string; state: EndpointRow['state']; url: string; types: string[] }

/** @throws Refusal `not_found`, `provisioning.ended_stays` */
async function inUse(act: Act, endpointId: string): Promise<There> {
  const { rows } =
    await sql<There>`select e.id, e.org_id, e.org_path::text, e.state, e.url, e.types from provisioning.endpoint e
    where e.id = ${endpointId} and e.org_path <@ any (db.scope()) for update`.execute(act.tx)
  if (!rows[0]) throw notFound('endpoint')
  if (rows[0].state === 'ended') throw conflict('provisioning.ended_stays')
  return rows[0]
}

const about = ({ id, orgPath }: There) => ({ subject: { kind: 'endpoint', id }, orgPath })

export async function changeEndpoint(
  act: Act,
  house: House,
  { endpointId, ...wanted }: Wanted & { endpointId: string },
): Promise<void> {
  const there = await inUse(act, endpointId)
  const entered = await checked(act, house, wanted, there.orgPath)
  await sql`update provisioning.endpoint set url = ${entered.url}, types = ${entered.types}::text[] where id = ${endpointId}`.execute(
    act.tx,
  )
  await place(act, endpointId, entered.orgIds)
  await record(act, {
    action: 'provisioning.endpoint_changed',
    ...about(there),
    before: { host: new URL(there.url).host, types: there.types },
    after: told(entered),
  })
}

/** Whoever lets it go on has it tried at once. */
export async function setEndpointState(act: Act, endpointId: string, state: EndpointRow['state']): Promise<void> {
  const there = await inUse(act, endpointId)
  if (there.state === state) return
  await sql`update provisioning.endpoint set state = ${state}, reason = null, failures = 0 where id = ${endpointId}`.execute(
    act.tx,
  )
  if (state === 'active')
    await sql`update provisioning.delivery set next_at = now() where endpoint_id = ${endpointId} and state = 'waiting'`.execute(
      act.tx,
    )
  await finish(act, pausedKey(endpointId), null)
  await record(act, {
    action: 'provisioning.endpoint_state_set',
    ...about(there),
    before: { state: there.state },
    after: { state },
  })
}

export async function rotateSecret(
  act: Act,
  house: House,
  endpointId: string,
): Promise<{ secret: string; oldUntil: string | null }> {
  const there = await inUse(act, endpointId)
  const hours = await settingOf(act, house, there.orgId, OVERLAP_HOURS)
  const secret = await newSecret(act, house, endpointId, hours)
  const { rows } = await sql<{
    until: string | null
  }>`select max(s.ends_at) as until from provisioning.secret s where s.endpoint_id = ${endpointId}`.execute(act.tx)
  await record(act, { action: 'provisioning.secret_replaced', ...about(there), after: { hours } })
  return { secret, oldUntil: rows[0]!.until }
}

export async function testEndpoint(act: Act, endpointId: string): Promise<string> {
  const there = await inUse(act, endpointId)
  if (there.state === 'paused') throw conflict('provisioning.paused')
  const id = newId()
  const body = JSON.stringify({ type: TEST, timestamp: act.now, data: {} })
  await sql`insert into provisioning.delivery (id, endpoint_id, type, body) values (${id}, ${endpointId}, ${TEST}, ${body})`.execute(
    act.tx,
  )
  return id
}

export type Replayed = {
  endpointId: string
  deliveryIds?: string[] | undefined
  from?: string | undefined
  until?: string | undefined
  dead?: boolean | undefined
}

/** The same messages under the same ids, so that whoever took one already knows it. @throws Refusal `not_found`, `provisioning.nothing_named` */
export async function replay(act: Act, { endpointId, deliveryIds, from, until, dead }: Replayed): Promise<number> {
  const there = await inUse(act, endpointId)
  if (!deliveryIds && !from && !until && !dead) throw invalid('provisioning.nothing_named')
  const { rows } = await sql<{ id: string }>`update provisioning.delivery d
      set state = 'waiting', attempts = 0, next_at = now(), failure = null, status = null, ended_at = null
    where d.endpoint_id = ${endpointId} and d.state <> 'waiting'
      and (${deliveryIds ?? null}::uuid[] is null or d.id = any (${deliveryIds ?? null}::uuid[]))
      and (${from ?? null}::timestamptz is null or d.made_at >= ${from ?? null}::timestamptz)
      and (${until ?? null}::timestamptz is null or d.made_at < ${until ?? null}::timestamptz)
      and (not ${dead ?? false}::boolean or d.state = 'dead') returning d.id`.execute(act.tx)
  await record(act, {
    action: 'provisioning.replayed',
    ...about(there),
    after: { count: rows.length, ...(from ? { from } : {}), ...(until ? { until } : {}), ...(dead ? { dead } : {}) },
  })
  return rows.length
}
