/** Word is sent: signed, one after another to each endpoint, again and again with longer and longer pauses, until it is taken or given up. */
import { sql } from 'kysely'
import { Refusal } from '../../../base/errors.ts'
import type { House } from '../../access/index.ts'
import type { Act } from '../../db/index.ts'
import { notify } from '../../inbox/index.ts'
import { Outbound } from '../../outbound/index.ts'
import { ATTEMPTS, PAUSE_AFTER, settingOf } from '../settings.ts'
import { overAll } from './over-all.ts'
import { type Sealed, signatures } from './secrets.ts'

/** Endpoints that are told at the same time, and how many times in a row before others get their turn. */
const AT_ONCE = 8
const IN_A_ROW = 100
const PATIENCE_MS = 10_000
/** Of an answer nothing is read. */
const ANSWER = 65_536

type Head = {
  id: string
  endpointId: string
  url: string
  body: string
  attempts: number
  orgId: string
  ownerId: string
  platform: string
  secrets: { id: string; sealed: string }[]
}
type Outcome = { status: number | null; failure: string | null }

/** Returns how many were taken and how many were not. */
export async function sendRound(
  house: House,
  out = new Outbound(house.settings.outbound),
): Promise<{ sent: number; failed: number }> {
  const count = { sent: 0, failed: 0 }
  for (let round = 0; round < IN_A_ROW; round++) {
    const heads = await overAll(house, claim)
    if (heads.length === 0) break
    await Promise.all(
      heads.map(async (head) => {
        const outcome = await send(house, out, head)
        await overAll(house, (act) => note(act, house, head, outcome))
        count[outcome.failure === null ? 'sent' : 'failed'] += 1
      }),
    )
  }
  return count
}

/** The first that waits at each endpoint, where it is due. Held by its next try: whoever takes it and dies leaves it to the next. */
async function claim(act: Act): Promise<Head[]> {
  const { rows } = await sql<Head>`update provisioning.delivery d
      set attempts = d.attempts + 1, last_at = now(), next_at = now() + interval '1 minute' * least(power(2, d.attempts), 360)
    from (
      select h.id, e.id as endpoint_id, e.url, e.org_id, p.owner_id, p.name as platform,
        (select jsonb_agg(jsonb_build_object('id', s.id, 'sealed', encode(s.sealed, 'hex')) order by s.made_at desc) from provisioning.secret s
          where s.endpoint_id = e.id and coalesce(s.ends_at > now(), true)) as secrets
      from provisioning.endpoint e join sso.platform p on p.id = e.platform_id
      cross join lateral (select x.id, x.next_at from provisioning.delivery x where x.endpoint_id = e.id and x.state = 'waiting' order by x.position limit 1) h
      where e.state = 'active' and p.state = 'active' and coalesce(p.contract_until >= db.today(), true) and h.next_at <= now()
      order by h.next_at limit ${AT_ONCE}) c
    where d.id = c.id and d.state = 'waiting' and d.next_at <= now()
    returning d.id, d.body, d.attempts, c.endpoint_id, c.url, c.org_id, c.owner_id, c.platform, c.secrets`.execute(
    act.tx,
  )
  return rows
}

async function send({ key }: House, out: Outbound, { id, url, body, secrets }: Head): Promise<Outcome> {
  const message = `msg_${id}`
  // Whoever checks goes by real time, whatever the product's clock shows.
  const seconds = Math.floor(Date.now() / 1000)
  try {
    const sealed = secrets.map((one): Sealed => ({ id: one.id, sealed: Buffer.from(one.sealed, 'hex') }))
    const { status } = await out.send(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'webhook-id': message,
        'webhook-timestamp': String(seconds),
        'webhook-signature': signatures(key, sealed, message, seconds, body),
      },
      body,
      timeoutMs: PATIENCE_MS,
      most: ANSWER,
    })
    return { status, failure: status >= 200 && status < 300 ? null : 'http' }
  } catch (error) {
    return { status: null, failure: error instanceof Refusal ? error.code : 'outbound.unreachable' }
  }
}

const GONE = 410

async function note(act: Act, house: House, head: Head, { status, failure }: Outcome): Promise<void> {
  const { id, endpointId, attempts, orgId, ownerId, platform, url } = head
  if (failure === null) {
    await sql`update provisioning.delivery set state = 'delivered', status = ${status}, failure = null, ended_at = now() where id = ${id}`.execute(
      act.tx,
    )
    await sql`update provisioning.endpoint set failures = 0 where id = ${endpointId} and failures > 0`.execute(act.tx)
    return
  }
  const dead = status === GONE || attempts >= (await settingOf(act, house, orgId, ATTEMPTS))
  await sql`update provisioning.delivery set state = ${dead ? 'dead' : 'waiting'}, status = ${status}, failure = ${failure},
    ended_at = case when ${dead} then now() end where id = ${id} and state = 'waiting'`.execute(act.tx)
  const most = status === GONE ? 1 : await settingOf(act, house, orgId, PAUSE_AFTER)
  const { rows } = await sql<{ state: string }>`update provisioning.endpoint set failures = failures + 1,
      state = case when state = 'active' and failures + 1 >= ${most} then 'paused' else state end,
      reason = case when state = 'active' and failures + 1 >= ${most} then ${failure} else reason end
    where id = ${endpointId} and state = 'active' returning state`.execute(act.tx)
  if (rows[0]?.state !== 'paused') return
  await notify(act, [
    {
      accountId: ownerId,
      kind: 'todo',
      code: 'provisioning.todo.endpoint_paused',
      data: { name: platform, host: new URL(url).host },
      link: '/integrations',
      key: pausedKey(endpointId),
    },
  ])
}

/** What the to-do about a paused endpoint is known by. */
export const pausedKey = (endpointId: string): string => `provisioning-paused:${endpointId}`
