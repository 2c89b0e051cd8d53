/** What the provider keeps between two requests, in PostgreSQL: under the hash of what the bearer holds, and used once where it may be used once. */
import { sql } from 'kysely'
import Provider, { type Adapter, type AdapterPayload, errors } from 'oidc-provider'
import type { House } from '../../access/index.ts'
import { prepared } from '../../db/index.ts'
import { clientOf } from './client.ts'
import { sha256 } from './hash.ts'
import { joinedTo } from './session.ts'
import { currentUnit, Unit } from './unit.ts'

/** The stores of one provider, by the name of what they keep. */
export const stores =
  (house: House) =>
  (kind: string): Adapter => {
    if (kind === 'Session') return sessions(house)
    if (kind === 'Client') return clients(house)
    return artifacts(house, kind)
  }

const nothing = async () => {}

type Found = { payload: AdapterPayload | null; grantPayload: AdapterPayload | null; session: AdapterPayload | null }

function artifacts({ db }: House, kind: string): Adapter {
  const find = async (id: string): Promise<AdapterPayload | undefined> => {
    const unit = currentUnit()
    const known = unit?.known(kind, id)
    if (known !== undefined) return known ?? undefined
    // What it was issued under is asked for next: it comes along.
    const { rows } =
      await sql<Found>`${prepared}select f.payload, f.grant_payload, f.session from sso.find(${kind}, ${sha256(id)}) f`.execute(
        db,
      )
    const { payload, grantPayload, session } = rows[0] ?? { payload: null, grantPayload: null, session: null }
    if (!payload) return undefined
    if (payload.grantId)
      unit?.noteRead('Grant', payload.grantId, grantPayload && { ...grantPayload, jti: payload.grantId })
    if (payload.sessionUid) unit?.noteRead('Session', String(payload.sessionUid), session)
    return { ...(kind === 'Interaction' ? asOneself(payload) : payload), jti: id }
  }
  return {
    find,
    findByUid: nothing,
    findByUserCode: nothing,
    upsert: async (id, payload, ttl) => {
      const kept = { kind, id, payload, ttl: ttl ?? null }
      const unit = currentUnit()
      if (unit) unit.keep(kept)
      else await alone((one) => one.keep(kept))
    },
    consume: async (id) => {
      const unit = currentUnit()
      if (unit) unit.use(kind, id)
      else await alone((one) => one.use(kind, id))
    },
    revokeByGrantId: async (grant) => {
      currentUnit()?.forgetGrant(grant)
      await sql`select sso.revoke_grant(${grant})`.execute(db)
    },
    destroy: async (id) => {
      currentUnit()?.forget(kind, id)
      await sql`select sso.discard(${kind}, ${sha256(id)})`.execute(db)
    },
  }

  async function alone(does: (unit: Unit) => void): Promise<void> {
    const unit = new Unit()
    does(unit)
    if (!(await unit.settle(db))) throw new errors.InvalidGrant('already used')
  }
}

/** An answer that another account gave signs nobody in here. */
function asOneself(payload: AdapterPayload): AdapterPayload {
  const login = (payload.result as { login?: { accountId?: string } } | undefined)?.login
  if (!login || login.accountId === joinedTo(Provider.ctx?.req)?.accountId) return payload
  const { result: _, ...rest } = payload
  return rest
}

/** The provider's session is the product's: it begins, changes hands and ends with it, and what the browser says about it does not count. */
function sessions({ db }: House): Adapter {
  return {
    find: async () => joinedTo(Provider.ctx?.req)?.payload ?? undefined,
    findByUid: async (uid) => {
      const known = currentUnit()?.known('Session', uid)
      if (known !== undefined) return known ?? undefined
      const { rows } = await sql<{
        payload: AdapterPayload | null
      }>`${prepared}select sso.session_by_uid(${uid}) as payload`.execute(db)
      return rows[0]?.payload ?? undefined
    },
    findByUserCode: nothing,
    upsert: async (_, payload) => {
      const joined = joinedTo(Provider.ctx?.req)
      if (joined) currentUnit()?.saveSession(joined.sessionId, payload)
    },
    consume: nothing,
    destroy: nothing,
    revokeByGrantId: nothing,
  }
}

function clients(house: House): Adapter {
  const refused = async () => {
    throw new Error('platforms are registered in the product')
  }
  return {
    find: async (id) => clientOf(house, id, Provider.ctx?.req.headers.authorization !== undefined),
    findByUid: nothing,
    findByUserCode: nothing,
    upsert: refused,
    consume: refused,
    destroy: refused,
    revokeByGrantId: refused,
  }
}
