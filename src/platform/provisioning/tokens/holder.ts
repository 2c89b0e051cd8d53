/** Who asks: a platform or a service that came with a token, what it may learn, and about whom. */
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { House } from '../../access/index.ts'
import { type Act, prepared, transact } from '../../db/index.ts'
import { pairwiseOf } from '../../sso/index.ts'

export type Holder = {
  tokenId: string
  holderId: string
  /** A service; else a platform. */
  service: boolean
  name: string
  ownerId: string
  /** Knows people by names of its own. */
  pairwise: boolean
  /** Learns only of people who let it, and only what they let it. */
  consent: boolean
  scopes: string[]
  /** Of whose holders it is told; of everybody where empty. */
  roles: string[]
  orgPath: string
  paths: string[]
  things: string[]
}

/** Recognised by people and by programs that look for lost secrets. */
const HEAD = 'qsp_'
export const PREFIX_LENGTH = HEAD.length + 6
const FORM = /^qsp_[\w-]{49}$/

export const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest()
export const tokenOf = (random: Buffer): string => `${HEAD}${random.toString('base64url').slice(0, 49)}`

/** Whoever holds the token, or null where it is none, does not hold any more, or leads nowhere. */
export async function enter({ db }: House, token: string): Promise<Holder | null> {
  if (!FORM.test(token)) return null
  const { rows } =
    await sql<Holder>`${prepared}select e.token_id, e.holder_id, e.service, e.name, e.owner_id, e.pairwise, e.consent, e.scopes, e.roles, e.org_path,
      e.paths, e.things from provisioning.enter(${hashOf(token)}) e`.execute(db)
  return rows[0] ?? null
}

/** Sees names of this holder, in the transaction that is open. */
export const asHolder = async <T>(act: Act<T>, holderId: string): Promise<void> =>
  void (await sql`select set_config('qiangshi.holder', ${holderId}, true)`.execute(act.tx))

/** One transaction that reaches exactly what the token does. */
export const actAs = <R>(house: House, holder: Holder, ip: string, work: (act: Act) => Promise<R>): Promise<R> =>
  transact(
    house.db,
    {
      actor: { account: holder.service ? holder.holderId : null, person: null, name: holder.name, ip },
      permission: 'provisioning.scim',
      scope: { paths: holder.paths, self: false },
    },
    async (act) => {
      await asHolder(act, holder.holderId)
      return work(act)
    },
  )

/** By which name it knows somebody: the one that it hears when they sign in; of the person while they have no account. */
export const nameFor = (house: House, holder: Pick<Holder, 'holderId' | 'pairwise'>, accountId: string): string =>
  holder.pairwise ? pairwiseOf(house, holder.holderId, accountId) : accountId

/** Gives names to those who have none yet. */
export async function giveNames<T>(
  act: Act<T>,
  house: House,
  holder: Pick<Holder, 'holderId' | 'pairwise'>,
  people: readonly { key: string; accountId: string | null }[],
): Promise<void> {
  const rows = people.map(({ key, accountId }) => ({ key, id: nameFor(house, holder, accountId ?? key) }))
  await sql`insert into provisioning.subject (holder_id, key, id)
    select ${holder.holderId}, r.key, r.id from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(key uuid, id text) order by r.key
    on conflict do nothing`.execute(act.tx)
}
