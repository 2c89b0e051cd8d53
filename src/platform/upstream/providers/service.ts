/** Providers entered, changed, opened and closed by whoever guards the place. */
import { sql } from 'kysely'
import { conflict, invalid, notFound } from '../../../base/errors.ts'
import { newId } from '../../../base/ids.ts'
import type { House } from '../../access/index.ts'
import { record } from '../../audit/index.ts'
import type { Act } from '../../db/index.ts'
import { issuerOf } from '../flow/metadata.ts'
import { inScope, outboundOf, secretSealer } from './read.ts'

export type Entered = {
  name: string
  nameEn: string | null
  address: string
  clientId: string | null
  secret?: string | undefined
  scopes: string[]
  casVersion: 2 | 3 | null
  secondValues: string[]
}
type Kind = 'oidc' | 'cas'

/** What one kind has no use for is left out. @throws Refusal of the address; `upstream.client_missing` */
function checked(house: House, kind: Kind, entered: Entered): Entered {
  const address = kind === 'oidc' ? issuerOf(entered.address) : entered.address.replace(/\/+$/, '')
  const url = outboundOf(house).assertSendable(address)
  if (url.hash || url.search) throw invalid('upstream.address_plain')
  if (kind === 'cas')
    return { ...entered, address, clientId: null, secret: undefined, scopes: [], casVersion: entered.casVersion ?? 3 }
  if (!entered.clientId) throw invalid('upstream.client_missing')
  return { ...entered, address, scopes: [...new Set(['openid', ...entered.scopes])], casVersion: null }
}

const told = ({ name, address, clientId, scopes, secondValues }: Entered) => ({
  name,
  address,
  ...(clientId ? { clientId, scopes } : {}),
  secondValues,
})

/** @throws Refusal `not_found` for an organisation out of scope, `upstream.key_taken`, and as `checked` */
export async function addProvider(
  act: Act,
  house: House,
  input: Entered & { key: string; kind: Kind; orgId: string },
): Promise<string> {
  const { rows: orgs } = await sql<{ path: string }>`select o.path::text from directory.organisation o
    where o.id = ${input.orgId} and o.path <@ any (db.scope())`.execute(act.tx)
  const org = orgs[0]
  if (!org) throw notFound('organisation')
  const entered = checked(house, input.kind, input)
  const id = newId()
  const secret = entered.secret === undefined ? null : secretSealer(house).seal(entered.secret, id)
  const { rows } =
    await sql`insert into upstream.provider (id, key, kind, name, name_en, address, client_id, secret_cipher, scopes, cas_version,
      second_values, org_id, org_path)
    values (${id}, ${input.key}, ${input.kind}, ${entered.name}, ${entered.nameEn || null}, ${entered.address}, ${entered.clientId}, ${secret},
      ${entered.scopes}::text[], ${entered.casVersion}, ${entered.secondValues}::text[], ${input.orgId}, ${org.path}::ltree)
    on conflict (key) do nothing returning id`.execute(act.tx)
  if (rows.length === 0) throw conflict('upstream.key_taken', { key: input.key })
  await record(act, {
    action: 'upstream.provider_added',
    subject: { kind: 'provider', id },
    orgPath: org.path,
    after: { key: input.key, kind: input.kind, ...told(entered) },
  })
  return id
}

/**
 * Changes one. Where accounts are linked, its address stays: at another server the same names may be other people.
 * @throws Refusal `not_found`, `upstream.changed_meanwhile`, `upstream.address_bound`, and as `checked`
 */
export async function changeProvider(
  act: Act,
  house: House,
  input: Entered & { providerId: string; revision: number },
): Promise<number> {
  const held = await inScope(act, input.providerId)
  if (!held) throw notFound('provider')
  if (held.revision !== input.revision) throw conflict('upstream.changed_meanwhile')
  const entered = checked(house, held.kind, input)
  if (entered.address !== held.address || entered.clientId !== held.clientId) {
    const { rows } = await sql<{
      links: number
    }>`select u.links from upstream.usage(array[${held.id}::uuid]) u`.execute(act.tx)
    if (entered.address !== held.address && (rows[0]?.links ?? 0) > 0)
      throw conflict('upstream.address_bound', { count: rows[0]!.links })
    await sql`select upstream.forget_waiting(${held.id})`.execute(act.tx)
  }
  const secret = entered.secret === undefined ? null : secretSealer(house).seal(entered.secret, held.id)
  // What one server was told is for no other.
  const kept = secret ?? (entered.address === held.address ? held.secretCipher : null)
  await sql`update upstream.provider set name = ${entered.name}, name_en = ${entered.nameEn || null}, address = ${entered.address},
      client_id = ${entered.clientId}, secret_cipher = ${kept}, scopes = ${entered.scopes}::text[],
      cas_version = ${entered.casVersion}, second_values = ${entered.secondValues}::text[], revision = revision + 1
    where id = ${held.id}`.execute(act.tx)
  await record(act, {
    action: 'upstream.provider_changed',
    subject: { kind: 'provider', id: held.id },
    orgPath: held.orgPath,
    before: told(held as Entered),
    after: { ...told(entered), ...(entered.secret === undefined ? {} : { secretReplaced: true }) },
  })
  return held.revision + 1
}

/** Closed, what it opened ends, but for the session `keep` in which that is done. @throws Refusal `not_found` */
export async function setProviderEnabled(
  act: Act,
  providerId: string,
  enabled: boolean,
  keep: string | undefined,
): Promise<void> {
  const held = await inScope(act, providerId)
  if (!held) throw notFound('provider')
  await sql`update upstream.provider set enabled = ${enabled}, revision = revision + 1 where id = ${held.id}`.execute(
    act.tx,
  )
  if (!enabled) await sql`select upstream.end_ways(${held.id}, ${keep ?? null}::uuid)`.execute(act.tx)
  await record(act, {
    action: enabled ? 'upstream.provider_opened' : 'upstream.provider_closed',
    subject: { kind: 'provider', id: held.id },
    orgPath: held.orgPath,
  })
}
