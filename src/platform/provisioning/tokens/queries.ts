/** Who may hold a token, and which there are. */
import { sql } from 'kysely'
import { invalid, notFound } from '../../../base/errors.ts'
import type { Act } from '../../db/index.ts'
import type { HolderRow, TokenRow } from '../contract.ts'

const HOLDERS = sql`(
  select p.id, 'platform' as kind, p.name, p.org_id, p.org_path, p.scopes, p.basis = 'consent' as consent,
    p.state = 'active' and coalesce(p.contract_from <= db.today(), true) and coalesce(p.contract_until >= db.today(), true) as open,
    p.state = 'ended' as ended
  from sso.platform p where p.org_path <@ any (db.scope())
  union all
  select a.id, 'service', a.name, a.org_id, a.org_path, '{}', false, a.disabled_at is null and coalesce(a.ends_on >= db.today(), true), false
  from access.account a where a.kind = 'service' and a.org_path <@ any (db.scope())) h`

/** Ended platforms hold nothing any more. */
export async function holdersInScope(act: Act): Promise<HolderRow[]> {
  const { rows } =
    await sql<HolderRow>`select h.id, h.kind, h.name, h.org_id, o.short_name as org_name, h.scopes, h.consent, h.open
    from ${HOLDERS} join directory.organisation o on o.id = h.org_id where not h.ended order by h.kind, h.name collate "zh-x-icu", h.id`.execute(
      act.tx,
    )
  return rows
}

/** @throws Refusal `not_found` */
export async function holderInScope(
  act: Act,
  kind: HolderRow['kind'],
  id: string,
): Promise<Pick<HolderRow, 'id' | 'name' | 'orgId' | 'open'> & { orgPath: string }> {
  const { rows } = await sql<Pick<HolderRow, 'id' | 'name' | 'orgId' | 'open'> & { orgPath: string }>`
    select h.id, h.name, h.org_id, h.org_path::text, h.open from ${HOLDERS} where h.kind = ${kind} and h.id = ${id}`.execute(
    act.tx,
  )
  if (!rows[0]) throw notFound(kind)
  return rows[0]
}

/** Organisations that lie both in the scope of the act and under the holder. @throws Refusal `provisioning.outside_holder` */
export async function assertWithin(act: Act, orgIds: readonly string[], path: string): Promise<string[]> {
  const wanted = [...new Set(orgIds)]
  const { rows } = await sql<{ id: string }>`select o.id from directory.organisation o
    where o.id = any (${wanted}::uuid[]) and o.path <@ ${path}::ltree and o.path <@ any (db.scope())`.execute(act.tx)
  if (rows.length !== wanted.length) throw invalid('provisioning.outside_holder')
  return wanted
}

/** Days before its end from which a token is said to end. */
const SOON = 30

export async function tokensInScope(act: Act): Promise<TokenRow[]> {
  const { rows } =
    await sql<TokenRow>`select t.id, coalesce(p.name, a.name, '') as holder, case when t.platform_id is null then 'service' else 'platform' end as kind,
      t.name, t.prefix, t.things, case when t.platform_id is null then t.scopes else p.scopes end as scopes,
      (select coalesce(jsonb_agg(jsonb_build_object('id', o.id, 'name', o.short_name) order by o.path), '[]') from provisioning.token_org x
        join directory.organisation o on o.id = x.org_id where x.token_id = t.id) as orgs,
      t.expires_on, coalesce(m.name, '') as made_by, t.made_at, t.used_at,
      case when t.revoked_at is not null then 'revoked' when t.expires_on < db.today() then 'expired'
        when t.expires_on < db.today() + ${SOON}::int then 'expiring' else 'active' end as state
    from provisioning.token t left join sso.platform p on p.id = t.platform_id left join access.account a on a.id = t.account_id
      left join access.account m on m.id = t.made_by
    where t.org_path <@ any (db.scope()) order by t.revoked_at is not null or t.expires_on < db.today(), t.made_at desc, t.id limit 500`.execute(
      act.tx,
    )
  return rows
}
