/** What signs word that is sent (Standard Webhooks): sealed, told once, and two of them for a while when it is replaced. */
import { createHmac, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { newId } from '../../../base/ids.ts'
import type { House } from '../../access/index.ts'
import { type Kept, type Keys, sealer } from '../../cipher/index.ts'
import type { Act } from '../../db/index.ts'

const PURPOSE = 'provisioning.webhook'
const HEAD = 'whsec_'

export const provisioningKept: Kept[] = [
  { table: 'provisioning.secret', cipher: 'sealed', purpose: PURPOSE, bound: 'id' },
]

export type Sealed = { id: string; sealed: Buffer }

const sealed = (keys: Keys) => sealer(keys, PURPOSE)

/** A new secret; those before it end after so many hours. */
export async function newSecret<T>(
  act: Act<T>,
  { key }: House,
  endpointId: string,
  overlapHours: number,
): Promise<string> {
  const id = newId()
  const secret = `${HEAD}${randomBytes(32).toString('base64')}`
  await sql`delete from provisioning.secret where endpoint_id = ${endpointId} and ends_at <= now()`.execute(act.tx)
  await sql`update provisioning.secret set ends_at = now() + make_interval(hours => ${overlapHours}::int)
    where endpoint_id = ${endpointId} and ends_at is null`.execute(act.tx)
  await sql`insert into provisioning.secret (id, endpoint_id, sealed) values (${id}, ${endpointId}, ${sealed(key).seal(secret, id)})`.execute(
    act.tx,
  )
  return secret
}

/** `v1,<base64>` of each secret that holds, with a blank between. */
export const signatures = (keys: Keys, secrets: readonly Sealed[], id: string, seconds: number, body: string): string =>
  secrets.map((one) => signature(sealed(keys).open(one.sealed, one.id), id, seconds, body)).join(' ')

export const signature = (secret: string, id: string, seconds: number, body: string): string =>
  `v1,${createHmac('sha256', Buffer.from(secret.slice(HEAD.length), 'base64'))
    .update(`${id}.${seconds}.${body}`)
    .digest('base64')}`
