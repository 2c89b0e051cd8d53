/** What people let platforms learn: asked once, remembered, taken back when they say so. */
import { sql } from 'kysely'
import type { Grant, KoaContextWithOIDC } from 'oidc-provider'
import type { House } from '../../access/index.ts'
import { type Act, type Actor, prepared, transact } from '../../db/index.ts'

const own = (account: string) => ({
  actor: { account, person: null, name: '' } satisfies Actor,
  permission: 'self',
  scope: { paths: [], self: true },
})

/** The scopes that an account has let a platform have, or null where it was never asked or has taken it back. */
export const consentTo = (house: House, account: string, clientId: string): Promise<string[] | null> =>
  transact(house.db, { ...own(account), readOnly: true }, async (act) => {
    const { rows } = await sql<{
      scopes: string[]
    }>`${prepared}select c.scopes from sso.consent c join sso.platform p on p.id = c.platform_id
      where c.account_id = ${account} and p.client_id = ${clientId} and c.withdrawn_at is null`.execute(act.tx)
    return rows[0]?.scopes ?? null
  })

export async function keepConsent(
  act: Act,
  account: string,
  platformId: string,
  scopes: readonly string[],
): Promise<void> {
  await sql`insert into sso.consent (account_id, platform_id, scopes, given_at) values (${account}, ${platformId}, ${[...scopes]}::text[], ${act.now})
    on conflict (account_id, platform_id) do update set scopes = excluded.scopes, given_at = excluded.given_at, withdrawn_at = null`.execute(
    act.tx,
  )
}

/** The grant of this session, or a new one from what was let before; undefined where the person is to be asked. */
export async function rememberedGrant(house: House, ctx: KoaContextWithOIDC): Promise<Grant | undefined> {
  const { provider, client, session, account, result } = ctx.oidc
  const id = (result?.consent as { grantId?: string } | undefined)?.grantId ?? session!.grantIdFor(client!.clientId)
  const held = id ? await provider.Grant.find(id) : undefined
  if (held && held.accountId === account!.accountId && held.clientId === client!.clientId) return held
  const scopes = await consentTo(house, account!.accountId, client!.clientId)
  if (!scopes) return undefined
  const grant = new provider.Grant({ accountId: account!.accountId, clientId: client!.clientId })
  grant.addOIDCScope(['openid', ...scopes].join(' '))
  await grant.save()
  return grant
}
