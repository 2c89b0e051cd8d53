/** Tokens: made for a platform or a service, told once, revoked. */
import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { addDays } from '../../../base/dates.ts'
import { invalid, notFound } from '../../../base/errors.ts'
import { newId } from '../../../base/ids.ts'
import type { House } from '../../access/index.ts'
import { record } from '../../audit/index.ts'
import type { Act } from '../../db/index.ts'
import type { TokenRow } from '../contract.ts'
import { settingOf, TOKEN_DAYS } from '../settings.ts'
import { hashOf, PREFIX_LENGTH, tokenOf } from './holder.ts'
import { assertWithin, holderInScope } from './queries.ts'

export type NewToken = {
  holderId: string
  kind: 'platform' | 'service'
  name: string
  orgIds: string[]
  things: TokenRow['things']
  scopes: string[]
  expiresOn: string
}

/** From now on changes are noted, for whoever asks what changed since. */
export const beginToWatch = async <T>(act: Act<T>): Promise<void> =>
  void (await sql`insert into provisioning.watch default values on conflict do nothing`.execute(act.tx))

/**
 * @param offered scopes that a service may be given
 * @throws Refusal `not_found`; `provisioning.not_in_use`, `.expires_wrong`, `.scope_unknown`, `.outside_holder`
 */
export async function makeToken(
  act: Act,
  house: House,
  offered: readonly string[],
  input: NewToken,
): Promise<{ tokenId: string; token: string }> {
  const holder = await holderInScope(act, input.kind, input.holderId)
  if (!holder.open) throw invalid('provisioning.not_in_use', { name: holder.name })
  const days = await settingOf(act, house, holder.orgId, TOKEN_DAYS)
  const last = addDays(act.today, days)
  if (input.expiresOn < act.today || input.expiresOn > last) throw invalid('provisioning.expires_wrong', { days, last })
  const scopes = input.kind === 'service' ? [...new Set(input.scopes)] : []
  for (const scope of scopes) if (!offered.includes(scope)) throw invalid('provisioning.scope_unknown', { scope })
  const orgIds = await assertWithin(act, input.orgIds, holder.orgPath)
  const token = tokenOf(randomBytes(37))
  const tokenId = newId()
  const things = [...new Set(input.things)]
  await beginToWatch(act)
  await sql`insert into provisioning.token (id, platform_id, account_id, org_id, org_path, name, prefix, hash, things, scopes, expires_on, made_by)
    values (${tokenId}, ${input.kind === 'platform' ? holder.id : null}, ${input.kind === 'service' ? holder.id : null}, ${holder.orgId}, ${holder.orgPath}::ltree,
      ${input.name}, ${token.slice(0, PREFIX_LENGTH)}, ${hashOf(token)}, ${things}::text[], ${scopes}::text[], ${input.expiresOn}, ${act.actor.account})`.execute(
    act.tx,
  )
  await sql`insert into provisioning.token_org (token_id, org_id, org_path)
    select ${tokenId}, o.id, o.path from directory.organisation o where o.id = any (${orgIds}::uuid[])`.execute(act.tx)
  await record(act, {
    action: 'provisioning.token_made',
    subject: { kind: 'token', id: tokenId },
    orgPath: holder.orgPath,
    after: { holder: holder.name, name: input.name, things, scopes, orgIds, expiresOn: input.expiresOn },
  })
  return { tokenId, token }
}

/** @throws Refusal `not_found`, also where it was revoked before */
export async function revokeToken(act: Act, tokenId: string): Promise<void> {
  const { rows } = await sql<{
    orgPath: string
    name: string
  }>`update provisioning.token set revoked_at = db.now(), revoked_by = ${act.actor.account}
    where id = ${tokenId} and revoked_at is null and org_path <@ any (db.scope()) returning org_path::text, name`.execute(
    act.tx,
  )
  if (!rows[0]) throw notFound('token')
  await record(act, {
    action: 'provisioning.token_revoked',
    subject: { kind: 'token', id: tokenId },
    orgPath: rows[0].orgPath,
    before: { name: rows[0].name },
  })
}
