/** A platform as the protocol knows it. */
import { timingSafeEqual } from 'node:crypto'
import { sql } from 'kysely'
import type { AdapterPayload } from 'oidc-provider'
import type { House } from '../../access/index.ts'
import { prepared } from '../../db/index.ts'
import { sha256 } from './hash.ts'

type Row = {
  id: string
  clientId: string
  secretHash: Buffer | null
  name: string
  redirectUris: string[]
  signOutUris: string[]
  logoutUri: string | null
  scopes: string[]
  pairwise: boolean
  pkce: boolean
  offline: boolean
  roles: string[]
  orgPath: string
}

/** What the product knows of a client beyond the standard. */
export const EXTRA = ['platform_id', 'platform_roles', 'platform_path', 'platform_pkce'] as const

/** The given secret against the hash that stands in the place of the client's secret. */
export const secretMatches = (kept: string | undefined, given: string): boolean =>
  kept !== undefined && timingSafeEqual(Buffer.from(kept, 'base64url'), sha256(given))

/** @param basic whether it names itself in the `Authorization` header: it may do so either way */
export async function clientOf({ db }: House, clientId: string, basic: boolean): Promise<AdapterPayload | undefined> {
  const { rows } =
    await sql<Row>`${prepared}select c.id, c.client_id, c.secret_hash, c.name, c.redirect_uris, c.sign_out_uris, c.logout_uri,
    c.scopes, c.pairwise, c.pkce, c.offline, c.roles, c.org_path from sso.client(${clientId}) c`.execute(db)
  const row = rows[0]
  if (!row) return undefined
  return {
    client_id: row.clientId,
    client_name: row.name,
    ...(row.secretHash ? { client_secret: row.secretHash.toString('base64url') } : {}),
    token_endpoint_auth_method: row.secretHash ? (basic ? 'client_secret_basic' : 'client_secret_post') : 'none',
    redirect_uris: row.redirectUris,
    post_logout_redirect_uris: row.signOutUris,
    ...(row.logoutUri ? { backchannel_logout_uri: row.logoutUri, backchannel_logout_session_required: true } : {}),
    scope: ['openid', ...row.scopes, ...(row.offline ? ['offline_access'] : [])].join(' '),
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    subject_type: row.pairwise ? 'pairwise' : 'public',
    require_auth_time: true,
    platform_id: row.id,
    platform_roles: row.roles,
    platform_path: row.orgPath,
    platform_pkce: row.pkce,
  } as AdapterPayload
}
